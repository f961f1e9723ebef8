// Reading JSON strictly.
//
// parseExact is for bytes that are hashed or signed: one value, one spelling (FORMATS.md, rules 1
// and 4). parseInput is for what people write: white space and escapes are free. Both refuse
// repeated members, fractions, numbers beyond ±(2^53−1) and excessive depth.
import type { Json } from "../evidence.ts";
import { compareByBytes, quoted } from "./bytes.ts";
import { Refusal } from "./refusal.ts";

export type Members = Map<string, Value>; // in the order of the text
export type Value = null | boolean | number | string | Value[] | Members;

export const maxDepth = 8; // the outermost container is 1

const shortEscapes = new Map([
  ['"', '"'], ["\\", "\\"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"],
]);

const special = /[\u0000-\u001f\\]/;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string, private readonly exact: boolean) {}

  all(): Value {
    this.space();
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.refuse("more text after the value");
    return value;
  }

  private refuse(what: string): never {
    throw new Refusal(`not JSON in the form allowed, at character ${this.at}: ${what}`);
  }

  private space(): void {
    if (this.exact) return;
    while (this.at < this.text.length && " \t\r\n".includes(this.text[this.at])) this.at++;
  }

  private value(): Value {
    const text = this.text;
    switch (text[this.at]) {
      case '"': return this.string();
      case "{": return this.object();
      case "[": return this.array();
      case "n": return this.word("null", null);
      case "t": return this.word("true", true);
      case "f": return this.word("false", false);
      default: return this.number();
    }
  }

  private word<T extends null | boolean>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.refuse("expected a value");
    this.at += word.length;
    return value;
  }

  private number(): number {
    const form = /-?(?:0|[1-9][0-9]*)/y;
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    if (found === null) this.refuse("expected a value");
    const after = this.text[this.at + found[0].length];
    if (after === "." || after === "e" || after === "E") this.refuse("expected a whole number");
    const value = Number(found[0]);
    if (!Number.isSafeInteger(value)) this.refuse("beyond ±(2^53−1)");
    if (found[0] === "-0" && this.exact) this.refuse("0 has no sign");
    this.at += found[0].length;
    return value === 0 ? 0 : value;
  }

  private string(): string {
    const text = this.text;
    let out = "";
    let from = ++this.at;
    // Nearly all strings are plain up to the next quote; a passport is made of long ones.
    const quote = text.indexOf('"', from);
    const plain = quote < 0 ? '\\' : text.slice(from, quote);
    if (!special.test(plain)) {
      this.at = quote + 1;
      return plain;
    }
    for (;; this.at++) {
      const code = text.charCodeAt(this.at); // NaN at the end
      if (code === 0x22) break;
      if (code === 0x5c) {
        out += text.slice(from, this.at) + this.escape();
        from = this.at + 1;
      } else if (!(code >= 0x20)) {
        this.refuse(this.at < text.length ? "a control character in a string" : "the string does not end");
      }
    }
    out += text.slice(from, this.at++);
    return out;
  }

  // Leaves `at` on the last character of the escape.
  private escape(): string {
    const name = this.text[++this.at];
    const short = shortEscapes.get(name);
    if (short !== undefined) return short;
    if (name === "/" && !this.exact) return "/";
    if (name !== "u") this.refuse("unknown escape");
    const code = this.hex4();
    if (this.exact) {
      const spelling = this.text.slice(this.at - 3, this.at + 1);
      const hasShort = [0x08, 0x09, 0x0a, 0x0c, 0x0d].includes(code);
      if (code >= 0x20 || hasShort || spelling !== spelling.toLowerCase()) this.refuse("another escape is expected");
    }
    if (code < 0xd800 || code > 0xdfff) return String.fromCharCode(code);
    if (code >= 0xdc00 || !this.text.startsWith("\\u", this.at + 1)) this.refuse("a lone surrogate");
    this.at += 2;
    const low = this.hex4();
    if (low < 0xdc00 || low > 0xdfff) this.refuse("a lone surrogate");
    return String.fromCharCode(code, low);
  }

  private hex4(): number {
    const digits = this.text.slice(this.at + 1, this.at + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.refuse("expected four hex digits");
    this.at += 4;
    return parseInt(digits, 16);
  }

  private open(): void {
    if (this.depth >= maxDepth) this.refuse(`nested deeper than ${maxDepth} levels`);
    this.depth++;
    this.at++;
    this.space();
  }
  // True when the container goes on after an element, false when it closes here.
  private more(closing: string): boolean {
    this.space();
    const next = this.text[this.at];
    if (next !== "," && next !== closing) this.refuse(`expected , or ${closing}`);
    this.at++;
    if (next === closing) {
      this.depth--;
      return false;
    }
    this.space();
    return true;
  }
  private empty(closing: string): boolean {
    if (this.text[this.at] !== closing) return false;
    this.at++;
    this.depth--;
    return true;
  }

  private array(): Value[] {
    const values: Value[] = [];
    this.open();
    if (this.empty("]")) return values;
    do values.push(this.value()); while (this.more("]"));
    return values;
  }

  private object(): Members {
    const members: Members = new Map();
    this.open();
    if (this.empty("}")) return members;
    do {
      if (this.text[this.at] !== '"') this.refuse("expected the name of a member");
      const name = this.string();
      if (members.has(name)) this.refuse(`member ${quoted(name)} appears twice`);
      this.space();
      if (this.text[this.at] !== ":") this.refuse("expected :");
      this.at++;
      this.space();
      members.set(name, this.value());
    } while (this.more("}"));
    return members;
  }
}

export function parseExact(text: string): Value {
  return new Parser(text, true).all();
}

export function parseInput(text: string): Value {
  return new Parser(text.startsWith("\ufeff") ? text.slice(1) : text, false).all();
}

// True when the members of every object, at every depth, ascend by bytes.
export function membersAscend(value: Value): boolean {
  if (Array.isArray(value)) return value.every(membersAscend);
  if (!(value instanceof Map)) return true;
  let before: string | null = null;
  for (const [name, member] of value) {
    if (before !== null && compareByBytes(before, name) >= 0) return false;
    if (!membersAscend(member)) return false;
    before = name;
  }
  return true;
}

// The same value in plain objects, which have no prototype: `__proto__` is a name like any other.
export function toPlain(value: Value): Json {
  if (Array.isArray(value)) return value.map(toPlain);
  if (!(value instanceof Map)) return value;
  const plain: { [member: string]: Json } = Object.create(null);
  for (const [name, member] of value) plain[name] = toPlain(member);
  return plain;
}

export function kindName(value: Value): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Map) return "object";
  return typeof value === "number" ? "integer" : typeof value;
}
