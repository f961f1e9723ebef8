// Disclosures out of a sealed letter, put where the passport's own stand (docs/sealed.md). A letter
// in which one is not committed to is refused as a whole.
import { quoted } from "../base/bytes.ts";
import { attempt, Refusal, within } from "../base/refusal.ts";
import { deviceName, headName, parseDisclosure } from "./disclosure.ts";
import { type Entry, parseEntry } from "./entry.ts";
import { parseHead } from "./head.ts";
import type { Packet, Passport } from "./passport.ts";

export interface Opened {
  event: string; // event id
  disclosure: string;
}

export class OpenedLetter {
  private readonly byEvent = new Map<string, string[]>();
  private readonly placed = new Set<string>(); // events whose head was shown

  constructor(opened: Opened[]) {
    for (const { event, disclosure } of opened) {
      this.byEvent.set(event, [...(this.byEvent.get(event) ?? []), disclosure]);
    }
  }

  addTo(passport: Passport): Passport {
    if (this.byEvent.size === 0) return passport;
    return { ...passport, packets: passport.packets.map((packet) => this.addToPacket(packet)) };
  }

  // Throws a Refusal when an event of the letter was nowhere.
  finish(): void {
    for (const event of this.byEvent.keys()) {
      if (!this.placed.has(event)) throw new Refusal(`the letter opens event ${event}, whose head no passport shows`);
    }
  }

  private addToPacket(packet: Packet): Packet {
    const disclosures = packet.disclosures.map((list, i) => {
      const entry = attempt(() => parseEntry(packet.entries[i]));
      const more = "value" in entry ? this.byEvent.get(entry.value.event) : undefined;
      if (!("value" in entry) || more === undefined || list.length === 0) return list;
      this.placed.add(entry.value.event);
      return within(`event ${entry.value.event}`, () => joined(entry.value, list, more));
    });
    return { ...packet, disclosures };
  }
}

// The head first, then fields in its order, then the device's. A list that is wrong in itself is left
// as it is, for the check to say so.
function joined(entry: Entry, list: string[], more: string[]): string[] {
  const shown = attempt(() => {
    const disclosures = list.map(parseDisclosure);
    return { disclosures, head: parseHead(disclosures[0].value) };
  });
  if ("refusal" in shown) return list;
  const { disclosures, head } = shown.value;
  const order = [headName, ...head.fields.keys(), deviceName];
  for (const text of more) {
    const disclosure = parseDisclosure(text);
    const { name, digest } = disclosure;
    if (name === headName) throw new Refusal("a letter opens no heads");
    const committed = name === deviceName ? entry.device : head.fields.get(name);
    if (committed !== digest) throw new Refusal("the head does not commit to it", quoted(name));
    if (disclosures.some((shown) => shown.text === text)) continue; // two letters may open one field
    const after = disclosures.findIndex((other) => order.indexOf(other.name) > order.indexOf(name));
    disclosures.splice(after < 0 ? disclosures.length : after, 0, disclosure);
  }
  return disclosures.map(({ text }) => text);
}
