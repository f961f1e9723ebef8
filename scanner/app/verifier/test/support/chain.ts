// A right chain of three logs, and what its readers trust: most cases change one thing of it.
import {
  base64url, batch, block, type Draft, Key, Log, type PacketJson, type Recorded, resetSalts, type Shown, signNote, trust, type TrustJson, type Witness,
} from "./builder.ts";

export type Step = "admit" | "extract" | "dispatch" | "receive" | "split" | "deliver";
export type Tampers = Partial<Record<Step, (draft: Draft) => void>>;

export interface Chain {
  registrar: Log;
  quarry: Log;
  factory: Log;
  admit: Recorded;
  extract: Recorded;
  dispatch: Recorded;
  receive: Recorded;
  split: Recorded;
  deliver: Recorded;
  device: Key;
}

export const phone = new Key("phone");

// A block is dug, handed over, sawn into two batches, of which one is sent on.
export function chain(tampers: Tampers = {}): Chain {
  resetSalts();
  const registrar = new Log("registrar");
  const quarry = new Log("quarry");
  const factory = new Log("factory");
  const step = (log: Log, name: Step, draft: Draft): Recorded => {
    tampers[name]?.(draft);
    return log.append(draft);
  };
  const admit = step(registrar, "admit", {
    type: "admit",
    fields: {
      enrol: base64url(phone.raw),
      member: { country: "IN", log: quarry.origin, role: "quarry" },
      party: { name: "Quarry One" },
      sites: [{ from: "2020-01-01", parcels: ["1"], role: "operator", site: "A".repeat(43), to: "2030-12-31" }],
    },
  });
  const measure = { gross: [2000, 1500, 1200], mass: 9_000_000, net: [1900, 1400, 1100] };
  const extract = step(quarry, "extract", {
    type: "extract",
    device: phone,
    outputs: [block("B1", { measure })],
    fields: {
      block: { number: "417" },
      party: { name: "Quarry One" },
      site: { parcel: "1", site: "A".repeat(43) },
      stone: { family: "granite", name: "Grey" },
    },
  });
  const dispatch = step(quarry, "dispatch", {
    type: "dispatch",
    inputs: [extract.states[0]],
    outputs: [block("B1", { measure })],
    fields: { to: { log: factory.origin } },
  });
  const receive = step(factory, "receive", {
    type: "receive",
    inputs: [dispatch.states[0]],
    outputs: [block("B1", { measure })],
  });
  const split = step(factory, "split", {
    type: "split",
    inputs: [receive.states[0]],
    outputs: [batch("S1", 4_000_000), batch("S2", 4_500_000)],
    fields: { saw: { axis: "w", kerf: 8, thickness: 30 } },
  });
  const deliver = step(factory, "deliver", {
    type: "dispatch",
    inputs: [split.states[0]],
    outputs: [batch("S1", 4_000_000)],
    fields: { to: { name: "The Town" } },
  });
  return { registrar, quarry, factory, admit, extract, dispatch, receive, split, deliver, device: phone };
}

export const witness: Witness = { key: new Key("witness"), name: "witness.example/w", seconds: 1_772_500_000 };
export const policy = `witness W ${witness.key.vkey(witness.name, 4)}\nquorum W\n`;
export const monitor = new Key("monitor");
export const monitorName = "monitor.example/m";

export function trustOf({ registrar }: Chain, more: TrustJson = {}): Uint8Array {
  return trust({ registrars: [registrar.vkey()], monitors: [monitor.vkey(monitorName)], ...more });
}

export function packetsOf(built: Chain, shown: Shown = {}): PacketJson[] {
  return [built.registrar, built.quarry, built.factory].map((log) => log.packet(shown));
}

export function clearNote(lines: string[], by: Key = monitor, name = monitorName): string {
  const text = `quarrymark/clear/v1\ntime 1772600000\n${lines.map((line) => `${line}\n`).join("")}`;
  return signNote(text, by.signatureLine(text, name));
}
