// What the rules that only doubt share. docs/verification_order.md, part 3, "Terms".
import { visible } from "../base/bytes.ts";
import type { Finding } from "../evidence.ts";
import { shown, type Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import { dayOf } from "./time.ts";

export type Doubt = Pick<Finding, "code" | "sentence" | "facts">;

const MOST_SHOWN = 100; // bytes of a text from outside

// "the extract of 2025-02-03", the day as its recorder wrote it.
export function stepWords(event: Event): string {
  return `the ${event.type} of ${dayOf(event.at)}`;
}

export function named(text: string): string {
  return visible(text, MOST_SHOWN);
}

// The site event that an event names as its place.
export function siteOf(graph: Graph, event: Event): Event | undefined {
  const place = shown(graph.field(event, "place"));
  const site = place === undefined ? undefined : graph.event(place.site);
  return site?.type === "site" ? site : undefined;
}

export function siteName(graph: Graph, site: Event): string {
  const name = shown(graph.field(site, "siteFacts"))?.name ?? "";
  return name === "" ? "a site" : named(name);
}
