// Shape and colour of each verdict, beside its word. What could not be checked looks like nothing
// else, least of all like something bad.
import { picture } from "./dom.ts";

const ring = { cx: "12", cy: "12", r: "10", fill: "none" };
const octagon = "M8 2h8l6 6v8l-6 6H8l-6-6V8z";

const shapes: Record<string, [string, Record<string, string>][]> = {
  match: [["circle", ring], ["path", { d: "M7 12.5l3.5 3.5L17 9", fill: "none" }]],
  mismatch: [["path", { d: octagon, fill: "none" }], ["path", { d: "M8.5 8.5l7 7m0-7l-7 7", fill: "none" }]],
  invalid: [["path", { d: "M12 2a10 10 0 0 0-3 19.5l2-6-2.5-3L12 9l-1-3z", fill: "none" }], ["path", { d: "M14 2.2a10 10 0 0 1-1 19.7l2-6-2.5-3L16 9z", fill: "none" }]],
  duplicate: [["rect", { x: "3", y: "3", width: "12", height: "12", fill: "none" }], ["rect", { x: "9", y: "9", width: "12", height: "12", fill: "none" }]],
  over_yield: [["path", { d: "M12 3v18M6 21h12M4 9l16-3M4 9l-2 5h4zm16-3l-2 5h4z", fill: "none" }]],
  gap: [["path", { d: "M2 12h7m6 0h7M9 8v8m6-8v8", fill: "none" }]],
  mixed: [["circle", ring], ["path", { d: "M12 2a10 10 0 0 0 0 20z" }]],
  partial: [["circle", ring], ["path", { d: "M2.3 14a10 10 0 0 0 19.4 0z" }]],
  not_verifiable: [["rect", { x: "2", y: "2", width: "20", height: "20", rx: "2", fill: "none" }], ["path", { d: "M9 9.5a3 3 0 1 1 4.2 2.7q-1.2.6-1.2 2.3m0 3v.1", fill: "none" }]],
  declared: [["circle", { ...ring, "stroke-dasharray": "4 3" }]],
  none: [["path", { d: "M4 6h16M4 12h16M4 18h10", fill: "none" }]],
};

export function sign(verdict: string | null): SVGSVGElement {
  const shape = shapes[verdict ?? "none"] ?? shapes.none;
  return picture("0 0 24 24", shape, { class: "sign", "aria-hidden": "true", focusable: "false" });
}
