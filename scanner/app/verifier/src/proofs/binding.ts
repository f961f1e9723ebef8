// Disclosures against the digests that commit to them: the head to its entry, fields to the head,
// the device's signature to the entry. FORMATS.md, rules 7, 9, 14, 15 and 28.
import { quoted } from "../base/bytes.ts";
import { type DeviceSignature, parseDevice, verifyDevice } from "./device.ts";
import { deviceName, headName, type Parsed, parseDisclosure } from "./disclosure.ts";
import type { Entry } from "./entry.ts";
import { type FindingList, orWrong, type Place, Wrong } from "./findings.ts";
import { parseHead } from "./head.ts";
import type { Head } from "../evidence.ts";

export interface ShownHead {
  text: string;
  head: Head;
  fields: Map<string, Parsed>; // each bound to `head`
}

export interface ShownEntry {
  place: Place; // where it was first met
  hash: Uint8Array;
  entry: Entry;
  head: ShownHead | null;
  device: DeviceSignature | null; // bound to the entry, and it verifies
}

// Adds to `shown` what the disclosures say; false after the first that is wrong.
export async function bindDisclosures(texts: string[], shown: ShownEntry, findings: FindingList): Promise<boolean> {
  try {
    if (texts.length > 0) await bindAll(texts, shown);
    return true;
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    findings.add(error.code, shown.place, error.message, error.field);
    return false;
  }
}

async function bindAll(texts: string[], shown: ShownEntry): Promise<void> {
  shown.head = bindHead(texts[0], shown.entry);
  const { head, fields } = shown.head;
  const order = new Map([...head.fields.keys()].map((name, i): [string, number] => [name, i]));
  let next = 0; // fields before this one have had their turn
  for (let i = 1; i < texts.length; i++) {
    const disclosure = orWrong("malformed", `disclosure ${i}`, () => parseDisclosure(texts[i]));
    const { name } = disclosure;
    if (name === deviceName) {
      if (i + 1 < texts.length) throw new Wrong("wrong_disclosure", "the device's disclosure comes last", "device");
      shown.device = await bindDevice(disclosure, shown.entry);
      return;
    }
    const at = order.get(name);
    if (at === undefined) throw new Wrong("wrong_disclosure", "the head has no such field", quoted(name));
    if (at < next) throw new Wrong("wrong_disclosure", "stands twice, or not in the order of the head", name);
    if (head.fields.get(name) !== disclosure.digest) {
      throw new Wrong("wrong_disclosure", "its digest is not the one in the head", name);
    }
    next = at + 1;
    fields.set(name, disclosure);
  }
}

function bindHead(text: string, entry: Entry): ShownHead {
  const disclosure = orWrong("malformed", "head", () => parseDisclosure(text));
  if (disclosure.name !== headName) {
    throw new Wrong("wrong_disclosure", `expected the head first, got ${quoted(disclosure.name)}`, "head");
  }
  if (disclosure.digest !== entry.event) {
    throw new Wrong("wrong_disclosure", "its digest is not the entry's event id", "head");
  }
  const head = orWrong("malformed", "head", () => parseHead(disclosure.value));
  if (head.log !== entry.log) throw new Wrong("wrong_disclosure", `is of log ${quoted(head.log)}`, "head.log");
  if (head.inputs.length !== entry.spends.length) {
    const what = `expected a marker for each of ${head.inputs.length} inputs, got ${entry.spends.length}`;
    throw new Wrong("wrong_marker", what, "spends");
  }
  const signed = entry.device !== null;
  if ((head.n !== 0) !== signed) {
    const what = signed ? "a device signed, yet its counter is 0" : "no device signed, yet its counter is not 0";
    throw new Wrong("malformed", what, "head.n");
  }
  return { text, head, fields: new Map() };
}

async function bindDevice(disclosure: Parsed, entry: Entry): Promise<DeviceSignature> {
  if (entry.device !== disclosure.digest) {
    throw new Wrong("wrong_disclosure", "its digest is not the entry's device", "device");
  }
  const device = orWrong("malformed", "device", () => parseDevice(disclosure.value));
  if (!(await verifyDevice(device, entry.event))) {
    throw new Wrong("wrong_signature", "the device's signature does not verify", "device");
  }
  return device;
}
