// Typed reading of one JSON object, member by member; whatever does not fit says where.
import type { Json } from "../evidence.ts";
import { quoted, utf8Length } from "../base/bytes.ts";
import { Refusal } from "../base/refusal.ts";

export function kindName(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" ? "integer" : typeof value;
}

export interface Bounds {
  min?: number;
  max?: number;
}

const MAX_INTEGER = Number.MAX_SAFE_INTEGER;

function rangeText({ min = -MAX_INTEGER, max = MAX_INTEGER }: Bounds): string {
  return `${min} to ${max}`;
}

export class Members {
  private readonly object: { [member: string]: Json };
  private readonly asked = new Set<string>();

  constructor(value: Json) {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw new Refusal(`expected an object, got ${kindName(value)}`);
    this.object = value;
  }

  // undefined: left out.
  optional(name: string): Json | undefined {
    this.asked.add(name);
    return Object.hasOwn(this.object, name) ? this.object[name] : undefined;
  }

  required(name: string): Json {
    const value = this.optional(name);
    if (value === undefined) throw new Refusal("missing", name);
    return value;
  }

  optionalString(name: string, maxBytes = 4096): string | undefined {
    const value = this.optional(name);
    return value === undefined ? undefined : asString(value, name, maxBytes);
  }

  string(name: string, maxBytes = 4096): string {
    return asString(this.required(name), name, maxBytes);
  }

  // A text that may be left out or null; empty then.
  text(name: string): string {
    const value = this.optional(name);
    if (value === undefined || value === null) return "";
    return asString(value, name, Infinity);
  }

  texts(name: string): string[] {
    return (this.optionalArray(name) ?? []).map((value) => {
      if (typeof value !== "string") throw new Refusal(`expected strings, got ${kindName(value)}`, name);
      return value;
    });
  }

  optionalInteger(name: string, bounds: Bounds = {}): number | undefined {
    const value = this.optional(name);
    return value === undefined ? undefined : asInteger(value, name, bounds);
  }

  integer(name: string, bounds: Bounds = {}): number {
    return asInteger(this.required(name), name, bounds);
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.optional(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw new Refusal(`expected true or false, got ${kindName(value)}`, name);
  }

  optionalArray(name: string, maxSize = 1000): Json[] | undefined {
    const value = this.optional(name);
    return value === undefined ? undefined : asArray(value, name, maxSize);
  }

  array(name: string, maxSize = 1000): Json[] {
    return asArray(this.required(name), name, maxSize);
  }

  // Refuses members that nobody asked for.
  finish(): void {
    for (const member of Object.keys(this.object))
      if (!this.asked.has(member)) throw new Refusal(`unknown member ${quoted(member)}`);
  }
}

function asString(value: Json, name: string, maxBytes: number): string {
  if (typeof value !== "string") throw new Refusal(`expected a string, got ${kindName(value)}`, name);
  const bytes = utf8Length(value);
  if (bytes > maxBytes) throw new Refusal(`expected at most ${maxBytes} bytes of text, got ${bytes}`, name);
  return value;
}

function asInteger(value: Json, name: string, bounds: Bounds): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new Refusal(`expected a whole number, got ${kindName(value)}`, name);
  const { min = -MAX_INTEGER, max = MAX_INTEGER } = bounds;
  if (value < min || value > max) throw new Refusal(`expected ${rangeText(bounds)}, got ${value}`, name);
  return value;
}

function asArray(value: Json, name: string, maxSize: number): Json[] {
  if (!Array.isArray(value)) throw new Refusal(`expected an array, got ${kindName(value)}`, name);
  if (value.length > maxSize) throw new Refusal(`expected at most ${maxSize} elements, got ${value.length}`, name);
  return value;
}
