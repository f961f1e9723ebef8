// The three written forms of time (FORMATS.md, rules 8 and 13), each in one spelling. Times are
// milliseconds since 1970, UTC, without leap seconds.
import { quoted } from "./bytes.ts";
import { Refusal } from "./refusal.ts";

const dayMs = 86_400_000;

// Date.UTC takes the years 0 to 99 for those of the last century.
function daysSince1970(year: number, month: number, day: number): number | null {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (month < 1 || month > 12 || day < 1 || day > lengths[month - 1]) return null;
  const shifted = new Date(0);
  shifted.setUTCFullYear(year, month - 1, day);
  return shifted.getTime() / dayMs;
}

function dayAndTime(parts: string[]): number | null {
  const [year, month, day, hour, minute, second] = parts.map(Number);
  const days = daysSince1970(year, month, day);
  if (days === null || hour > 23 || minute > 59 || second > 59) return null;
  return days * dayMs + ((hour * 60 + minute) * 60 + second) * 1000;
}

const nodeForm = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/;
const claimedForm = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([+-])(\d\d):(\d\d)$/;
const dateForm = /^(\d{4})-(\d\d)-(\d\d)$/;

// "2026-03-02T09:14:03.120Z"; null for everything else.
export function parseNodeTime(text: string): number | null {
  const parts = text.length === 24 ? nodeForm.exec(text) : null;
  const time = parts === null ? null : dayAndTime(parts.slice(1, 7));
  return time === null ? null : time + Number(parts![7]);
}

// "2026-03-02T14:44:03+05:30": no fraction, no Z, no -00:00, offset at most 14 hours.
export function parseClaimedTime(text: string): number {
  const parts = text.length === 25 ? claimedForm.exec(text) : null;
  const time = parts === null ? null : dayAndTime(parts.slice(1, 7));
  if (time !== null) {
    const [sign, hours, minutes] = [parts![7], Number(parts![8]), Number(parts![9])];
    const offset = hours * 60 + minutes;
    if (minutes <= 59 && offset <= 14 * 60 && !(sign === "-" && offset === 0)) {
      return time - (sign === "+" ? offset : -offset) * 60_000;
    }
  }
  throw new Refusal(`expected a time like 2026-03-02T14:44:03+05:30, got ${quoted(text)}`);
}

// "2026-03-02": the first instant of that day in UTC.
export function parseDate(text: string): number {
  const parts = text.length === 10 ? dateForm.exec(text) : null;
  const days = parts === null ? null : daysSince1970(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  if (days === null) throw new Refusal(`expected a date like 2026-03-02, got ${quoted(text)}`);
  return days * dayMs;
}
