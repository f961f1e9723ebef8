// Files as they are picked or dropped, and which part of the check each is for.
import type { Part } from "../../verifier/src/verify.ts";

export type Slot = Exclude<Part, "date">;
export const slots: Slot[] = ["passport", "trust", "contract", "scans", "sightings", "letter", "key"];

export interface Chosen {
  name: string;
  bytes: Uint8Array;
}

export async function readFile(file: File): Promise<Chosen> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

// What a dropped file is for, by its content; a wrong guess is shown and can be taken back.
export function slotFor({ bytes }: Chosen): Slot {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // One value a line is how scanners write, too; documents and all else are passports.
    const text = new TextDecoder().decode(bytes.subarray(0, 2000)).trim();
    if (text.startsWith("-----BEGIN PRIVATE KEY")) return "key";
    if (/^\{"v":1,"item"/.test(text)) return "sightings";
    return /^"?HTTPS:\/\//i.test(text) || /^\{"(?:label|item|serial|alias)"/.test(text) ? "scans" : "passport";
  }
  if (Array.isArray(value)) {
    const signed = value.length > 0 && value.every((one) => typeof one === "object" && one !== null && "sig" in one);
    return signed ? "sightings" : "scans";
  }
  if (typeof value !== "object" || value === null) return "passport";
  if ("registrars" in value) return "trust";
  if ("enc" in value && "ct" in value) return "letter";
  return "criteria" in value ? "contract" : "passport";
}
