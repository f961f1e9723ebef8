#include "scanner/paper/html.h"

namespace quarrymark::paper {

std::string_view style_sheet() {
  return R"css(
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f3f2ef;color:#1a1a1a;font:16px/1.5 "Noto Sans","Noto Sans Devanagari","Noto Sans Telugu","Noto Sans SC","Noto Sans CJK SC","Segoe UI",system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem;background:#fff}
p{margin:.4rem 0}
h1{display:flex;gap:.7rem;align-items:center;margin:.2rem 0 .4rem;font-size:2rem;line-height:1.2}
h2{margin:2rem 0 .6rem;padding-top:.6rem;border-top:1px solid #c9c6bd;font-size:1.2rem}
.banner{padding:.6rem 1.2rem 1rem;border-left:.5rem solid}
.banner .kind{color:#5c5c5c}
.sentence{font-size:1.25rem}
.stated{font-weight:600}
.notice{margin:1rem 0;padding:.6rem 1.2rem;border:2px dashed #5c5c5c}
.strong{font-weight:600}
.quiet{color:#5c5c5c;font-size:.9em}
.notice .quiet{overflow-wrap:anywhere}
.red{color:#b3261e}.violet{color:#6b3fa0}.amber-red{color:#a63c0c}.amber{color:#875a00}.grey-blue{color:#3f5f82}.grey{color:#5c5c5c}.green{color:#1b6b33}
.edge-red{border-color:#b3261e}.edge-violet{border-color:#6b3fa0}.edge-amber-red{border-color:#a63c0c}.edge-amber{border-color:#875a00}.edge-grey-blue{border-color:#3f5f82}.edge-grey{border-color:#5c5c5c}.edge-green{border-color:#1b6b33}
.sign{width:1.1em;height:1.1em;margin-right:.35em;vertical-align:-.2em;flex:none}
.sign.large{width:2.6rem;height:2.6rem;margin:0}
.sign .full{fill:currentColor;stroke:none}
.sign .outline{fill:none;stroke:currentColor;stroke-width:2.4}
.sign .white{fill:none;stroke:#fff;stroke-width:2.4;stroke-linecap:round}
dl{margin:.4rem 0}
dl div{display:grid;grid-template-columns:14rem 1fr;gap:.2rem 1rem;padding:.2rem 0}
dt{color:#5c5c5c}
dd{margin:0}
ol{padding-left:2rem}
li{margin:.35rem 0}
.wide{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.94em}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:.35rem .6rem .35rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #dcd9d1;overflow-wrap:anywhere}
thead th{border-bottom:2px solid #1a1a1a;overflow-wrap:break-word}
tbody th{font-weight:400}
figure{margin:1rem 0}
figcaption{color:#5c5c5c;font-size:.9em}
.chain{display:block;width:100%;max-width:52rem;margin:.6rem 0}
.chain text{font-size:9px;fill:#1a1a1a}
.chain .number{font-size:8.5px;text-anchor:middle}
.chain .light{fill:#fff}
.chain .stub{font-size:7px;fill:#5c5c5c;text-anchor:end}
.chain line.lane{stroke:#dcd9d1;stroke-width:1}
.chain .link{fill:none;stroke:#1a1a1a;stroke-width:1.4}
.chain .origin{fill:#1a1a1a}
.chain .step{fill:#e9e6de;stroke:#1a1a1a;stroke-width:1}
.chain .over{fill:#fff;stroke:#1a1a1a;stroke-width:1}
.codes{display:flex;flex-wrap:wrap;gap:1rem;padding:0;list-style:none}
.codes li{width:9.5rem;text-align:center;break-inside:avoid}
.codes svg{width:9.5rem;height:9.5rem}
.codes span{display:block;font-size:.85em;overflow-wrap:anywhere}
.codes .number{font-family:"Noto Sans Mono",ui-monospace,monospace;font-size:.78em}
@media (max-width:40rem){dl div{grid-template-columns:1fr}h1{font-size:1.6rem}main{padding:1rem}}
@media (forced-colors:active){.sign .white{stroke:Canvas}}
@media print{@page{size:A4;margin:16mm}body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}h1{font-size:20pt}h2{break-after:avoid;font-size:13pt}.sentence{font-size:13pt}thead{display:table-header-group}tr,li,dl div,.chain{break-inside:avoid}.wide{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";
}

std::string_view style_source() { return "'sha256-14AoI/99CeXzU7HTNlqPxU8CGpKVlkhdncrYKzUytXM='"; }

}  // namespace quarrymark::paper
