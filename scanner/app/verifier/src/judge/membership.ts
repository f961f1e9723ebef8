// Who a log belongs to, as far as the reader can know: admissions in trusted registrars' logs and
// keys pinned by hand. Admitted means "this log is theirs", not "approved". DESIGN.md §7.
import { isHashText } from "../base/base64.ts";
import type { Pinned } from "../evidence.ts";
import { latenessDays, outsideDate } from "./dates.ts";
import { shown, type AdmittedSite, type Event, type Field, type Fields } from "./event.ts";
import { RECORD, type Graph } from "./graph.ts";
import { sameName } from "./text.ts";
import { DAY_MS } from "./time.ts";

type Trust = "pinned" | "admitted" | "registrar" | "stranger" | "unknown";
export type SiteAdmission = "yes" | "no" | "not shown";

// As the last correction states it.
interface Admission {
  admit: Event;
  revoke: Event | undefined;
  member: Fields["member"];
  party: Field<Fields["party"]>;
  sites: Field<Fields["sites"]>;
  enrol: Field<string>;
}

function admissionOf(graph: Graph, admit: Event): Admission | undefined {
  const member = shown(graph.field(admit, "member"));
  if (member === undefined || graph.takenBackBy({ event: admit.id, out: RECORD }) !== undefined) return undefined;
  // Of several revocations, which only a registrar that contradicts itself makes, the earliest counts.
  const revoke = graph
    .versions(admit)
    .flatMap(({ id }) => graph.usersOf({ event: id, out: RECORD }))
    .filter((user) => user.log === admit.log && user.type === "revoke")
    .reduce<Event | undefined>((first, next) => (first !== undefined && first.time <= next.time ? first : next), undefined);
  return {
    admit,
    revoke,
    member,
    party: graph.field(admit, "party"),
    sites: graph.field(admit, "sites"),
    enrol: graph.field(admit, "enrol"),
  };
}

function coversDate(site: AdmittedSite, time: number): boolean {
  return (site.from === undefined || site.from <= time) && (site.to === undefined || time < site.to + DAY_MS);
}

function coversParcel(site: AdmittedSite, parcel: string): boolean {
  return site.parcels.length === 0 || parcel === "" || site.parcels.some((known) => sameName(known, parcel));
}

// Enough of an origin for people to compare.
function shortOrigin(log: string): string {
  return log.length > 22 ? `${log.slice(0, 22)}…` : log;
}

