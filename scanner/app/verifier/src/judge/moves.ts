// A step dated before the step it follows, and goods that moved faster than anything can.
// DOMAIN.md §3, "Backdating"; RULES.md, rule 22; docs/verification_order.md, part 3, 6 and 7.
import type { Input } from "../evidence.ts";
import { type Doubt, siteName, siteOf } from "./doubting.ts";
import { shown, type Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import { dayOf } from "./time.ts";
import { type Place, tooFast } from "./travel.ts";

// How far back the place is looked for that goods were at before: a check must end.
const MOST_STEPS = 16;
const MOST_EVENTS = 200;

function undoes({ type }: Event): boolean {
  return type === "correct" || type === "void";
}

// The step that an input was made in. What was corrected since was made when it was made; what a void
// gave back was made before, by a step that is not looked for.
function stepBefore(graph: Graph, event: Event, input: Input): Event | undefined {
  const maker = graph.event(input.event);
  if (maker === undefined || undoes(event)) return maker;
  const first = maker.type === "correct" ? graph.first(maker) : maker;
  return first.type === "void" ? undefined : first;
}

interface Placed {
  event: Event;
  site: Event;
  place: Place;
}

// Where a step happened: the dated position of its site, or the only one it has.
function placed(graph: Graph, event: Event): Placed | undefined {
  const site = undoes(event) ? undefined : siteOf(graph, event);
  if (site === undefined) return undefined;
  const day = dayOf(event.at);
  let found: (Place & { from: string }) | undefined;
  for (const position of shown(graph.field(site, "positions")) ?? [])
    if (position.from <= day && (found === undefined || found.from <= position.from)) found = position;
  if (found !== undefined) return { event, site, place: found };
  const { lat, lon } = shown(graph.field(site, "siteFacts")) ?? {};
  return lat === undefined || lon === undefined ? undefined : { event, site, place: { lat, lon, errorMm: 0 } };
}

// The nearest steps before it that say where they happened, level by level, in the order of inputs.
function placedBefore(graph: Graph, event: Event): Placed[] {
  const found: Placed[] = [];
  const seen = new Set<Event>([event]);
  let level: Event[] = [event];
  for (let steps = 0; steps < MOST_STEPS && level.length > 0; steps++) {
    const next: Event[] = [];
    for (const at of level)
      for (const input of at.inputs) {
        const before = stepBefore(graph, at, input);
        if (before === undefined || seen.size > MOST_EVENTS || seen.has(before)) continue;
        seen.add(before);
        const place = placed(graph, before);
        if (place === undefined) next.push(before);
        else found.push(place);
      }
    level = next;
  }
  return found;
}

export function doubtOrder(graph: Graph, event: Event): Doubt[] {
  let latest: Event | undefined;
  for (const input of event.inputs) {
    const before = stepBefore(graph, event, input);
    if (before !== undefined && event.atTime < before.atTime && (latest === undefined || latest.atTime < before.atTime)) latest = before;
  }
  if (latest === undefined) return [];
  const sentence = `the ${event.type} dated ${event.at} follows the ${latest.type} dated ${latest.at}, which is later`;
  return [{ code: "time_order", sentence, facts: { at: event.at, follows: latest.type, follows_at: latest.at } }];
}

export function doubtTravel(graph: Graph, event: Event): Doubt[] {
  const here = placed(graph, event);
  if (here === undefined) return [];
  const words = ({ event, site }: Placed): string => `${siteName(graph, site)} (${event.type} of ${event.at})`;
  return placedBefore(graph, event).flatMap((before) => {
    const ms = event.atTime - before.event.atTime;
    // What is in disorder has no speed.
    const fast = ms < 0 ? undefined : tooFast(before.place, here.place, ms);
    if (fast === undefined) return [];
    const { minutes } = fast;
    const kilometres = Math.floor(fast.distanceMm / 1_000_000);
    const sentence = `from ${words(before)} to ${words(here)} it is ${kilometres} km, in ${minutes} minutes`;
    return [{ code: "travel_too_fast", sentence, facts: { distance_km: kilometres, minutes } }];
  });
}
