// Permits, closures and seasons of the site that a block was taken from. RULES.md, rule 16;
// docs/verification_order.md, part 3, 1 to 3.
import type { Closure, Season, SitePermit } from "./circumstances.ts";
import { latenessDays, recordedBy } from "./dates.ts";
import { type Doubt, named, siteName, siteOf, stepWords } from "./doubting.ts";
import { shown, type Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import { dayOf, formatDate } from "./time.ts";

// A day that an extraction is judged by: the one it claims, or the outside day of a late one.
interface JudgedDay {
  date: string;
  late: boolean;
}

function judgedDays(graph: Graph, event: Event): JudgedDay[] {
  const claimed = { date: dayOf(event.at), late: false };
  if (latenessDays(graph, event) === undefined) return [claimed];
  const outside = formatDate(recordedBy(graph, event));
  return outside === claimed.date ? [claimed] : [claimed, { date: outside, late: true }];
}

function concerns(parcels: readonly string[], parcel: string): boolean {
  return parcels.length === 0 || (parcel !== "" && parcels.includes(parcel));
}

// What names no parcel may have been taken where the permit holds.
function covers({ from, to, parcels }: SitePermit, parcel: string, date: string): boolean {
  return from <= date && (to === "" || date <= to) && (parcel === "" || concerns(parcels, parcel));
}

function fallsIntoSeason({ from, to }: Season, date: string): boolean {
  const inYear = date.slice(5);
  return from <= to ? from <= inYear && inYear <= to : from <= inYear || inYear <= to;
}

function fallsIntoClosure({ from, to }: Closure, date: string): boolean {
  return from <= date && (to === "" || date <= to);
}

// One extraction and the site it names.
class Taken {
  private readonly graph: Graph;
  private readonly event: Event;
  private readonly site: Event;
  private readonly parcel: string;

  constructor(graph: Graph, event: Event, site: Event) {
    this.graph = graph;
    this.event = event;
    this.site = site;
    this.parcel = shown(graph.field(event, "place"))?.parcel ?? "";
  }

  doubts(): Doubt[] {
    return [this.season(), this.closure(), this.permit()].filter((doubt) => doubt !== undefined);
  }

  private get where(): string {
    const name = siteName(this.graph, this.site);
    return this.parcel === "" ? name : `parcel ${named(this.parcel)} of ${name}`;
  }

  private step({ date, late }: JudgedDay): string {
    return late ? `${stepWords(this.event)}, recorded late, by ${date},` : stepWords(this.event);
  }

  // The first day, and of that day the first of the list, that it falls into.
  private inside<T extends Season | Closure>(list: readonly T[], falls: (one: T, date: string) => boolean): { day: JudgedDay; one: T } | undefined {
    for (const day of judgedDays(this.graph, this.event)) {
      const one = list.find((one) => concerns(one.parcels, this.parcel) && falls(one, day.date));
      if (one !== undefined) return { day, one };
    }
    return undefined;
  }

  private season(): Doubt | undefined {
    const found = this.inside(shown(this.graph.field(this.site, "seasons")) ?? [], fallsIntoSeason);
    if (found === undefined) return undefined;
    const { day, one } = found;
    return {
      code: "out_of_season",
      sentence: `${this.step(day)} falls into the season in which ${this.where} is closed, from ${one.from} to ${one.to}`,
      facts: { date: day.date, from: one.from, late: day.late, to: one.to },
    };
  }

  private closure(): Doubt | undefined {
    const found = this.inside(shown(this.graph.field(this.site, "closures")) ?? [], fallsIntoClosure);
    if (found === undefined) return undefined;
    const { day, one } = found;
    const until = one.to === "" ? " on" : ` to ${one.to}`;
    return {
      code: "site_closed",
      sentence: `${this.step(day)} falls into the closure of ${this.where} from ${one.from}${until}`,
      facts: { date: day.date, from: one.from, late: day.late, to: one.to === "" ? null : one.to },
    };
  }

  private permit(): Doubt | undefined {
    const permits = shown(this.graph.field(this.site, "permits"));
    if (permits === undefined) return undefined;
    const day = judgedDays(this.graph, this.event).find(
      ({ date }) => !permits.some((permit) => covers(permit, this.parcel, date)),
    );
    if (day === undefined) return undefined;
    const sentence = `${this.step(day)} is covered by no permit stated for ${this.where}`;
    return { code: "permit_missing", sentence, facts: { date: day.date, late: day.late } };
  }
}

// The permit or transit pass that the step itself names.
function namedPermit(graph: Graph, event: Event): Doubt[] {
  const permit = shown(graph.field(event, "permit"));
  const date = dayOf(event.at);
  if (permit === undefined || ((permit.from === "" || permit.from <= date) && (permit.to === "" || date <= permit.to))) return [];
  const from = permit.from === "" ? "" : ` from ${permit.from}`;
  const to = permit.to === "" ? "" : ` to ${permit.to}`;
  const sentence = `the permit ${named(permit.number)} that ${stepWords(event)} names holds${from}${to}`;
  return [{ code: "permit_missing", sentence, facts: { date, late: false } }];
}

export function doubtCalendar(graph: Graph, event: Event): Doubt[] {
  const site = event.type === "extract" ? siteOf(graph, event) : undefined;
  return [
    ...(site === undefined ? [] : new Taken(graph, event, site).doubts()),
    ...(["extract", "dispatch"].includes(event.type) ? namedPermit(graph, event) : []),
  ];
}
