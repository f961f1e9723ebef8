// Labels as they were read against units. RULES.md, rule 14; FORMATS.md, rule 27.
import { quoted } from "../base/bytes.ts";
import type { Finding } from "../evidence.ts";
import { finding, type Case, type UnitCase } from "./case.ts";
import type { DeliveredUnit } from "./delivery.ts";

export interface LabelText {
  item: string; // empty: not known
  serial: string;
  alias: string;
}

interface Labelled {
  item: string;
  serial: string;
  aliases: string[];
}

type Likeness = "other" | "replaced" | "same";

function compare(label: LabelText, own: Labelled): Likeness {
  const other = label.item === "" ? !own.aliases.includes(label.alias) : label.item !== own.item;
  if (other) return "other";
  return label.serial === "" || own.serial === "" || label.serial === own.serial ? "same" : "replaced";
}

// A labelled thing inside a crate answers to its own label and to the crate's.
export function compareLabel(judged: Case, unit: DeliveredUnit, label: LabelText): Likeness {
  const own = compare(label, unit);
  const crate = unit.member === undefined ? undefined : judged.graph.output(unit.state);
  return own !== "other" || crate === undefined ? own : compare(label, crate);
}

// What was scanned and belongs to no unit; `scanned` are the units that were.
export function matchScans(judged: Case, units: readonly UnitCase[]): { findings: Finding[]; scanned: Set<DeliveredUnit> } {
  const findings: Finding[] = [];
  const scanned = new Set<DeliveredUnit>();
  const scans = judged.question.scans;
  for (const scan of scans ?? []) {
    const likeness = units.map((unit) => compareLabel(judged, unit.unit, scan));
    units.forEach((unit, i) => likeness[i] === "same" && scanned.add(unit.unit));
    if (likeness.includes("same")) continue;
    const sentence = likeness.includes("replaced")
      ? `the scanned label of item ${scan.item} is not the one on record: it was replaced`
      : `the scanned label ${quoted(scan.content)} is in none of the passports`;
    const code = likeness.includes("replaced") ? "label_replaced" : "label_not_carried";
    findings.push(finding(code, "not_verifiable", sentence));
  }
  if (scans !== undefined && scans.length === 0)
    findings.push(finding("label_not_carried", "not_verifiable", "no label was read from what was scanned"));
  return { findings, scanned };
}
