// The verdict: evidence, contract, scans, sightings and date in; report out. Pure.
// DESIGN.md §9; RULES.md.
import { Refusal } from "../base/refusal.ts";
import type { Evidence, Finding, StateRef } from "../evidence.ts";
import { claimsOf } from "./claims.ts";
import { count, finding, type Case, type Question, type UnitCase } from "./case.ts";
import { decodeEvent } from "./decode.ts";
import { deliveryOf, type DeliveredUnit, type Delivery } from "./delivery.ts";
import { describeChain } from "./describe.ts";
import { findDeviceCounters } from "./device_findings.ts";
import { findDoubts } from "./doubts.ts";
import type { Event } from "./event.ts";
import { byTime, Graph, keyOf, sameState } from "./graph.ts";
import { matchScans } from "./labels.ts";
import { Lineage, type Branch } from "./lineage.ts";
import { amountText } from "./measures.ts";
import { Membership } from "./membership.ts";
import { OriginJudge } from "./origin_findings.ts";
import { ancestorsOf, restoredBy } from "./parents.ts";
import { dividedBy, NONE, plus } from "./ratio.ts";
import { worstFirst, worstOf, type Amount, type Report, type UnitReport } from "./report.ts";
import type { Sighting } from "./sightings.ts";
import { findDensities, findErasures, findStatements } from "./statements.ts";
import { findInSteps } from "./step_findings.ts";
import { formatDate } from "./time.ts";
import { findUses } from "./use_findings.ts";
import { verdictSentence } from "./wording.ts";
import { checkYields, explainedParts } from "./yields.ts";

const MAX_FINDINGS = 500; // of the delivery; more of them tell nobody anything

// What does not read as an event is no evidence; the proofs refuse a passport that holds such.
function decodeAll(evidence: Evidence): { events: Event[]; findings: Finding[] } {
  const events: Event[] = [];
  const findings: Finding[] = [];
  for (const shown of evidence.events)
    try {
      events.push(decodeEvent(shown));
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      const { log, seq } = shown;
      const facts = { ...(problem.field === "" ? {} : { field: problem.field }), log, seq };
      findings.push(finding("malformed", "invalid", `Entry ${seq} of ${log}, ${problem.line()}.`, "", facts));
    }
  return { events, findings };
}

// The branches of one unit: all of a state's, or those through one labelled thing inside it.
function branchesOf(lineage: Lineage, unit: DeliveredUnit, hasMembers: boolean): readonly Branch[] {
  const all = lineage.of(unit.state);
  const own = all.filter(({ member, leaf }) => {
    if (member === undefined || unit.member === undefined)
      // What comes through no member in particular concerns each of them.
      return member === unit.member || (member === undefined && leaf === undefined);
    return sameState(member, unit.member);
  });
  if (!hasMembers || own.length === 0) return all;
  const total = own.reduce((sum, { share }) => plus(sum, share), NONE);
  return own.map((branch) => ({ ...branch, share: dividedBy(branch.share, total) }));
}

function ancestorsOfUnit(graph: Graph, unit: DeliveredUnit): Map<string, StateRef> {
  const all = ancestorsOf(graph, unit.state);
  if (unit.member === undefined) return all;
  // Siblings in the crate are not this unit's ancestors; the crate's own states are.
  const own = ancestorsOf(graph, unit.member);
  const crate = graph.output(unit.state);
  for (const [key, state] of all)
    if (crate !== undefined && graph.output(state)?.item === crate.item) own.set(key, state);
  return own;
}

// Of a dispatch each output that was taken back restores the input that it remade; of other events all
// outputs together restore what went in.
function takenBack(graph: Graph, ancestors: ReadonlyMap<string, StateRef>): Map<string, StateRef> {
  const found = new Map<string, StateRef>();
  for (const { event, out } of ancestors.values()) {
    const maker = graph.event(event);
    const restored = maker?.type === "void" ? restoredBy(graph, maker, out) : undefined;
    if (maker === undefined || restored === undefined) continue;
    const taken = restored.event.type === "dispatch" ? maker.inputs.slice(out + 1, out + 2) : maker.inputs.slice(1);
    for (const state of taken) found.set(keyOf(state), { event: state.event, out: state.out });
  }
  return found;
}