function withArticle(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

export class Membership {
  private readonly graph: Graph;
  private readonly admissions = new Map<string, Admission[]>();
  private readonly strangers = new Set<string>(); // admitted, by registrars nobody trusts
  private readonly words = new Map<string, Event[]>(); // device events and events with a party
  private readonly pins = new Map<string, Pinned>();
  private hidesAMember = false;

  constructor(graph: Graph) {
    this.graph = graph;
    for (const pin of graph.evidence.reader.pinned) if (!this.pins.has(pin.log)) this.pins.set(pin.log, pin);
    for (const event of graph.events) {
      if (event.type === "device" || event.fields.party.is !== "absent") append(this.words, event.log, event);
      if (event.type !== "admit") continue;
      if (this.isRegistrar(event.log) && graph.field(event, "member").is === "withheld") this.hidesAMember = true;
      const admission = admissionOf(graph, event);
      if (admission === undefined) continue;
      if (this.isRegistrar(event.log)) append(this.admissions, admission.member.log, admission);
      else this.strangers.add(admission.member.log);
    }
  }

  private isRegistrar(log: string): boolean {
    return this.graph.evidence.reader.registrars.includes(log);
  }

  private of(log: string): Admission[] {
    return this.admissions.get(log) ?? [];
  }

  private trust(log: string): Trust {
    if (this.pins.has(log)) return "pinned";
    if (this.admissions.has(log)) return "admitted";
    if (this.isRegistrar(log)) return "registrar";
    return this.strangers.has(log) ? "stranger" : "unknown";
  }

  isKnown(log: string): boolean {
    return ["pinned", "admitted", "registrar"].includes(this.trust(log));
  }

  // The admits that say whose a log is, where that is what the reader goes by.
  admitsOf(log: string): Event[] {
    return this.trust(log) === "admitted" ? this.of(log).map(({ admit }) => admit) : [];
  }

  // Nobody shown says whose log it is, but a trusted registrar's admission is shown without whom it
  // admits: that may be this log (docs/withholding.md).
  mayBeHidden(log: string): boolean {
    return this.hidesAMember && !this.isKnown(log);
  }

  private outside(event: Event): number | undefined {
    return outsideDate(this.graph, event, (log) => this.isKnown(log));
  }

  // From outside, or by the log's own word where there is nothing better.
  private known(event: Event): number {
    return this.outside(event) ?? event.time;
  }

  // A revocation is judged by dates from outside the log: its own clock could be set back. Who was
  // revoked and admitted again is not vouched for in between.
  private isInForce(admission: Admission, event: Event): boolean {
    if (admission.revoke !== undefined) {
      const outside = this.outside(event);
      return outside !== undefined && outside < admission.revoke.time;
    }
    const since = admission.admit.time;
    const isAgain = this.of(event.log).some(({ revoke }) => revoke !== undefined && revoke.time <= since);
    return !isAgain || since <= this.known(event);
  }

  // Known, and not revoked before this step was recorded, as far as its date is known.
  isKnownSigner(event: Event): boolean {
    if (this.trust(event.log) !== "admitted") return this.isKnown(event.log);
    return this.of(event.log).some((admission) => this.isInForce(admission, event));
  }

  // The name a reader may rely on; empty when it is withheld or nobody vouches for it.
  name(log: string): string {
    const pinned = this.pins.get(log);
    if (pinned !== undefined) return pinned.name;
    const named = this.of(log).find((admission) => admission.party.is === "shown");
    return named === undefined ? "" : shown(named.party)!.name;
  }

  private speeches(log: string): Event[] {
    return (this.words.get(log) ?? []).filter((event) => event.type !== "admit");
  }

  // What a log calls itself; empty when it does not say or hides it.
  ownWords(log: string): string {
    for (const event of this.speeches(log)) {
      const party = shown(event.fields.party);
      if (party !== undefined) return party.name;
    }
    return "";
  }

  nameWithheld(log: string): boolean {
    if (this.name(log) !== "") return false;
    return (
      this.of(log).some((admission) => admission.party.is === "withheld") ||
      this.speeches(log).some((event) => event.fields.party.is === "withheld")
    );
  }

  role(log: string): string {
    const stated = this.pins.get(log)?.role ?? this.of(log)[0]?.member.role;
    return stated ?? (this.trust(log) === "registrar" ? "registrar" : "");
  }

  country(log: string): string {
    return this.pins.get(log)?.country ?? this.of(log)[0]?.member.country ?? "";
  }

  // A quarry operator by role does not work stone at a factory.
  isQuarry(log: string): boolean {
    return this.role(log).includes("quarry");
  }

  // For a sentence: the name, or "a factory in CN (name withheld)", or "an unknown log (…)".
  display(log: string): string {
    const name = this.name(log);
    if (name !== "") return name;
    const role = this.role(log);
    if (role !== "") {
      const country = this.country(log);
      const hidden = this.trust(log) === "registrar" ? "" : " (name withheld)";
      return `${withArticle(role)}${country === "" ? "" : " in "}${country}${hidden}`;
    }
    const own = this.ownWords(log);
    if (own !== "") return `a log that calls itself ${own} (${shortOrigin(log)})`;
    return `an unknown log (${shortOrigin(log)})`;
  }

  // Whether the log of a step is admitted for a site and parcel, with this role there (empty:
  // any), at the step's claimed date and, where that is late, at its known date too.
  admittedFor(step: Event, site: string, parcel: string, role: string): SiteAdmission {
    if (this.pins.has(step.log)) {
      // Pinned by hand there is no list of sites: the log's own site events are what it speaks for.
      const made = isHashText(site) ? this.graph.event(site) : undefined;
      return made !== undefined && made.log === step.log ? "yes" : "no";
    }
    // A late claim is believed only where its known date would do as well (RULES.md, rule 15).
    const late = latenessDays(this.graph, step) !== undefined;
    const known = late ? this.known(step) : step.atTime;
    const inForce = this.of(step.log).filter((admission) => this.isInForce(admission, step));
    const admitted = inForce
      .flatMap((admission) => shown(admission.sites) ?? [])
      .some(
        (candidate) =>
          candidate.site === site &&
          (role === "" || candidate.role === "" || candidate.role === role) &&
          coversParcel(candidate, parcel) &&
          coversDate(candidate, step.atTime) &&
          coversDate(candidate, known),
      );
    if (admitted) return "yes";
    return inForce.some((admission) => admission.sites.is === "withheld") ? "not shown" : "no";
  }

  // The log of an event is admitted or pinned with this role when the event was made.
  hasRole(event: Event, role: string): boolean {
    const pinned = this.pins.get(event.log);
    if (pinned !== undefined) return pinned.role === role;
    return this.of(event.log).some(
      (admission) =>
        admission.member.role === role &&
        admission.admit.time <= this.known(event) &&
        this.isInForce(admission, event),
    );
  }

  // A raw device key is enrolled under the log and was not withdrawn by this time.
  isEnrolled(log: string, key: string, time: number): boolean {
    const byRegistrar = this.of(log).some(
      (admission) =>
        (admission.revoke === undefined || time < admission.revoke.time) && shown(admission.enrol) === key,
    );
    const devices = (this.words.get(log) ?? []).filter((event) => event.type === "device");
    if (devices.some((event) => shown(event.fields.withdrawn) === key && event.time <= time)) return false;
    // Later keys are enrolled by an event that an earlier device signed (DESIGN.md §4).
    return byRegistrar || devices.some((event) => shown(event.fields.enrol) === key && event.deviceSigned);
  }
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
