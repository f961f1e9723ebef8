// A report as a person reads it: the verdict first, then what was asked, why, item by item, the
// chain, dates and limits.
import type { Finding } from "../../verifier/src/evidence.ts";
import type { Report } from "../../verifier/src/judge/index.ts";
import { h, inEnglish } from "./dom.ts";
import { Sentences } from "./sentences.ts";
import { sign } from "./signs.ts";
import type { Words } from "./words.ts";

interface View {
  report: Report;
  words: Words;
  sentences: Sentences;
}

// The headline: what is announced.
export function headline(report: Report, words: Words): HTMLElement {
  const sentences = new Sentences(report, words);
  return h(
    "div",
    { class: `verdict ${report.verdict ?? "none"}` },
    sign(report.verdict),
    h("div", {}, h("h2", { id: "verdict", tabindex: "-1" }, sentences.heading()), h("p", { class: "sentence" }, sentences.verdict()), next(words, sentences)),
  );
}

function next(words: Words, sentences: Sentences): HTMLElement {
  return h("p", { class: "next" }, h("strong", {}, words.text("document.next"), ": "), sentences.next());
}

export function details(report: Report, words: Words, asksWitnesses: boolean): HTMLElement[] {
  const view = { report, words, sentences: new Sentences(report, words) };
  return [
    limits(view),
    asked(view),
    reasons(view),
    summary(view),
    items(view),
    chain(view),
    dates(view, asksWitnesses),
    remarks(view),
    slack(view),
  ].filter((part) => part !== null);
}

function section(title: string, ...children: (HTMLElement | null)[]): HTMLElement {
  return h("section", {}, h("h3", {}, title), ...children);
}

function list(texts: (string | HTMLElement)[]): HTMLElement {
  return h("ul", {}, ...texts.map((text) => h("li", {}, text)));
}

function limits({ words }: View): HTMLElement {
  return section(words.text("document.limits"), h("p", { class: "limits" }, words.text("limits.text")));
}

function table(caption: string, heads: string[], rows: (string | HTMLElement)[][]): HTMLElement {
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))),
      h(
        "tbody",
        {},
        ...rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((cell) => h("td", {}, cell)))),
      ),
    ),
  );
}

const standings = ["supported", "declared", "contradicted", "unknown", "unchecked"] as const;

function asked(view: View): HTMLElement {
  const { report, words } = view;
  const rows: (string | HTMLElement)[][] = report.criteria.map((line) => [
    words.word("criterion", line.criterion),
    line.named,
    h("span", {}, ...found(view, line)),
  ]);
  rows.push([words.text("criterion.proofs"), "", standing(words, report.verdict === "invalid" ? "contradicted" : "supported")]);
  for (const line of report.quantity) {
    const text = words.text("phrase.delivered_of_named", {
      delivered: words.amount(line.delivered, line.unit),
      named: words.amount(line.named, line.unit),
    });
    const tolerance = line.tolerance > 0 ? `, ${words.text("phrase.tolerance", { amount: words.amount(line.tolerance, line.unit) })}` : "";
    rows.push([words.text("criterion.quantity"), text + tolerance, standing(words, line.status)]);
  }
  rows.push([words.text("criterion.documents"), "", standing(words, report.documents)]);
  const heads = ["document.criterion", "document.named", "document.found"].map((key) => words.text(key));
  return section(words.text("document.asked"), table(words.text("document.asked"), heads, rows));
}

function standing(words: Words, status: string, amount?: string): HTMLElement {
  return h("span", { class: `standing ${status}` }, words.word("standing", status), amount === undefined ? "" : `: ${amount}`);
}

function found({ report, words }: View, line: Report["criteria"][number]): HTMLElement[] {
  const parts = standings.filter((status) => line[status] > 0);
  if (parts.length === 0) return [standing(words, line.status)];
  return parts.map((status) => standing(words, status, words.amount(line[status], report.amount.unit)));
}

function finding({ words, sentences }: View, { code, sentence, ask, verdict }: Finding): HTMLElement {
  return h(
    "li",
    { class: verdict ?? "remark" },
    sign(verdict),
    h(
      "div",
      {},
      h("p", {}, words.word("finding", code)),
      h("p", { class: "detail" }, inEnglish(sentence)),
      ask === "" ? null : h("p", {}, words.text("phrase.ask", { party: sentences.party(ask) })),
    ),
  );
}

function reasons(view: View): HTMLElement {
  const { report, words } = view;
  const led = report.findings.filter(({ verdict }) => verdict !== null);
  const body = led.length === 0 ? h("p", {}, words.text("document.no_reasons")) : h("ul", { class: "findings" }, ...led.map((one) => finding(view, one)));
  return section(words.text("document.reasons"), body);
}

