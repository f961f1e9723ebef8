// Devices number the events they sign, so one that was dropped leaves a hole. DESIGN.md §4.
import { compareByBytes } from "../base/bytes.ts";
import type { Finding } from "../evidence.ts";
import { finding, type Case } from "./case.ts";
import type { Event } from "./event.ts";

const MAX_NAMED = 20; // in one sentence

function listed(parts: readonly string[]): string {
  return parts.length > MAX_NAMED ? `${parts.slice(0, MAX_NAMED).join(", ")} and more` : parts.join(", ");
}

// "4, 6 to 8" for 3, 5 and 9, ascending.
function holesIn(numbers: readonly number[]): string {
  const holes: string[] = [];
  for (let i = 1; i < numbers.length; i++) {
    const first = numbers[i - 1]! + 1;
    const last = numbers[i]! - 1;
    if (first <= last) holes.push(first === last ? `${first}` : `${first} to ${last}`);
  }
  return listed(holes);
}

interface Device {
  log: string;
  key: string;
  numbers: Map<number, number>; // → how many events bear it
}

function devicesOf(events: readonly Event[]): Device[] {
  const devices = new Map<string, Device>();
  for (const { log, deviceKey: key, deviceNumber: number } of events) {
    if (key === null || number < 1) continue;
    const device = devices.get(`${log} ${key}`) ?? { log, key, numbers: new Map<number, number>() };
    device.numbers.set(number, (device.numbers.get(number) ?? 0) + 1);
    devices.set(`${log} ${key}`, device);
  }
  return [...devices.values()].sort((a, b) => compareByBytes(a.log, b.log) || compareByBytes(a.key, b.key));
}

export function findDeviceCounters({ graph, membership }: Case): Finding[] {
  return devicesOf(graph.events).flatMap(({ log, key: device, numbers }) => {
    const who = membership.display(log);
    const ascending = [...numbers.keys()].sort((a, b) => a - b);
    const missing = holesIn(ascending);
    const repeated = listed(ascending.filter((number) => numbers.get(number)! > 1).map(String));
    const found: Finding[] = [];
    if (missing !== "") {
      const range = `${ascending[0]} to ${ascending[ascending.length - 1]}`;
      const sentence = `of the events that a device of ${who} numbered ${range}, those with number ${missing} are not shown`;
      found.push(finding("device_counter_hole", null, sentence, who, { device, log, missing }));
    }
    if (repeated !== "") {
      const sentence = `a device of ${who} gave the number ${repeated} to more than one event`;
      found.push(finding("device_counter_repeated", null, sentence, who, { device, log, repeated }));
    }
    return found;
  });
}