// What was corrected or undone since is part of the chain, and so is a late dispatch.
function eventsOf(graph: Graph, ancestors: ReadonlyMap<string, StateRef>): Event[] {
  const found = new Set<Event>();
  for (const state of ancestors.values()) {
    const maker = graph.event(state.event);
    if (maker === undefined) continue;
    for (let event: Event | undefined = maker; event !== undefined; event = graph.correctionOf(event)) found.add(event);
    for (const { dispatch } of graph.lateDispatches(state)) found.add(dispatch);
    const voiding = graph.takenBackBy(state);
    if (voiding !== undefined) found.add(voiding);
  }
  return [...found].sort(byTime);
}

function openUnits(graph: Graph, lineage: Lineage, units: readonly DeliveredUnit[]): UnitCase[] {
  return units.map((unit) => {
    const hasMembers = units.some((other) => other.member !== undefined && sameState(other.state, unit.state));
    const ancestors = ancestorsOfUnit(graph, unit);
    return {
      unit,
      branches: branchesOf(lineage, unit, hasMembers),
      ancestors,
      takenBack: takenBack(graph, ancestors),
      events: eventsOf(graph, ancestors),
      findings: [],
    };
  });
}

function likeness({ code, verdict, sentence }: Finding): string {
  return `${code}\n${verdict}\n${sentence}`;
}

function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const one of findings) if (!kept.has(likeness(one))) kept.set(likeness(one), one);
  return [...kept.values()];
}

// One finding for the delivery out of the same finding on many units, with the amount it holds for.
function gathered(units: readonly UnitCase[], delivery: Delivery): Finding[] {
  const all = new Map<string, { first: Finding; amount: bigint; units: number }>();
  for (const { unit, findings } of units)
    for (const one of findings) {
      const known = all.get(likeness(one));
      if (known === undefined) {
        all.set(likeness(one), { first: one, amount: unit.amount, units: 1 });
      } else {
        known.amount += unit.amount;
        known.units += 1;
      }
    }
  return [...all.values()].map(({ first, amount, units: number }) => {
    const facts = {
      ...first.facts,
      amount: count(amount),
      amount_text: amountText(amount, delivery.unit),
      units: number,
    };
    return { ...first, facts: Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))) };
  });
}

function judgeUnits(judged: Case, units: UnitCase[], sightings: readonly Sighting[]): OriginJudge {
  for (const unit of units)
    unit.findings.push(
      ...findInSteps(judged, unit),
      ...findDensities(judged, unit),
      ...findDoubts(judged, unit),
      ...findStatements(judged, unit),
      ...findErasures(judged, unit),
    );
  findUses(judged, units, sightings);
  const origin = new OriginJudge(judged, units);
  origin.find();
  for (const unit of units) unit.findings = withoutRepeats(unit.findings);
  return origin;
}

function verdictOf(question: Question, units: readonly UnitCase[], findings: readonly Finding[]): Report["verdict"] {
  // Without criteria there is nothing to match, so no finding means no word (RULES.md, rule 6).
  const asks = question.contract !== undefined && question.contract.criteria.length > 0;
  return worstOf(findings) ?? (asks && units.length > 0 ? "match" : null);
}

// Everything that is wrong with the delivery as a whole: `foremost` first, then what units share.
function allFindings(judged: Case, units: UnitCase[], delivery: Delivery, foremost: readonly Finding[]): Finding[] {
  // Cut off at the mildest: a flood of remarks must not wash away what decides.
  const shared = worstFirst(gathered(units, delivery)).slice(0, MAX_FINDINGS);
  const findings = worstFirst([...foremost, ...shared]);
  if (judged.question.contract === undefined || units.length > 0 || worstOf(findings) !== null) return findings;
  return [...findings, finding("label_not_carried", "not_verifiable", "the passports carry no goods to check")];
}