function remarks(view: View): HTMLElement | null {
  const { report, words } = view;
  const notes = report.findings.filter(({ verdict }) => verdict === null);
  const more = report.remarks.filter((remark) => !notes.some(({ sentence }) => sentence === remark));
  if (notes.length === 0 && more.length === 0) return null;
  return section(
    words.text("document.remarks"),
    notes.length === 0 ? null : h("ul", { class: "findings" }, ...notes.map((one) => finding(view, one))),
    more.length === 0 ? null : list(more.map(inEnglish)),
  );
}

function summary({ report, words, sentences }: View): HTMLElement {
  const { hand_overs, at_least } = report.chain_length;
  const handOvers = words.counted("phrase.hand_overs", hand_overs);
  const rows: [string, string][] = [
    [words.text("document.contract"), report.contract ?? words.text("document.no_contract")],
    [words.text("document.delivered"), words.amount(report.amount.value, report.amount.unit)],
    [words.text("document.covered"), sentences.covered()],
    [words.text("document.scanned"), words.text("phrase.scanned", { n: words.number(report.scanned), total: words.number(report.units.length) })],
    [words.text("document.chain_length"), at_least ? words.text("phrase.at_least", { what: handOvers }) : handOvers],
  ];
  if (report.custody_model !== null) rows.push([words.text("document.custody_model"), words.word("model", report.custody_model)]);
  if (report.withheld_parties > 0) rows.push([words.text("document.withheld"), words.counted("phrase.withheld", report.withheld_parties)]);
  return section(words.text("document.summary"), h("dl", {}, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])));
}

const maxRows = 1000;

function items(view: View): HTMLElement | null {
  const { report, words } = view;
  if (report.units.length === 0) return null;
  const rows = report.units.slice(0, maxRows).map((unit) => [
    h("span", { class: "number" }, unit.item === "" ? "–" : (unit.item.match(/.{1,4}/g) ?? []).join(" ")),
    unit.aliases.join(", "),
    words.amount(unit.amount, unit.unit),
    h("span", { class: `unit ${unit.verdict ?? "none"}` }, sign(unit.verdict), words.text(`verdict.${unit.verdict ?? "none"}.heading`)),
    h("span", {}, ...unit.shares.map((share) => h("span", { class: "share" }, origin(view, share)))),
    unit.scanned ? words.text("document.scanned_mark") : "",
  ]);
  const heads = ["item", "aliases", "amount", "verdict", "origin", "label"].map((key) => words.text(`document.${key}`));
  const more = report.units.length - maxRows;
  return section(
    words.text("document.items"),
    table(words.text("document.items"), heads, rows),
    more > 0 ? h("p", {}, words.text("phrase.more", { n: words.number(more) })) : null,
  );
}

function origin({ words, sentences }: View, share: Report["units"][number]["shares"][number]): string {
  const parts = [sentences.place(share)];
  if (share.parcel !== null) parts.push(words.text("phrase.parcel", { number: share.parcel }));
  if (share.block !== null && share.block !== "") parts.push(words.text("phrase.block", { number: share.block }));
  if (share.factory !== null) parts.push(words.text("phrase.made_by", { party: sentences.party(share.factory) }));
  const text = parts.join(words.find("list.comma") ?? ", ");
  return share.per_mille === 1000 ? text : words.text("phrase.share", { percent: words.percent(share.per_mille), place: text });
}

function chain({ report, words, sentences }: View): HTMLElement | null {
  if (report.steps.length === 0) return null;
  const steps = report.steps.map(({ type, by, role, country, at, date_known_by, independence, device_signed }) => {
    const described = sentences.party(by) !== by;
    return h(
      "li",
      {},
      h("p", {}, h("strong", {}, words.word("event", type)), " ", h("time", { datetime: at.slice(0, 10) }, words.date(at))),
      h("p", {}, sentences.party(by), described || role === "" ? "" : ` (${words.word("role", role)}, ${country})`),
      h(
        "p",
        { class: "detail" },
        `${words.word("independence", independence)} · ${words.text("document.known_by")}: ${words.word("known_by", date_known_by)}`,
        device_signed ? ` · ${words.text("phrase.device_signed")}` : "",
      ),
    );
  });
  return section(words.text("document.steps"), h("ol", { class: "chain" }, ...steps));
}

function dates({ report, words }: View, asksWitnesses: boolean): HTMLElement | null {
  if (report.steps.length === 0) return null;
  const texts = (["witness", "counterparty", "not witnessed"] as const).flatMap((known) => {
    const n = report.steps.filter(({ date_known_by }) => date_known_by === known).length;
    return n === 0 ? [] : [words.counted(`dates.${known === "not witnessed" ? "alone" : known}`, n)];
  });
  if (!asksWitnesses) texts.push(words.text("dates.no_witnesses"));
  return section(words.text("document.dates"), list(texts));
}

function slack({ report, words }: View): HTMLElement | null {
  if (report.slack.length === 0) return null;
  return section(words.text("document.slack"), list(report.slack.map(inEnglish)));
}
