// Clear notes (FORMATS.md, rule 30): which markers a monitor has seen, in logs of which size.
import { isHashText } from "../base/base64.ts";
import { compareByBytes, quoted } from "../base/bytes.ts";
import { Refusal, within } from "../base/refusal.ts";
import { linesOf, parseBase64Hash, parseDecimal } from "./note.ts";
import { checkKeyName } from "./vkey.ts";

export interface ClearLog {
  origin: string;
  size: bigint;
  root: Uint8Array;
}

export interface MarkerPlace {
  log: string;
  seq: number;
}

export interface ClearNote {
  seconds: bigint;
  logs: ClearLog[];
  markers: Map<string, MarkerPlace[]>; // empty: unseen
}

const context = "quarrymark/clear/v1";

function refuse(what: string): never {
  throw new Refusal(`clear note: ${what}`);
}

function number(text: string): bigint {
  return parseDecimal(text) ?? refuse(`expected a decimal number, got ${quoted(text)}`);
}

class ClearReader {
  readonly logs: ClearLog[] = [];
  readonly markers = new Map<string, MarkerPlace[]>();
  private lastMarker = "";
  private readonly sizes = new Map<string, bigint>();

  line(line: string): void {
    const words = line.split(" ");
    if (words[0] === "log" && words.length === 4) return this.log(words);
    if (words[0] === "marker" && (words.length === 3 || words.length === 4)) return this.marker(words);
    refuse("expected log <origin> <size> <root>, marker <marker> unseen or marker <marker> <origin> <seq>");
  }

  private log(words: string[]): void {
    if (this.markers.size > 0) refuse("a log line after marker lines");
    const log = { origin: words[1], size: number(words[2]), root: parseBase64Hash(words[3]) };
    checkKeyName(log.origin);
    const last = this.logs.at(-1);
    if (last !== undefined && compareByBytes(last.origin, log.origin) >= 0) refuse("logs do not ascend by origin");
    this.logs.push(log);
    this.sizes.set(log.origin, log.size);
  }

  private marker(words: string[]): void {
    const marker = words[1];
    if (!isHashText(marker)) refuse(`expected a marker, got ${quoted(marker)}`);
    const more = this.markers.size > 0 && marker === this.lastMarker && words.length === 4;
    if (!more) {
      if (this.markers.size > 0 && this.lastMarker >= marker) refuse("markers do not ascend");
      this.markers.set(marker, []);
      this.lastMarker = marker;
    }
    const places = this.markers.get(marker)!;
    if (words.length === 3) {
      if (words[2] !== "unseen") refuse("expected unseen, or an origin and a seq");
      return;
    }
    if (more && places.length === 0) refuse("a marker is unseen and has a place");
    places.push(this.place(words[2], number(words[3]), places.at(-1)));
  }

  private place(origin: string, seq: bigint, last: MarkerPlace | undefined): MarkerPlace {
    checkKeyName(origin);
    if (last !== undefined) {
      const order = compareByBytes(last.log, origin);
      if (order > 0 || (order === 0 && BigInt(last.seq) >= seq)) refuse("places of a marker do not ascend");
    }
    const size = this.sizes.get(origin);
    if (size === undefined) refuse(`a marker's place is in a log that is not listed, ${quoted(origin, 100)}`);
    if (seq >= size) refuse(`a marker's place ${seq} is not below the size ${size} of its log`);
    return { log: origin, seq: Number(seq) };
  }
}

export function parseClearNote(text: string): ClearNote {
  const lines = linesOf(text);
  if (lines.length < 2) refuse(`expected at least 2 lines, got ${lines.length}`);
  if (lines[0] !== context) refuse(`expected ${context} as first line`);
  const time = lines[1].split(" ");
  if (time.length !== 2 || time[0] !== "time") refuse("expected time <POSIX seconds> as second line");
  const seconds = number(time[1]);
  const reader = new ClearReader();
  lines.slice(2).forEach((line, i) => within(`line ${i + 3}`, () => reader.line(line)));
  return { seconds, logs: reader.logs, markers: reader.markers };
}
