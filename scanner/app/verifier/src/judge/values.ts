// Files that people, phones and scanners write.
import { utf8Length } from "../base/bytes.ts";
import { parseInput as parse, toPlain } from "../base/json.ts";
import { Refusal, within } from "../base/refusal.ts";
import type { Json } from "../evidence.ts";

const MAX_BYTES = 16_777_216;

export function parseInput(text: string, maxBytes = MAX_BYTES): Json {
  const bytes = utf8Length(text);
  if (bytes > maxBytes) throw new Refusal(`expected at most ${maxBytes} bytes, got ${bytes}`);
  return toPlain(parse(text));
}

// Files of many values: one JSON array, or one value a line. What does not fit is named by its
// place in the array, "[3]", or its line.
export function readEach<T>(text: string, readLine: (line: string) => Json, read: (value: Json) => T): T[] {
  if (/^[ \t\r\n]*\[/.test(text)) {
    const values = parseInput(text) as Json[];
    return values.map((value, i) => within(`[${i}]`, () => read(value)));
  }
  return text.split("\n").flatMap((line, i) => {
    const trimmed = line.replace(/^[ \t\r]+|[ \t\r]+$/g, "");
    return trimmed === "" ? [] : [within(`line ${i + 1}`, () => read(readLine(trimmed)))];
  });
}
