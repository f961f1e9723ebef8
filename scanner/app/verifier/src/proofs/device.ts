// The disclosure with which a phone signs an event it built (FORMATS.md, rule 15).
import { fromBase64url } from "../base/base64.ts";
import { utf8 } from "../base/bytes.ts";
import { verifyEd25519 } from "../base/ed25519.ts";
import type { Value } from "../base/json.ts";
import { ObjectReader } from "../base/object_reader.ts";
import { Refusal, within } from "../base/refusal.ts";

export interface DeviceSignature {
  key: string; // base64url
  keyBytes: Uint8Array;
  signature: Uint8Array;
}

function readBytes(reader: ObjectReader, name: string, size: number): Uint8Array {
  const text = reader.string(name);
  return within(name, () => {
    const bytes = fromBase64url(text);
    if (bytes.length !== size) throw new Refusal(`expected ${size} bytes in base64url`);
    return bytes;
  });
}

export function parseDevice(value: Value): DeviceSignature {
  const reader = ObjectReader.frame(value);
  const keyBytes = readBytes(reader, "key", 32);
  const signature = readBytes(reader, "sig", 64);
  reader.finish();
  const key = (value as Map<string, string>).get("key")!;
  return { key, keyBytes, signature };
}

export function verifyDevice(device: DeviceSignature, event: string): Promise<boolean> {
  return verifyEd25519(device.keyBytes, utf8(`quarrymark/device/v1\n${event}\n`), device.signature);
}
