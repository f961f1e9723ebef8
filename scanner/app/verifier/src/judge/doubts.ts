// What physics and dates doubt about the steps of a chain: remarks, all of them, that never change a
// verdict (RULES.md, rule 7). In the order of docs/verification_order.md, part 3.
import type { Finding } from "../evidence.ts";
import { isVoided } from "./balance.ts";
import { doubtCalendar } from "./calendar.ts";
import { finding, type Case, type UnitCase } from "./case.ts";
import type { Doubt } from "./doubting.ts";
import type { Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import { doubtLoad } from "./loads.ts";
import { doubtOrder, doubtTravel } from "./moves.ts";

// Of corrections and voids nothing but their order.
function doubtsAbout(graph: Graph, event: Event): Doubt[] {
  if (isVoided(graph, event)) return [];
  const undoes = event.type === "correct" || event.type === "void";
  return [
    ...(undoes ? [] : [...doubtCalendar(graph, event), ...doubtLoad(graph, event)]),
    ...doubtOrder(graph, event),
    ...doubtTravel(graph, event),
  ];
}

// Found once for all units whose chain an event is in.
const known = new WeakMap<Event, Doubt[]>();

export function findDoubts(judged: Case, unit: UnitCase): Finding[] {
  return unit.events.flatMap((event) => {
    const doubts = known.get(event) ?? doubtsAbout(judged.graph, event);
    known.set(event, doubts);
    const who = judged.membership.display(event.log);
    return doubts.map(({ code, sentence, facts }) => finding(code, null, sentence, who, { ...facts }));
  });
}
