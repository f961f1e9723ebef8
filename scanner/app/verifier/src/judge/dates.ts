// Dates as far as somebody other than the claimant knows them. DESIGN.md §7; RULES.md, rule 15.
import { shown, type Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import { DAY_MS, HOUR_MS } from "./time.ts";

const LATE_AFTER_MS = 72 * HOUR_MS;

function earliest(times: number[]): number | undefined {
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}

// The earliest witness time of a checkpoint shown that covers the event.
export function witnessedAt(graph: Graph, event: Event): number | undefined {
  const cosigned = graph.evidence.logs.get(event.log)?.cosigned ?? new Map<number, number>();
  return earliest([...cosigned].filter(([size]) => size > event.seq).map(([, time]) => time));
}

// The receives, by the log that this dispatch was sent to, that took what it sent. Any other log
// could be made up to lend a date.
function receivesOf(graph: Graph, dispatch: Event): Event[] {
  const to = dispatch.type === "dispatch" ? shown(dispatch.fields.to) : undefined;
  if (to === undefined || to.log === "" || to.log === dispatch.log) return [];
  const takers = dispatch.outputs.flatMap((_, out) => graph.usersOf({ event: dispatch.id, out }));
  const named = shown(dispatch.fields.received);
  const receive = named === undefined ? undefined : graph.event(named.event);
  return (receive === undefined ? takers : [...takers, receive]).filter(
    (event) => event.type === "receive" && event.log === to.log,
  );
}

// When they did.
export function counterpartyTime(graph: Graph, dispatch: Event): number | undefined {
  return earliest(receivesOf(graph, dispatch).map((event) => event.time));
}

export type DateKnownBy = "counterparty" | "witness" | "not witnessed";

export function dateKnownBy(graph: Graph, event: Event): DateKnownBy {
  if (counterpartyTime(graph, event) !== undefined) return "counterparty";
  return witnessedAt(graph, event) !== undefined ? "witness" : "not witnessed";
}

// When somebody outside its log knew of it: a witness, or a receiver whose log the reader knows.
// Undefined when nobody shows that.
export function outsideDate(graph: Graph, event: Event, isKnown: (log: string) => boolean): number | undefined {
  const receives = receivesOf(graph, event).filter((receive) => isKnown(receive.log));
  const times = [witnessedAt(graph, event), ...receives.map((receive) => receive.time)];
  return earliest(times.filter((time) => time !== undefined));
}

// The latest time by which an event was recorded, as far as its entry and witnesses tell.
export function recordedBy(graph: Graph, event: Event): number {
  return Math.max(event.time, witnessedAt(graph, event) ?? event.time);
}

// Whole days by which a claim is older than its witness time or its own entry allows; undefined
// when it is not late.
export function latenessDays(graph: Graph, event: Event): number | undefined {
  const late = recordedBy(graph, event) - event.atTime;
  return late <= LATE_AFTER_MS ? undefined : Math.floor(late / DAY_MS);
}
