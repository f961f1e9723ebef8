// Typed reading of one JSON object, member by member. A frame has its members in exactly the order
// in which they are asked for; in other objects the order is free, and more members may be there.
import { quoted, utf8Length } from "./bytes.ts";
import { kindName, type Members, type Value } from "./json.ts";
import { Refusal } from "./refusal.ts";

const maxText = 4096; // bytes
const maxElements = 1000;

export class ObjectReader {
  private next = 0;
  private readonly names: string[];

  private constructor(private readonly members: Members, private readonly frame: boolean) {
    this.names = frame ? [...members.keys()] : [];
  }

  static frame(value: Value): ObjectReader {
    return ObjectReader.open(value, true);
  }
  static free(value: Value): ObjectReader {
    return ObjectReader.open(value, false);
  }
  private static open(value: Value, frame: boolean): ObjectReader {
    if (!(value instanceof Map)) throw new Refusal(`expected an object, got ${kindName(value)}`);
    return new ObjectReader(value, frame);
  }

  optional(name: string): Value | undefined {
    if (!this.frame) return this.members.get(name);
    if (this.names[this.next] !== name) return undefined;
    this.next++;
    return this.members.get(name);
  }

  member(name: string): Value {
    const value = this.optional(name);
    if (value !== undefined) return value;
    if (this.frame && this.next < this.names.length) {
      throw new Refusal(`expected this member here, got ${quoted(this.names[this.next])}`, name);
    }
    throw new Refusal("missing", name);
  }

  string(name: string, maxBytes = maxText): string {
    return asString(this.member(name), name, maxBytes);
  }
  optionalString(name: string, maxBytes = maxText): string | undefined {
    const value = this.optional(name);
    return value === undefined ? undefined : asString(value, name, maxBytes);
  }
  // A string that may be left out or null; empty then.
  text(name: string): string {
    const value = this.optional(name);
    if (value === undefined || value === null) return "";
    return asString(value, name, Infinity);
  }
  texts(name: string): string[] {
    const values = this.optionalArray(name) ?? [];
    return values.map((value) => {
      if (typeof value !== "string") throw new Refusal(`expected strings, got ${kindName(value)}`, name);
      return value;
    });
  }

  integer(name: string, min: number, max: number): number {
    return asInteger(this.member(name), name, min, max);
  }
  optionalInteger(name: string, min: number, max: number): number | undefined {
    const value = this.optional(name);
    return value === undefined ? undefined : asInteger(value, name, min, max);
  }

  array(name: string, max = maxElements): Value[] {
    return asArray(this.member(name), name, max);
  }
  optionalArray(name: string, max = maxElements): Value[] | undefined {
    const value = this.optional(name);
    return value === undefined ? undefined : asArray(value, name, max);
  }
  object(name: string): Members {
    const value = this.member(name);
    if (!(value instanceof Map)) throw new Refusal(`expected an object, got ${kindName(value)}`, name);
    return value;
  }

  // Of a frame: refuses members that were not asked for.
  finish(): void {
    if (this.next < this.names.length) {
      throw new Refusal("unknown member or wrong order", quoted(this.names[this.next]));
    }
  }
}

function asString(value: Value, name: string, maxBytes: number): string {
  if (typeof value !== "string") throw new Refusal(`expected a string, got ${kindName(value)}`, name);
  if (value.length * 3 > maxBytes && utf8Length(value) > maxBytes) {
    throw new Refusal(`expected at most ${maxBytes} bytes of text, got ${utf8Length(value)}`, name);
  }
  return value;
}

function asInteger(value: Value, name: string, min: number, max: number): number {
  if (typeof value !== "number") throw new Refusal(`expected a whole number, got ${kindName(value)}`, name);
  if (value < min || value > max) throw new Refusal(`expected ${min} to ${max}, got ${value}`, name);
  return value;
}

function asArray(value: Value, name: string, max: number): Value[] {
  if (!Array.isArray(value)) throw new Refusal(`expected an array, got ${kindName(value)}`, name);
  if (value.length > max) throw new Refusal(`expected at most ${max} elements, got ${value.length}`, name);
  return value;
}
