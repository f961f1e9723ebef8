// The verdict as one sentence made of facts, in the reader's language.
import type { Finding, Json } from "../../verifier/src/evidence.ts";
import type { Report } from "../../verifier/src/judge/index.ts";
import type { Words } from "./words.ts";

type Share = Report["units"][number]["shares"][number];

function fact(finding: Finding | undefined, name: string): string {
  const value: Json | undefined = finding?.facts[name];
  return typeof value === "string" ? value : "";
}

export class Sentences {
  private readonly report: Report;
  private readonly words: Words;
  // Parties the report describes because their name is withheld, in this language.
  private readonly described = new Map<string, string>();

  constructor(report: Report, words: Words) {
    this.report = report;
    this.words = words;
    for (const { by, role, country } of report.steps) {
      if (!by.endsWith("(name withheld)") || role === "") continue;
      this.described.set(by, words.text("party.withheld", { role: words.word("role", role), country }));
    }
  }

  private key(): string {
    const { verdict, units } = this.report;
    return `verdict.${verdict ?? (units.length === 0 ? "evidence" : "none")}`;
  }

  heading(): string {
    return this.words.text(`${this.key()}.heading`);
  }

  party(name: string): string {
    return this.described.get(name) ?? name;
  }

  // The finding that led to the verdict.
  reason(): Finding | undefined {
    return this.report.findings.find(({ verdict }) => verdict !== null && verdict === this.report.verdict);
  }

  private partOfTotal(part: number): string {
    const { value, unit } = this.report.amount;
    const total = this.words.amount(value, unit);
    if (part === value) return unit === "piece" && part === 1 ? total : this.words.text("phrase.all_of", { amount: total });
    const written = unit === "piece" ? this.words.number(part) : this.words.amount(part, unit);
    return this.words.text("phrase.part_of", { part: written, amount: total });
  }

  covered(): string {
    return this.partOfTotal(this.report.covered.value);
  }

  private named(criterion: string, name: string): string {
    const word = this.words.find(`criterion.${criterion}`);
    return word === undefined ? name : this.words.text("phrase.named", { criterion: word, name });
  }

  // Quarry or area of a share; says so when it is not known or not shown.
  place(share: Share): string {
    if (share.quarry !== null) return share.quarry;
    if (share.area !== null) return share.area;
    return this.words.text(share.status === "unknown" ? "phrase.unknown_origin" : "phrase.hidden_quarry");
  }

  private shares(): Share[] {
    return this.report.units.flatMap((unit) => unit.shares);
  }

  private mixedParts(): string {
    const byPlace = new Map<string, number>();
    let total = 0;
    for (const share of this.shares()) {
      byPlace.set(this.place(share), (byPlace.get(this.place(share)) ?? 0) + share.amount);
      total += share.amount;
    }
    const parts = [...byPlace].sort(([, a], [, b]) => b - a);
    const texts = parts.map(([place, amount]) => {
      const perMille = total === 0 ? 0 : Number((BigInt(amount) * 1000n) / BigInt(total));
      return this.words.text("phrase.share", { percent: this.words.percent(perMille), place });
    });
    return this.words.list(texts);
  }

  private supportedParts(): string {
    const texts = this.report.criteria.map(({ criterion, named, supported }) =>
      this.words.text("phrase.supported_part", { named: this.named(criterion, named), part: this.partOfTotal(supported) }),
    );
    return this.words.list(texts);
  }

  private origins(): string {
    const texts = this.shares().map((share) => {
      const place = this.place(share);
      if (share.stated_by === "") return place;
      return this.words.text("phrase.stated_origin", { place, party: this.party(share.stated_by) });
    });
    return this.words.list([...new Set(texts)]);
  }

  verdict(): string {
    const { amount, criteria } = this.report;
    const why = this.reason();
    const recorded = fact(why, "recorded");
    // Without the facts the sentence is made of, the report's own stands.
    if (this.report.verdict === "mismatch" && fact(why, "named") === "") return this.report.sentence;
    return this.words.text(`${this.key()}.sentence`, {
      amount: this.words.amount(amount.value, amount.unit),
      covered: this.covered(),
      criteria: this.words.list(criteria.map(({ criterion, named }) => this.named(criterion, named))),
      named: this.named(fact(why, "criterion"), fact(why, "named")),
      origins: this.origins(),
      parts: this.report.verdict === "mixed" ? this.mixedParts() : this.supportedParts(),
      recorded: recorded === "" || recorded === "another" ? this.words.text("phrase.another") : recorded,
    });
  }

  next(): string {
    const ask = this.reason()?.ask ?? "";
    const party = ask === "" ? this.words.text("party.deliverer") : this.party(ask);
    return this.words.text(`${this.key()}.next`, { party });
  }
}
