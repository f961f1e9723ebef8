// The bytes of one log record: public digests only, compact ASCII in one spelling.
// FORMATS.md, rules 13 to 16.
import { isHashText } from "../base/base64.ts";
import { Refusal } from "../base/refusal.ts";
import { parseNodeTime } from "../base/time.ts";

export interface Entry {
  log: string;
  seq: number;
  prev: string | null; // absent at seq 0 and only there
  time: number;
  event: string;
  spends: string[];
  device: string | null; // the digest of the device's disclosure
}

const maxBytes = 65_535;
const digest = "[A-Za-z0-9_-]{43}";
// What may stand in an origin: printable ASCII without quote and backslash.
const origin = "[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255}";
const form = new RegExp(
  `^\\{"v":1,"log":"(${origin})","seq":(0|[1-9][0-9]{0,15}),"prev":(?:null|"(${digest})"),"time":"([^"]{24})",` +
    `"event":"(${digest})","spends":\\[((?:"${digest}"(?:,"${digest}")*)?)\\](?:,"device":"(${digest})")?\\}$`,
);

export function parseEntry(text: string): Entry {
  const refuse = (what: string): never => {
    throw new Refusal(`not an entry: ${what}`);
  };
  if (text.length > maxBytes) refuse("longer than 65,535 bytes");
  const parts = form.exec(text);
  if (parts === null) refuse("expected its members in their one spelling");
  const [, log, seqText, prev, timeText, event, spendsText, device] = parts!;
  const seq = Number(seqText);
  if (!Number.isSafeInteger(seq)) refuse("wrong seq");
  if ((prev === undefined) !== (seq === 0)) refuse("wrong prev");
  const time = parseNodeTime(timeText);
  if (time === null) refuse("wrong time");
  const spends = spendsText === "" ? [] : spendsText.split(",").map((quoted) => quoted.slice(1, -1));
  const digests = [event, ...spends];
  if (prev !== undefined) digests.push(prev);
  if (device !== undefined) digests.push(device);
  if (!digests.every(isHashText)) refuse("a digest with spare bits");
  if (new Set(spends).size < spends.length) refuse("a marker twice");
  return { log, seq, prev: prev ?? null, time: time!, event, spends, device: device ?? null };
}
