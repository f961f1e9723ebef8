// Findings about single steps of a chain.
import type { Finding, Json, Verdict } from "../evidence.ts";
import { isAboveExpected, isOver, type YieldCheck } from "./balance.ts";
import { count, finding, type Case, type UnitCase } from "./case.ts";
import { latenessDays } from "./dates.ts";
import { remakes, shown, type Event, type Output } from "./event.ts";
import { madeBy } from "./graph.ts";
import { amountText } from "./measures.ts";
import { restoredBy } from "./parents.ts";
import { dayOf } from "./time.ts";

class Step {
  readonly found: Finding[] = [];
  private readonly case: Case;
  private readonly unit: UnitCase;
  private readonly event: Event;
  private readonly who: string;
  private readonly day: string;

  constructor(judged: Case, unit: UnitCase, event: Event) {
    this.case = judged;
    this.unit = unit;
    this.event = event;
    this.who = judged.membership.display(event.log);
    this.day = dayOf(event.at);
  }

  private add(code: string, verdict: Verdict | null, sentence: string, facts: { [member: string]: Json } = {}): void {
    this.found.push(finding(code, verdict, sentence, this.who, facts));
  }

  find(): Finding[] {
    this.findSigner();
    this.findLabel();
    this.findSplit();
    this.findHiddenOutputs();
    for (const check of this.case.yields) if (check.splits.includes(this.event)) this.findYield(check);
    this.findLate();
    if (this.event.type === "correct") this.add("corrected", null, `${this.who} corrected ${this.target()} on ${this.day}`);
    if (this.event.type === "void") this.add("voided", null, `${this.who} voided ${this.target()} on ${this.day}`);
    if (this.isOneSided())
      this.add("one_sided", null, `the receipt of ${this.day} is recorded by ${this.who} alone`);
    return this.found;
  }

  private findSigner(): void {
    const { membership, graph } = this.case;
    if (membership.mayBeHidden(this.event.log))
      this.add(
        "not_shown",
        "gap",
        `whose log recorded the ${this.event.type} of ${this.day} is not shown: an admission hides whom it admits`,
      );
    else if (!membership.isKnown(this.event.log))
      this.add("unknown_signer", "not_verifiable", `your trust file does not say who ${this.who} is`);
    else if (!membership.isKnownSigner(this.event))
      this.add(
        "unknown_signer",
        "not_verifiable",
        `the admission of ${this.who} was revoked, and nothing from outside its log shows that the ` +
          `${this.event.type} of ${this.day} was made before`,
      );
    if (graph.evidence.logs.get(this.event.log)?.quorumMet === false)
      this.add(
        "quorum_not_met",
        "not_verifiable",
        `too few of the witnesses you ask for cosigned the log of ${this.who}`,
      );
  }

  // The state that an output is again, where a label could have been replaced on the way.
  private sameThingBefore(out: number): Output | undefined {
    const { graph } = this.case;
    if (this.event.type === "void") {
      const restored = restoredBy(graph, this.event, out);
      return restored === undefined ? undefined : graph.output(restored.event.inputs[restored.input]!);
    }
    const offset = this.event.type === "correct" ? 1 : 0;
    const input = remakes(this.event) || offset === 1 ? this.event.inputs[out + offset] : undefined;
    return input === undefined ? undefined : graph.output(input);
  }

  private replacedSerials(): string[] {
    return this.event.outputs.flatMap((output, out) => {
      const before = this.sameThingBefore(out);
      const replaced =
        before !== undefined && output !== null && before.serial !== "" && output.serial !== before.serial;
      return replaced ? [before.serial] : [];
    });
  }

  private findLabel(): void {
    const label = this.event.fields.label;
    if (label.is === "withheld") {
      this.add("not_shown", "gap", `why the label was changed on ${this.day} is not shown`);
      return;
    }
    const replaced = this.replacedSerials();
    if (replaced.length === 0) return;
    // A label is replaced by `label` alone, and only by saying which one it was.
    const action = this.event.type === "label" ? shown(label) : undefined;
    if (action === undefined || !replaced.includes(action.oldSerial)) {
      this.add("label_history_missing", "gap", `the label was changed on ${this.day} without naming the old one`);
      return;
    }
    const missing = [
      ...(action.photo === "" ? ["a photo"] : []),
      ...(action.secondPerson === "" ? ["a second person"] : []),
    ];
    const how = missing.length === 0 ? "with photo and second person" : `without ${missing.join(" or ")}`;
    const why = action.reason === "" ? "" : ` (${action.reason})`;
    this.add("relabelled", null, `relabelled by ${this.who} on ${this.day}${why}, ${how}`);
  }

