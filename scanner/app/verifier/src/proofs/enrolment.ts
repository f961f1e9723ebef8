// Which device keys count for which log. The first key of a log stands in an `admit` of a registrar
// the reader trusts; later ones are enrolled by events signed by a device that is enrolled at that
// point of the log. Any `device` event of the log withdraws a key: the lost one may have been the only one.
import type { ProvedEvent } from "./graph.ts";

// The events, ascending by log and seq, that an enrolled device signed.
export function deviceSigned(events: ProvedEvent[], registrars: string[]): Set<ProvedEvent> {
  const enrolled = new Map<string, Set<string>>();
  const keysOf = (log: string): Set<string> => {
    let keys = enrolled.get(log);
    if (keys === undefined) enrolled.set(log, (keys = new Set()));
    return keys;
  };
  for (const { shown, fields } of events) {
    const { type, log } = shown.head.head;
    if (type !== "admit" || !registrars.includes(log)) continue;
    if (typeof fields.member === "string" && typeof fields.enrol === "string") keysOf(fields.member).add(fields.enrol);
  }
  const signed = new Set<ProvedEvent>();
  for (const event of events) {
    const { shown, fields } = event;
    const { type, log } = shown.head.head;
    const counts = shown.device !== null && keysOf(log).has(shown.device.key);
    if (counts) signed.add(event);
    if (type !== "device") continue;
    if (counts && typeof fields.enrol === "string") keysOf(log).add(fields.enrol);
    if (typeof fields.withdrawn === "string") keysOf(log).delete(fields.withdrawn);
  }
  return signed;
}
