// Findings about one thing used, seen or labelled more than once. RULES.md, rules 7, 13 and 22.
import type { Finding, StateRef } from "../evidence.ts";
import { finding, type Case, type Question, type UnitCase } from "./case.ts";
import { nameOf, shown, type Event } from "./event.ts";
import { keyOf, RECORD } from "./graph.ts";
import { compareLabel } from "./labels.ts";
import { findLaterUses } from "./later_findings.ts";
import { impossibleTravels, type Sighting, type Travel } from "./sightings.ts";
import { findDoubleUses, markerOf, type DoubleUse, type Use } from "./spending.ts";
import { dayOf } from "./time.ts";

// A `resolve` counts only from a verifier the reader lists, admitted with that role by a trusted
// registrar at its date.
function trustedResolves(judged: Case): Event[] {
  return judged.graph.events.filter(
    (event) =>
      event.type === "attest" &&
      shown(event.fields.kind) === "resolve" &&
      event.fields.about.is === "shown" &&
      judged.graph.evidence.reader.verifiers.includes(event.log) &&
      judged.membership.hasRole(event, "verifier"),
  );
}

function stateName(judged: Case, state: StateRef): string {
  const output = judged.graph.output(state);
  return output === undefined ? "something that is not shown" : nameOf(output);
}

function usesText(judged: Case, uses: readonly Use[]): string {
  return uses
    .map(({ log, seq, event }) => {
      const step = event === undefined ? "" : `, ${event.type}`;
      return `${judged.membership.display(log)} (entry ${seq}${step})`;
    })
    .join(" and ");
}

// Whether the unit's stone passed through the state, or through the event whose record it is.
function isInChain(unit: UnitCase, state: StateRef): boolean {
  if (unit.ancestors.has(keyOf(state)) || unit.takenBack.has(keyOf(state))) return true;
  return state.out === RECORD && unit.events.some((event) => event.id === state.event);
}

function resolveOfMarker(judged: Case, unit: UnitCase, state: StateRef, resolves: Event[]): Event | undefined {
  const marker = markerOf(judged.graph, state);
  if (marker === undefined) return undefined;
  return resolves.find((resolve) => {
    const about = shown(resolve.fields.about)!;
    // The genuine use is named by its event, and must be the one this unit came through.
    return about.marker === marker && unit.events.some((event) => event.id === about.genuine);
  });
}

function doubleSpend(judged: Case, unit: UnitCase, use: DoubleUse, state: StateRef, resolves: Event[]): Finding {
  const holder = judged.membership.display(use.uses[0]!.log);
  const uses = usesText(judged, use.uses);
  if (!use.decided) {
    const sentence = `the same state was used by ${uses}; which of them held it cannot be told from what is shown`;
    return finding("undecided_use", "not_verifiable", sentence, holder);
  }
  const what = state.out === RECORD ? "the record of a step" : stateName(judged, state);
  const resolve = resolveOfMarker(judged, unit, state, resolves);
  if (resolve === undefined)
    return finding("spent_twice", "duplicate", `${what} was used twice: by ${uses}; both cannot be right`, holder);
  const verifier = judged.membership.display(resolve.log);
  const sentence =
    `${what} was used twice; ${verifier} looked into it and holds this one to be genuine ` + `(${dayOf(resolve.at)})`;
  return finding("resolved", null, sentence, verifier);
}

function findDoubleSpends(judged: Case, units: readonly UnitCase[], resolves: Event[]): void {
  for (const use of findDoubleUses(judged.graph)) {
    const state = use.state;
    if (state === undefined) continue;
    for (const unit of units)
      if (isInChain(unit, state)) unit.findings.push(doubleSpend(judged, unit, use, state, resolves));
  }
}

function resolveOfTravel(travel: Travel, question: Question, resolves: Event[]): Event | undefined {
  const pair = [travel.first.digest, travel.second.digest];
  return resolves.find((resolve) => {
    const about = shown(resolve.fields.about)!;
    if (!pair.every((digest) => about.sightings.includes(digest)) || !pair.includes(about.genuine)) return false;
    // Whoever holds the copy is not helped by somebody else's label being genuine.
    const copy = pair.find((digest) => digest !== about.genuine);
    return !(question.scans ?? []).some((scan) => scan.sighting?.digest === copy);
  });
}

function travelFinding(judged: Case, unit: UnitCase, travel: Travel, resolves: Event[]): Finding {
  const { membership, question } = judged;
  const place = (seen: Sighting): string => `${membership.display(seen.log)}, ${seen.at}`;
  const { first, second, minutes } = travel;
  const kilometres = Math.floor(travel.distanceMm / 1_000_000);
  const name = unit.unit.aliases[0] ?? unit.unit.item;
  const seen =
    `the label of ${name} was seen by ${place(first)} and by ${place(second)}, ` +
    `${kilometres} km in ${minutes} minutes`;
  const facts = { distance_km: kilometres, minutes };
  const resolve = resolveOfTravel(travel, question, resolves);
  if (resolve === undefined)
    return finding("seen_twice", "duplicate", `${seen}; both cannot be right`, membership.display(second.log), facts);
  const verifier = membership.display(resolve.log);
  const genuine = shown(resolve.fields.about)!.genuine === first.digest ? first : second;
  const sentence =
    `${seen}; ${verifier} looked into it and holds the label seen by ${place(genuine)} ` +
    `to be genuine (${dayOf(resolve.at)})`;
  return finding("resolved", null, sentence, verifier, facts);
}

function findTravels(judged: Case, units: readonly UnitCase[], sightings: readonly Sighting[], resolves: Event[]): void {
  for (const travel of impossibleTravels(sightings, judged.membership))
    for (const unit of units) {
      const isItsLabel = [travel.first, travel.second].some(
        (sighting) => compareLabel(judged, unit.unit, sighting) === "same",
      );
      if (isItsLabel) unit.findings.push(travelFinding(judged, unit, travel, resolves));
    }
}

// One item delivered as two things, neither of which came from the other.
function findItemTwice(units: readonly UnitCase[]): void {
  const times = new Map<string, number>();
  for (const { unit } of units) times.set(unit.item, (times.get(unit.item) ?? 0) + 1);
  for (const { unit, findings } of units)
    if (unit.item !== "" && times.get(unit.item)! > 1)
      findings.push(finding("spent_twice", "duplicate", `item ${unit.item} is delivered twice`));
}

export function findUses(judged: Case, units: readonly UnitCase[], sightings: readonly Sighting[]): void {
  const resolves = trustedResolves(judged);
  findDoubleSpends(judged, units, resolves);
  findTravels(judged, units, sightings, resolves);
  findItemTwice(units);
  for (const unit of units) unit.findings.push(...findLaterUses(judged, unit));
}
