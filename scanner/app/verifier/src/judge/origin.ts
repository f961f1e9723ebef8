// What a branch says of its origin. RULES.md, rules 5, 11 and 12.
import { isHashText } from "../base/base64.ts";
import { quoted } from "../base/bytes.ts";
import { shown, type Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import type { Branch } from "./lineage.ts";
import type { Membership } from "./membership.ts";

// Why something is not known, ready for a finding.
export interface Missing {
  code: string;
  reason: string;
  ask: string; // the log whose holder can answer; may be empty
}

export type Known = "recorded" | "declared" | "unknown" | "unchecked";

export interface OriginFacts {
  known: Known;
  missing: Missing; // when unknown or unchecked
  site: string; // event id of the site event
  quarry: string;
  siteName: string;
  area: string;
  parcel: string;
  stone: string;
  block: string;
  operator: string;
  operatorLog: string; // of an extract
  siteHidden: boolean; // the site's names are withheld or not shown
  operatorHidden: boolean;
  stoneHidden: boolean;
  declaredFactory: string;
  statedBy: string; // the log whose word this is
}

const NOTHING: OriginFacts = {
  known: "unknown",
  missing: { code: "", reason: "", ask: "" },
  site: "",
  quarry: "",
  siteName: "",
  area: "",
  parcel: "",
  stone: "",
  block: "",
  operator: "",
  operatorLog: "",
  siteHidden: false,
  operatorHidden: false,
  stoneHidden: false,
  declaredFactory: "",
  statedBy: "",
};

function unknown(facts: OriginFacts, code: string, reason: string): OriginFacts {
  return { ...facts, known: "unknown", missing: { code, reason, ask: facts.statedBy } };
}

function blockOf(graph: Graph, leaf: Event, out: number): string {
  const number = shown(graph.field(leaf, "block")) ?? "";
  return number !== "" ? number : (graph.output({ event: leaf.id, out })?.aliases[0] ?? "");
}

function stoneOf(graph: Graph, leaf: Event): Pick<OriginFacts, "stone" | "stoneHidden"> {
  const stone = graph.field(leaf, "stone");
  return { stone: shown(stone)?.name ?? "", stoneHidden: stone.is === "withheld" };
}

function operatorOf(membership: Membership, log: string): Pick<OriginFacts, "operator" | "operatorHidden"> {
  // What a log calls itself counts only where nobody is asked to vouch for it: else a hidden
  // admission would let it take any name.
  const vouched = membership.name(log);
  const operator = vouched !== "" || membership.isKnown(log) ? vouched : membership.ownWords(log);
  return { operator, operatorHidden: operator === "" && membership.nameWithheld(log) };
}

function siteOf(graph: Graph, site: string): Pick<OriginFacts, "quarry" | "siteName" | "area" | "siteHidden"> {
  const event = isHashText(site) ? graph.event(site) : undefined;
  const field = event?.type === "site" ? event.fields.siteFacts : undefined;
  const facts = field === undefined ? undefined : shown(field);
  return {
    siteHidden: field === undefined || field.is === "withheld",
    quarry: facts?.quarry ?? "",
    siteName: facts?.name ?? "",
    area: facts?.area ?? "",
  };
}

function ofExtract(graph: Graph, membership: Membership, leaf: Event, out: number): OriginFacts {
  const named: OriginFacts = {
    ...NOTHING,
    statedBy: leaf.log,
    operatorLog: leaf.log,
    block: blockOf(graph, leaf, out),
    ...stoneOf(graph, leaf),
    ...operatorOf(membership, leaf.log),
  };
  const field = graph.field(leaf, "place");
  if (field.is === "withheld") return unknown(named, "not_shown", "the site the stone was extracted at is not shown");
  const place = shown(field);
  let facts = named;
  if (place !== undefined) {
    facts = { ...named, site: place.site, parcel: place.parcel, ...siteOf(graph, place.site) };
    const admitted = membership.admittedFor(leaf, place.site, place.parcel, "operator");
    if (admitted === "yes") return { ...facts, known: "recorded" };
    if (admitted === "not shown")
      return unknown(facts, "not_shown", "the sites its extractor is admitted for are not shown");
  }
  // Not admitted for that site on that date: no more than a declaration.
  if (facts.operator !== "" && facts.block !== "") return { ...facts, known: "declared" };
  const reason = "its extractor is not admitted for the site and names no operator and block number";
  return unknown(facts, "origin_unknown", reason);
}

function ofSource(graph: Graph, branch: Branch, leaf: Event): OriginFacts {
  const stated: OriginFacts = { ...NOTHING, statedBy: leaf.log, ...stoneOf(graph, leaf) };
  const field = graph.field(leaf, "source");
  if (field.is === "withheld") return unknown(stated, "not_shown", "where it was bought is not shown");
  const source = shown(field);
  const facts: OriginFacts =
    source === undefined
      ? stated
      : {
          ...stated,
          quarry: source.quarry,
          area: source.area,
          parcel: source.parcel,
          operator: source.operator,
          block: source.block,
          declaredFactory: source.factory,
        };
  if (facts.operator !== "" && facts.block !== "") return { ...facts, known: "declared" };
  const taken = branch.beginning === "acquire" ? "bought" : "received";
  const words = source === undefined || source.words === "" ? "" : `; the seller said ${quoted(source.words)}`;
  const reason = `it was ${taken} on ${leaf.at.slice(0, 10)} without an operator and a block or lot number${words}`;
  return unknown(facts, "origin_unknown", reason);
}

export function originOf(graph: Graph, membership: Membership, branch: Branch): OriginFacts {
  const { beginning, leaf, leafOut, code, reason, ask } = branch;
  if (leaf !== undefined)
    return beginning === "extract" ? ofExtract(graph, membership, leaf, leafOut) : ofSource(graph, branch, leaf);
  const missing = { code, reason, ask };
  return beginning === "too long"
    ? { ...NOTHING, known: "unchecked", missing }
    : { ...NOTHING, missing, statedBy: ask };
}
