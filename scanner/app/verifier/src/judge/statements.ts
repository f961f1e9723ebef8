// Statements about a unit's events and items, fields of its chain that were erased, and densities that do not fit its stone: remarks, all
// of them. DESIGN.md §6, `attest`; RULES.md, rules 7 and 19.
import { quoted } from "../base/bytes.ts";
import type { Finding, StateRef } from "../evidence.ts";
import { count, finding, type Case, type UnitCase } from "./case.ts";
import { latenessDays } from "./dates.ts";
import { checkDensity, densityText, type DensityCheck } from "./density.ts";
import { shown, type Event, type Fields } from "./event.ts";
import { keyOf } from "./graph.ts";
import type { Branch } from "./lineage.ts";
import { dayOf } from "./time.ts";

export interface LeafDensity {
  leaf: Event;
  name: string;
  check: DensityCheck;
}

// The density of each block that these branches begin with, once.
export function leafDensities(judged: Case, branches: readonly Branch[]): LeafDensity[] {
  const leaves = new Map<string, { leaf: Event; state: StateRef }>();
  for (const { leaf, leafOut } of branches) {
    if (leaf === undefined) continue;
    const state = { event: leaf.id, out: leafOut };
    if (!leaves.has(keyOf(state))) leaves.set(keyOf(state), { leaf, state });
  }
  return [...leaves.values()].flatMap(({ leaf, state }) => {
    const check = checkDensity(judged.graph, state);
    const name = judged.graph.output(state)?.aliases[0] ?? "the block";
    return check === undefined ? [] : [{ leaf, name, check }];
  });
}

export function findDensities(judged: Case, unit: UnitCase): Finding[] {
  return leafDensities(judged, unit.branches)
    .filter(({ check }) => check.contradicts)
    .map(({ leaf, name, check }) => {
      const interval = `${densityText(check.lowest)} to ${densityText(check.highest)} t/m³`;
      const stone = check.family === "" ? "any stone" : check.family;
      const suggestion = check.suggestion === "" ? "" : `; ${check.suggestion}`;
      return finding(
        "density_contradiction",
        null,
        `the weight and size of ${name} imply ${interval}, which is not ${stone}${suggestion}`,
        judged.membership.display(leaf.log),
        { highest_kg_per_m3: count(check.highest), lowest_kg_per_m3: count(check.lowest) },
      );
    });
}

// Whether a statement is about the unit, or about something in its chain.
function concerns(unit: UnitCase, about: Fields["about"]): boolean {
  if (about.item !== "" && about.item === unit.unit.item) return true;
  return unit.events.some(
    (event) =>
      (about.event !== "" && about.event === event.id) ||
      (about.item !== "" && event.outputs.some((output) => output?.item === about.item)),
  );
}

const KINDS_WITH_CODE = ["hold", "recall", "dispute"];

function findingOf(judged: Case, attest: Event, kind: string): Finding {
  const who = judged.membership.display(attest.log);
  const days = latenessDays(judged.graph, attest);
  const late = days !== undefined;
  const when = late ? `dated ${dayOf(attest.at)}, recorded ${days} days later` : `of ${dayOf(attest.at)}`;
  const words = shown(attest.fields.statement) ?? "";
  const text = words === "" ? "" : `: ${quoted(words, 160)}`;
  return finding(
    KINDS_WITH_CODE.includes(kind) ? kind : late ? "late" : "statement",
    null,
    `a statement (${kind}) by ${who} ${when} is shown beside the verdict and does not raise it${text}`,
    who,
    late ? { days } : {},
  );
}

export function findStatements(judged: Case, unit: UnitCase): Finding[] {
  return judged.graph.events.flatMap((event) => {
    const about = shown(event.fields.about);
    const kind = shown(event.fields.kind);
    if (event.type !== "attest" || about === undefined || kind === undefined) return [];
    return concerns(unit, about) ? [findingOf(judged, event, kind)] : [];
  });
}

// Fields that their owner destroyed for good: a kind of withheld (FORMATS.md, rule 22). Only the log
// that made a field can say so, and saying so helps no verdict (docs/withholding.md).
export function findErasures(judged: Case, unit: UnitCase): Finding[] {
  const touches = (event: Event): boolean => {
    const about = shown(event.fields.about);
    return unit.events.includes(event) || (about !== undefined && concerns(unit, about));
  };
  return judged.graph.events.flatMap((erase) => {
    const erased = shown(erase.fields.erased);
    if (erase.type !== "erase" || erased === undefined) return [];
    return erased.disclosures.flatMap(({ event: id, name }) => {
      const event = judged.graph.event(id);
      if (event === undefined || event.log !== erase.log || !event.withheld.has(name) || !touches(event)) return [];
      const who = judged.membership.display(event.log);
      const reason = erased.reason === "" ? "" : ` (${erased.reason})`;
      const what = `the ${name} of the ${event.type} of ${dayOf(event.at)}`;
      const sentence = `${what} was erased for good by ${who} on ${dayOf(erase.at)}${reason}`;
      return [finding("erased", null, sentence, who, { field: name })];
    });
  });
}
