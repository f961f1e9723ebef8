// Which witnesses together are enough (C2SP tlog-policy): lines `log`, `witness`, `group`, `quorum`.
// Witness keys of types that are not verified here are kept and never count.
import { hex, quoted, utf8Length } from "../base/bytes.ts";
import { Refusal, within } from "../base/refusal.ts";
import { linesOf, parseDecimal } from "./note.ts";
import {
  cosignatureType,
  ed25519Type,
  mlDsaType,
  parseVkeyParts,
  sameKey,
  type VerifierKey,
  type VkeyParts,
} from "./vkey.ts";

type Member = { witness: VkeyParts } | { group: Group };
interface Group {
  threshold: number;
  members: Member[];
}

export interface Policy {
  witnesses: VkeyParts[];
  quorum: Member | null; // null: none is asked
}

export const noPolicy: Policy = { witnesses: [], quorum: null };

const maxBytes = 1 << 20;
const maxLines = 256; // of each kind
const none = "none";

class PolicyReader {
  private readonly names = new Map<string, Member>();
  private readonly used = new Set<string>();
  private readonly logKeys = new Set<string>();
  private readonly witnessKeys = new Set<string>();
  private readonly witnesses: VkeyParts[] = [];
  private groups = 0;
  private quorum: Member | null | undefined;

  line(text: string): void {
    const words = text.split(/[ \t]+/).filter((word) => word !== "");
    if (words.length === 0 || words[0].startsWith("#")) return;
    switch (words[0]) {
      case "log": return this.log(words);
      case "witness": return this.witness(words);
      case "group": return this.group(words);
      case "quorum": return this.setQuorum(words);
      default: refuse(`expected log, witness, group or quorum, got ${quoted(words[0])}`);
    }
  }

  finish(): Policy {
    if (this.quorum === undefined) refuse("expected one quorum line, got none");
    return { witnesses: this.witnesses, quorum: this.quorum };
  }

  // Two vkeys around one public key are duplicates, whatever their names and types.
  private once(parts: VkeyParts, seen: Set<string>): void {
    const key = hex(parts.key);
    if (seen.has(key)) refuse(`a second line with the public key of ${quoted(parts.name)}`);
    seen.add(key);
  }

  private log(words: string[]): void {
    if (words.length !== 2 && words.length !== 3) refuse("expected log <vkey> [<url>]");
    if (this.logKeys.size === maxLines) refuse(`more than ${maxLines} logs`);
    this.once(parseVkeyParts(words[1]), this.logKeys);
  }

  private witness(words: string[]): void {
    if (words.length !== 3 && words.length !== 4) refuse("expected witness <name> <vkey> [<url>]");
    if (this.witnesses.length === maxLines) refuse(`more than ${maxLines} witnesses`);
    const key = parseVkeyParts(words[2]);
    if (key.type !== cosignatureType && key.type !== mlDsaType) {
      refuse(`a witness key has a cosignature type, 4 or 6; got ${key.type}`);
    }
    this.once(key, this.witnessKeys);
    this.define(words[1], { witness: key });
    this.witnesses.push(key);
  }

  private group(words: string[]): void {
    if (words.length < 4) refuse("expected group <name> all|any|<k> <member>...");
    if (this.groups++ === maxLines) refuse(`more than ${maxLines} groups`);
    const members = words.slice(3).map((name) => {
      const member = this.find(name);
      if (this.used.has(name)) refuse(`${quoted(name)} is a group member a second time`);
      this.used.add(name);
      return member;
    });
    // Defined last, so that a group cannot name itself.
    this.define(words[1], { group: { threshold: threshold(words[2], members.length), members } });
  }

  private setQuorum(words: string[]): void {
    if (words.length !== 2) refuse("expected quorum <name>");
    if (this.quorum !== undefined) refuse("a second quorum line");
    this.quorum = words[1] === none ? null : this.find(words[1]);
  }

  private define(name: string, member: Member): void {
    if (name === none) refuse('the name "none" is taken');
    if (this.names.has(name)) refuse(`the name ${quoted(name)} is defined a second time`);
    this.names.set(name, member);
  }

  private find(name: string): Member {
    return this.names.get(name) ?? refuse(`no witness or group ${quoted(name)} on an earlier line`);
  }
}

function refuse(what: string): never {
  throw new Refusal(`policy: ${what}`);
}

function threshold(word: string, members: number): number {
  if (word === "any") return 1;
  if (word === "all") return members;
  const number = parseDecimal(word);
  if (number === null || number === 0n || number > BigInt(members)) {
    refuse(`expected all, any or a threshold from 1 to ${members}, got ${quoted(word)}`);
  }
  return Number(number);
}

export function parsePolicy(text: string): Policy {
  if (utf8Length(text) > maxBytes) refuse(`at most ${maxBytes} bytes`);
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) refuse("has a control character other than tab and newline");
  if (!text.endsWith("\n")) refuse("does not end with a newline");
  const reader = new PolicyReader();
  linesOf(text).forEach((line, i) => within(`line ${i + 1}`, () => reader.line(line)));
  return reader.finish();
}

// The witnesses whose cosignatures can be verified here.
export function witnessKeys(policy: Policy): VerifierKey[] {
  return policy.witnesses.filter((key) => key.type === cosignatureType || key.type === ed25519Type);
}

// Whether the witnesses who cosigned satisfy the quorum.
export function quorumMet(policy: Policy, cosigned: VerifierKey[]): boolean {
  const satisfied = (member: Member): boolean => {
    if ("witness" in member) return cosigned.some((key) => sameKey(key, member.witness));
    return member.group.members.filter(satisfied).length >= member.group.threshold;
  };
  return policy.quorum === null || satisfied(policy.quorum);
}
