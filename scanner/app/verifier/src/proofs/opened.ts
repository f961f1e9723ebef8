// Disclosures out of a sealed letter, put where the passport's own stand. They are bound to heads
// like all others; what belongs to no entry shown is left out.
import { attempt } from "../base/refusal.ts";
import { deviceName, headName, parseDisclosure } from "./disclosure.ts";
import { parseEntry } from "./entry.ts";
import { parseHead } from "./head.ts";
import type { Packet, Passport } from "./passport.ts";

export interface Opened {
  event: string; // event id
  disclosure: string;
}

export function withOpened(passport: Passport, opened: Opened[]): Passport {
  if (opened.length === 0) return passport;
  const byEvent = new Map<string, string[]>();
  for (const { event, disclosure } of opened) byEvent.set(event, [...(byEvent.get(event) ?? []), disclosure]);
  return { ...passport, packets: passport.packets.map((packet) => packetWithOpened(packet, byEvent)) };
}

function packetWithOpened(packet: Packet, byEvent: Map<string, string[]>): Packet {
  const disclosures = packet.disclosures.map((list, i) => {
    const entry = attempt(() => parseEntry(packet.entries[i]));
    const more = "value" in entry ? byEvent.get(entry.value.event) : undefined;
    return more === undefined ? list : joined(list, more);
  });
  return { ...packet, disclosures };
}

// In the order of rule 28. A list that is wrong in itself is left as it is, for the check to say so.
function joined(list: string[], more: string[]): string[] {
  const read = attempt(() => {
    const parsed = [...new Set([...list, ...more])].map(parseDisclosure);
    const head = parsed.find(({ name }) => name === headName);
    if (head === undefined) return list;
    const order = new Map([...parseHead(head.value).fields.keys()].map((name, i): [string, number] => [name, i]));
    const place = (name: string) =>
      name === headName ? -1 : name === deviceName ? Infinity : (order.get(name) ?? Number.MAX_SAFE_INTEGER);
    return parsed.sort((a, b) => compare(place(a.name), place(b.name))).map(({ text }) => text);
  });
  return "value" in read ? read.value : list;
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