function unitReports(judged: Case, units: UnitCase[], delivery: Delivery, origin: OriginJudge, scanned: Set<DeliveredUnit>): UnitReport[] {
  return units.map(({ unit, findings }, i) => ({
    item: unit.item,
    aliases: unit.aliases,
    amount: count(unit.amount),
    unit: delivery.unit,
    verdict: verdictOf(judged.question, units, findings),
    scanned: scanned.has(unit),
    shares: origin.sharesOf(i),
    findings: worstFirst(findings),
  }));
}

// `proofFindings` are what the proof checks found wrong; with any of them the verdict is
// `invalid`, and whatever else is found is still reported.
export function judge(evidence: Evidence, question: Question, proofFindings: readonly Finding[]): Report {
  const decoded = decodeAll(evidence);
  const graph = new Graph(evidence, decoded.events);
  const yields = checkYields(graph);
  const delivery = deliveryOf(graph, question.contract);
  const judged: Case = { graph, membership: new Membership(graph), yields, question };
  const units = openUnits(graph, new Lineage(graph, explainedParts(yields)), delivery.units);

  const scanned = (question.scans ?? []).map((scan) => scan.sighting).filter((sighting) => sighting !== undefined);
  const origin = judgeUnits(judged, units, [...(question.sightings ?? []), ...scanned]);
  const labels = matchScans(judged, units);
  const foremost = [...proofFindings, ...decoded.findings, ...labels.findings, ...findDeviceCounters(judged)];
  const findings = allFindings(judged, units, delivery, foremost);
  const verdict = verdictOf(question, units, findings);

  const reports = unitReports(judged, units, delivery, origin, labels.scanned);
  const agreeing = units.filter((_, i) => reports[i]!.verdict === verdict);
  const agreed = agreeing.reduce((sum, { unit }) => sum + unit.amount, 0n);
  const amount = (value: bigint): Amount => ({
    value: count(value),
    unit: delivery.unit,
    text: amountText(value, delivery.unit),
  });
  const { remarks, ...described } = describeChain(judged, units);
  const report: Omit<Report, "sentence"> = {
    v: 1,
    verdict,
    contract: question.contract?.id || null,
    date: question.date === undefined ? "" : formatDate(question.date),
    amount: amount(delivery.amount),
    // What concerns the whole delivery and no unit holds for all of it.
    covered: amount(agreed === 0n ? delivery.amount : agreed),
    criteria: origin.criteriaLines(delivery.unit),
    quantity: delivery.quantity.map(({ status, delivered, named, tolerance, unit, text }) => ({
      status,
      delivered: count(delivered),
      named: count(named),
      tolerance: count(tolerance),
      unit,
      text,
    })),
    documents: "unchecked",
    units: reports,
    claims: claimsOf(judged, units),
    findings,
    ...described,
    remarks: [
      ...(delivery.countedAsUnits
        ? ["the measures do not tell the amount in the contract's unit; units are counted instead"]
        : []),
      ...findings.filter((one) => one.verdict === null).map((one) => one.sentence),
      ...remarks,
    ],
    scanned: labels.scanned.size,
  };
  return inOrder({ ...report, sentence: verdictSentence(units, report) });
}

// The members in the order in which they are printed.
function inOrder(report: Report): Report {
  const { v, verdict, contract, date, sentence, amount, covered, criteria, quantity, documents, units, claims, findings } = report;
  const { steps, chain_length, withheld_parties, custody_model, dates, slack, remarks, scanned, does_not_show } = report;
  return {
    ...{ v, verdict, contract, date, sentence, amount, covered, criteria, quantity, documents, units, claims, findings },
    ...{ steps, chain_length, withheld_parties, custody_model, dates, slack, remarks, scanned, does_not_show },
  };
}
