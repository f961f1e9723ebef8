// Clear notes of all passports, joined: the latest says when and how far a monitor looked; a use
// that any of them saw counts.
import type { ClearFacts } from "../evidence.ts";
import type { ClearLog, ClearNote } from "./clear_note.ts";
import { parseClearNote } from "./clear_note.ts";
import { timeOfSeconds } from "./cosignature.ts";
import { type FindingList, orWrong, type Place, Wrong } from "./findings.ts";
import { type Note, parseNote, verifyNote } from "./note.ts";
import type { VerifierKey } from "./vkey.ts";
import { Refusal } from "../base/refusal.ts";

export interface ClearRoot {
  place: Place;
  log: ClearLog;
}

export class ClearNotes {
  facts: ClearFacts | null = null;
  readonly roots: ClearRoot[] = [];
  private readonly monitors: VerifierKey[];

  constructor(monitors: VerifierKey[]) {
    this.monitors = monitors;
  }

  async read(text: string, place: Place, findings: FindingList): Promise<void> {
    try {
      const note = orWrong("malformed", "clear", () => parseNote(text));
      const clear = orWrong("malformed", "clear", () => parseClearNote(note.text));
      if (!this.isByKnownMonitor(note)) return;
      await this.verify(note);
      for (const log of clear.logs) this.roots.push({ place, log });
      this.join(clear);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      findings.add(error.code, place, error.message, error.field);
    }
  }

  private isByKnownMonitor(note: Note): boolean {
    return note.signatures.some(({ name, id }) => this.monitors.some((key) => key.name === name && key.id === id));
  }

  private async verify(note: Note): Promise<void> {
    try {
      await verifyNote(note, this.monitors);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Wrong("wrong_signature", "the monitor's signature does not verify", "clear");
    }
  }

  private join(note: ClearNote): void {
    let latest: ClearFacts = {
      time: timeOfSeconds(note.seconds),
      sizes: new Map(note.logs.map((log) => [log.origin, Number(log.size)])),
      markers: new Map([...note.markers].map(([marker, places]) => [marker, [...places]])),
      earlier: new Set(),
    };
    if (this.facts !== null) {
      let other = this.facts;
      if (latest.time <= other.time) [latest, other] = [other, latest];
      const markers = new Map(latest.markers);
      const earlier = new Set(latest.earlier);
      for (const [marker, places] of other.markers) {
        // That it was unseen then says nothing of the time until the later note.
        if (!latest.markers.has(marker)) earlier.add(marker);
        const known = markers.get(marker) ?? [];
        const more = places.filter((place) => !known.some(({ log, seq }) => log === place.log && seq === place.seq));
        markers.set(marker, [...known, ...more]);
      }
      latest = { ...latest, markers, earlier };
    }
    this.facts = latest;
  }
}
