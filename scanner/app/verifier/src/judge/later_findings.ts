// What a clear note tells of the time after a passport was made, and what it leaves open.
// FORMATS.md, rule 30; docs/later_events.md.
import { compareByBytes } from "../base/bytes.ts";
import type { ClearFacts, Finding, StateRef } from "../evidence.ts";
import { finding, type Case, type UnitCase } from "./case.ts";
import { nameOf, shown, type Event } from "./event.ts";
import { byLogAndSeq, keyOf, RECORD, sameState } from "./graph.ts";
import { markerOf, usesSeenElsewhere, type Use } from "./spending.ts";
import { formatDate } from "./time.ts";

const NOT_CHECKED = "not checked for later corrections or other use";

// A state whose use behind what is shown would change what is said of a unit.
interface Watched {
  state: StateRef;
  maker: Event;
  about: "goods" | "step" | "admission" | "site";
}

const UNSEEN_USE = {
  step: "a correction or void",
  admission: "a revocation, correction or void of an admission",
  site: "a correction or void of a site",
};

// Ascending by log, entry and output, records first.
function watchedStates({ graph, membership }: Case, unit: UnitCase): Watched[] {
  const found = new Map<string, Watched>();
  const add = (state: StateRef, about: Watched["about"]): void => {
    const maker = graph.event(state.event);
    if (maker !== undefined && !found.has(keyOf(state))) found.set(keyOf(state), { state, maker, about });
  };
  const addVersions = (event: Event, about: Watched["about"]): void => {
    for (const { id } of graph.versions(event)) add({ event: id, out: RECORD }, about);
  };
  for (const { id } of unit.events) add({ event: id, out: RECORD }, "step");
  for (const state of [...unit.ancestors.values(), ...unit.takenBack.values()]) add(state, "goods");
  for (const event of unit.events) {
    for (const admit of membership.admitsOf(event.log)) addVersions(admit, "admission");
    const place = shown(event.fields.place);
    const site = place === undefined ? undefined : graph.event(place.site);
    if (site !== undefined) addVersions(site, "site");
  }
  return [...found.values()].sort((a, b) => byLogAndSeq(a.maker, b.maker) || a.state.out - b.state.out);
}

function useFinding(judged: Case, unit: UnitCase, { state, maker, about }: Watched, use: Use): Finding {
  const who = judged.membership.display(use.log);
  const place = `by ${who} (entry ${use.seq})`;
  const missing = (what: string): Finding =>
    finding("link_missing", "gap", `a monitor saw ${what} ${place} that is not shown`, who);
  if (about !== "goods") return missing(UNSEEN_USE[about]);
  const output = judged.graph.output(state);
  const name = output === undefined ? "something that is not shown" : nameOf(output);
  if (!sameState(state, unit.unit.state))
    return finding("spent_twice", "duplicate", `a monitor saw another use of ${name} ${place}`, who);
  // What was delivered is its receiver's to use; its sender's use takes it back.
  if (maker.log === use.log) return missing(`a later use of ${name}`);
  return finding("undecided_use", null, `a monitor saw a later use of ${name} ${place} that is not shown`, who);
}

// What the note does not tell about these states; empty when it answers for all of them.
function leftOpen({ graph, membership }: Case, note: ClearFacts, watched: readonly Watched[]): string {
  const needed = new Map<string, number>();
  const need = (log: string, size: number): void => {
    const all = [size, needed.get(log) ?? 0, graph.evidence.logs.get(log)?.size ?? 0];
    needed.set(log, Math.max(...all));
  };
  let notAsked = 0;
  let holders = 0;
  for (const { state, maker } of watched) {
    const marker = markerOf(graph, state);
    if (marker === undefined || !note.markers.has(marker) || note.earlier.has(marker)) notAsked += 1;
    need(maker.log, maker.seq + 1);
    if (state.out === RECORD || maker.type !== "dispatch") continue;
    if (maker.fields.to.is === "withheld") holders += 1;
    const to = shown(maker.fields.to)?.log ?? "";
    if (to !== "") need(to, 0);
  }
  const open: string[] = [];
  for (const [log, size] of [...needed].sort(([a], [b]) => compareByBytes(a, b))) {
    const covered = note.sizes.get(log);
    const whose = membership.display(log);
    if (covered === undefined) open.push(`it does not follow the log of ${whose}`);
    else if (covered < size) open.push(`it covers ${covered} entries of the log of ${whose}, of which ${size} are shown`);
  }
  if (notAsked > 0) open.push(`it does not answer for ${notAsked} of the states shown`);
  if (holders > 0) open.push(`who holds ${holders} of the states shown is withheld`);
  return open.join("; ");
}

export function findLaterUses(judged: Case, unit: UnitCase): Finding[] {
  const note = judged.graph.evidence.clear;
  if (note === null) return [finding("not_checked_for_later", null, NOT_CHECKED)];
  const watched = watchedStates(judged, unit);
  const findings = watched.flatMap((one) =>
    usesSeenElsewhere(judged.graph, one.state).map((use) => useFinding(judged, unit, one, use)),
  );
  const open = leftOpen(judged, note, watched);
  if (open === "") return findings;
  const sentence = `${NOT_CHECKED} in all that is shown; of the clear note of ${formatDate(note.time)}: ${open}`;
  return [...findings, finding("not_checked_for_later", null, sentence)];
}