  private findSplit(): void {
    if (this.event.type !== "split") return;
    const { graph } = this.case;
    const homeWork = graph.field(this.event, "homeWork");
    if (graph.field(this.event, "saw").is === "withheld")
      this.add("not_shown", "gap", `how the stone was sawn on ${this.day} is not shown, so its yield cannot be checked`);
    if (graph.field(this.event, "waste").is === "withheld")
      this.add("not_shown", "gap", `the waste of the ${this.day} step is not shown, so its balance cannot close`);
    if (homeWork.is === "shown")
      this.add("home_work", null, `${homeWork.value / 10n} % home work is declared by ${this.who}`, {
        per_mille: count(homeWork.value),
      });
  }

  // What is hidden may be anything, so neither a yield nor what was unpacked can be checked. The
  // other crates of a pack may stay hidden; a remark says how many (RULES.md, rule 11).
  private findHiddenOutputs(): void {
    const made = madeBy(this.case.graph, this.event);
    const hidden = made.filter((output) => output === undefined).length;
    if (hidden === 0) return;
    const part = `${hidden} of the ${made.length} things`;
    if (this.event.type === "split" || this.event.type === "unpack")
      this.add("not_shown", "gap", `${part} made on ${this.day} are not shown, so its yield cannot be checked`);
    if (this.event.type === "pack")
      this.add(
        "not_shown",
        null,
        `${part} packed on ${this.day} are not shown, so how much of the batch they hold is not known`,
      );
  }

  private findYield(check: YieldCheck): void {
    const text = (amount: bigint): string => (check.unit === "piece" ? `${amount}` : amountText(amount, check.unit));
    const facts = {
      count: count(check.count),
      ...(check.expected === undefined ? {} : { expected: count(check.expected) }),
      limit: count(check.limit),
    };
    const declared = `${text(check.count)} ${check.what} are declared`;
    if (isOver(check))
      this.add(
        check.byMass ? "mass_not_closed" : "over_yield",
        "over_yield",
        `${declared}, at most ${text(check.limit)} are possible`,
        facts,
      );
    else if (isAboveExpected(check))
      this.add(
        "above_expected_yield",
        null,
        `${declared}; ${check.expected} are expected from its net dimensions, ${text(check.limit)} are the limit`,
        facts,
      );
  }

  private findLate(): void {
    const days = latenessDays(this.case.graph, this.event);
    if (days === undefined) return;
    const sentence = `the ${this.event.type} dated ${this.day} by ${this.who} was recorded ${days} days later`;
    this.add("late", null, sentence, { days });
  }

  private target(): string {
    const { graph } = this.case;
    const record = this.event.inputs[0];
    const named = record === undefined ? undefined : graph.event(record.event);
    const first = named === undefined ? this.event : graph.first(named);
    return first === this.event ? "an event" : `the ${first.type} of ${dayOf(first.at)}`;
  }

  // What this unit took of it begins here: no late dispatch supports it.
  private isOneSided(): boolean {
    return this.unit.branches.some(({ beginning, leaf }) => beginning === "one-sided" && leaf === this.event);
  }
}

export function findInSteps(judged: Case, unit: UnitCase): Finding[] {
  return [...unit.events.flatMap((event) => new Step(judged, unit, event).find()), ...findRegistrars(judged)];
}

// Who the parties are rests on the registrar's log, so it needs its witnesses as much as theirs.
function findRegistrars({ graph, membership }: Case): Finding[] {
  const short = graph.evidence.reader.registrars.filter((log) => graph.evidence.logs.get(log)?.quorumMet === false);
  return short.map((log) => {
    const who = membership.display(log);
    const sentence = `too few of the witnesses you ask for cosigned the log of ${who}`;
    return finding("quorum_not_met", "not_verifiable", sentence, who);
  });
}
