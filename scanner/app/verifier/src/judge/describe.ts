// What is printed beside every verdict: steps and who stated them, dates, length, model, slack.
import { isOver } from "./balance.ts";
import type { Case, UnitCase } from "./case.ts";
import { counterpartyTime, dateKnownBy } from "./dates.ts";
import { densityText } from "./density.ts";
import type { Event } from "./event.ts";
import { byTime, type Graph } from "./graph.ts";
import type { Branch } from "./lineage.ts";
import { originOf } from "./origin.ts";
import type { Report, StepReport } from "./report.ts";
import { formatDate } from "./time.ts";
import { leafDensities } from "./statements.ts";

const MAX_STEPS = 500; // printed; the verdict uses all

type Described = Pick<
  Report,
  "steps" | "chain_length" | "withheld_parties" | "custody_model" | "dates" | "slack" | "does_not_show"
> & { remarks: string[] };

function endsInUnknown(judged: Case, branch: Branch): boolean {
  if (!["extract", "acquire", "one-sided"].includes(branch.beginning)) return true;
  return originOf(judged.graph, judged.membership, branch).known === "unknown";
}

// A step that a second party confirmed says more than one that only its doer recorded.
function independenceOf(graph: Graph, event: Event): string {
  const confirmed = counterpartyTime(graph, event) !== undefined;
  return confirmed || (event.type === "receive" && event.inputs.length > 0) ? "counterparty" : "self";
}

function stepOf({ graph, membership }: Case, event: Event): StepReport {
  return {
    type: event.type,
    by: membership.display(event.log),
    role: membership.role(event.log),
    country: membership.country(event.log),
    at: event.at,
    date_known_by: dateKnownBy(graph, event),
    independence: independenceOf(graph, event),
    device_signed: event.deviceSigned,
  };
}

function datesOf({ graph }: Case, events: readonly Event[]): string[] {
  const known = events.map((event) => dateKnownBy(graph, event));
  const times = (by: string): number => known.filter((one) => one === by).length;
  const lines: [number, string][] = [
    [times("witness"), "dates are known by a witness"],
    [times("counterparty"), "hand-overs are dated by the party that received"],
    [times("not witnessed"), "dates rest on the recording party alone (date not witnessed)"],
  ];
  const note = graph.evidence.clear;
  const single = "your trust file asks for no witnesses: that each log has a single history rests on the log alone";
  return [
    ...lines.filter(([number]) => number > 0).map(([number, text]) => `${number} ${text}`),
    ...(note === null ? [] : [`a monitor's clear note of ${formatDate(note.time)} was read for later use`]),
    ...(graph.evidence.reader.asksQuorum ? [] : [single]),
  ];
}

const MODELS = ["identity_preserved", "segregated", "controlled_blending", "mass_balance", null];

// RULES.md, rule 23, for one unit, as a place in that list; the last over all units is printed.
function modelOf(judged: Case, unit: UnitCase): number {
  const several = unit.branches.length > 1;
  if (several && unit.branches.some((branch) => endsInUnknown(judged, branch))) return 4;
  const leaves = unit.branches.filter((branch) => branch.leaf !== undefined);
  const sources = new Set(leaves.map((branch) => `${branch.leaf!.id} ${branch.leafOut}`));
  if (sources.size === 0) return 4;
  if (sources.size === 1) return 0;
  if (!unit.findings.some(({ code }) => code === "origin_contradicted")) return 1;
  return unit.branches.some((branch) => branch.averaged) ? 3 : 2;
}

function slackOf(judged: Case, units: readonly UnitCase[], events: ReadonlySet<Event>): string[] {
  const yields = judged.yields
    .filter((check) => !isOver(check) && check.unit === "piece" && check.splits.some((split) => events.has(split)))
    .map(
      ({ count, what, limit }) =>
        `${count} ${what} are declared and at most ${limit} are possible: ` +
        `${limit - count} more could come from elsewhere unseen`,
    );
  const branches = units.flatMap((unit) => unit.branches);
  const densities = leafDensities(judged, branches)
    .filter(({ check }) => check.alsoAdmits.length > 0)
    .map(({ name, check }) => {
      const interval = `${densityText(check.lowest)} to ${densityText(check.highest)} t/m³`;
      return `weight and size of ${name} imply ${interval}, which also admits ${check.alsoAdmits.join(", ")}`;
    });
  return [...yields, ...densities];
}

export function describeChain(judged: Case, units: readonly UnitCase[]): Described {
  const branches = units.flatMap((unit) => unit.branches);
  const events = new Set(units.flatMap((unit) => unit.events));
  const ordered = [...events].sort(byTime);
  const hidden = new Set(ordered.map((event) => event.log).filter((log) => judged.membership.nameWithheld(log)));
  const models = units.map((unit) => modelOf(judged, unit));
  return {
    steps: ordered.slice(0, MAX_STEPS).map((event) => stepOf(judged, event)),
    chain_length: {
      hand_overs: branches.reduce((most, branch) => Math.max(most, branch.handOvers), 0),
      at_least: branches.some((branch) => endsInUnknown(judged, branch)),
    },
    withheld_parties: hidden.size,
    custody_model: MODELS[units.length === 0 ? 4 : Math.max(...models)] ?? null,
    dates: datesOf(judged, ordered),
    slack: slackOf(judged, units, events),
    remarks:
      ordered.length > MAX_STEPS ? [`the first ${MAX_STEPS} of ${ordered.length} steps are listed`] : [],
    does_not_show:
      "Whether the stone is physically the one described, or how people worked at the quarry. " +
      "It shows what was recorded, by whom, and that the record was not altered since.",
  };
}
