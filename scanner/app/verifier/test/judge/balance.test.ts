// What a block can yield, what a pack can hold, what stone weighs (RULES.md 7, 8, 18 to 20).
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../../src/judge/index.ts";
import { BLOCK, Log, StoneChain, World, thing, type Members, type Recorded } from "./world.ts";

const codes = (report: Report): string[] => report.findings.map(({ code }) => code);

class Workshop extends World {
  readonly log = new Log("Everything", "factory", "CN");
  constructor() {
    super();
    const pit = this.site("Pit", "North", this.log);
    this.pinned.push({ log: this.log.origin, name: "Everything", role: "factory", country: "CN" });
    this.pit = pit;
  }
  readonly pit: Recorded;

  dig(value: Members, stone: Members = { family: "dolerite", name: "Black" }): Recorded {
    return this.record(this.log, "extract", { outputs: [value], fields: { site: { site: this.pit.id }, stone } });
  }

  make(type: string, inputs: ReturnType<Recorded["state"]>[], outputs: Members[], fields: Members = {}): Recorded {
    return this.record(this.log, type, { inputs, outputs, fields });
  }

  check(made: Recorded, out = 0): Report {
    return this.judge([made.state(out)], { quarry: "Pit" });
  }
}

const slabs = (number: number, size: number[]): Members[] => Array.from({ length: number }, () => thing("slab", { measure: { size } }));
const saw = (thickness: number, kerf: number, axis = "w"): Members => ({ saw: { axis, kerf, thickness } });

test("the worked block allows 25 slabs of 60 mm by its gross width, and 23 are expected", () => {
  const verdictOf = (number: number): Report => new StoneChain({ slabs: number }).check();
  assert.equal(verdictOf(23).verdict, "match");
  assert.ok(!codes(verdictOf(23)).includes("above_expected_yield"));
  assert.equal(verdictOf(24).verdict, "match");
  assert.ok(codes(verdictOf(24)).includes("above_expected_yield"));
  assert.equal(verdictOf(25).verdict, "match");
  assert.equal(verdictOf(26).verdict, "over_yield");
});

test("28 slabs of 80 mm out of block P-221 explain 60.48 of 80.64 m²", () => {
  const shop = new Workshop();
  const gross = [2950, 1850, 1650];
  const block = thing("block", { aliases: ["P-221"], measure: { gross, mass: 21_900_000, net: [2850, 1750, 1550] } });
  const sawn = shop.make("split", [shop.dig(block).state(0)], slabs(28, [2800, 1500, 80]), saw(80, 8));
  const tiles = thing("batch", { amount: 336, measure: { size: [600, 400, 80] } });
  const made = shop.make("split", Array.from({ length: 28 }, (_, out) => sawn.state(out)), [tiles]);
  const lines = [{ amount: 80_000_000, size: [600, 400, 80], unit: "mm2" }];
  const report = shop.judge([made.state(0)], { quarry: "Pit" }, { lines });
  assert.equal(report.verdict, "over_yield");
  assert.match(report.sentence, /^80\.64 m² delivered; at most 60\.48 m² are explained/);
  assert.match(report.sentence, /28 slabs of 80 mm from block P-221 are declared, at most 21 are possible/);
});

test("remnants and later saw steps of one block count in one stack", () => {
  const shop = new Workshop();
  const block = shop.dig(thing("block", { measure: BLOCK }));
  const rest = thing("block", { measure: { gross: [2800, 900, 1600], net: [2700, 800, 1500] } });
  const first = shop.make("split", [block.state(0)], [...slabs(12, [2700, 1500, 60]), rest], saw(60, 7));
  const second = shop.make("split", [first.state(12)], slabs(14, [2700, 1500, 60]), saw(60, 7));
  assert.equal(shop.check(second).verdict, "over_yield");
  assert.equal(shop.check(first).verdict, "over_yield");
});

test("slabs of mixed thickness are judged by what they take together", () => {
  const shop = new Workshop();
  const sawn = (thin: number, thick: number): Recorded => {
    const block = shop.dig(thing("block", { measure: { gross: [2000, 1000, 1000] } }));
    const made = [...slabs(thin, [2000, 1000, 30]), ...slabs(thick, [2000, 1000, 60])];
    return shop.make("split", [block.state(0)], made, saw(30, 10));
  };
  assert.equal(shop.check(sawn(11, 8)).verdict, "match"); // 330 + 480 + 18 × 10 = 990
  assert.equal(shop.check(sawn(12, 8)).verdict, "over_yield"); // 360 + 480 + 19 × 10 = 1030
});

test("products other than slabs are judged by volume, with their kerf", () => {
  const shop = new Workshop();
  const kerbs = (amount: number, fields: Members = {}): Report => {
    const block = shop.dig(thing("block", { measure: { gross: [1000, 1000, 1000] } }));
    const made = thing("batch", { amount, measure: { size: [1000, 100, 100] } });
    return shop.check(shop.make("split", [block.state(0)], [made], fields));
  };
  assert.equal(kerbs(100).verdict, "match");
  assert.equal(kerbs(101).verdict, "over_yield");
  assert.equal(kerbs(100, saw(100, 10)).verdict, "over_yield");
});

test("an absurd count is over all the more, and is named as far as numbers go", () => {
  const shop = new Workshop();
  const block = shop.dig(thing("block", { measure: { gross: [1000, 1000, 1000] } }));
  const made = thing("batch", { amount: Number.MAX_SAFE_INTEGER, measure: { size: [600, 400, 60] } });
  const report = shop.check(shop.make("split", [block.state(0)], [made]));
  assert.equal(report.verdict, "over_yield");
  assert.deepEqual([report.findings[0]!.facts.count, report.findings[0]!.facts.limit], [Number.MAX_SAFE_INTEGER, 10 ** 9]);
  assert.match(report.sentence, /at most 69 pieces are explained/);
});

test("a mass balance that cannot close is over_yield, 2 % more closes", () => {
  const shop = new Workshop();
  const weighed = (mass: number, waste = 0): Report => {
    const lot = shop.dig(thing("batch", { amount: 1_000_000, unit: "g" }));
    const made = thing("batch", { amount: 10, measure: { mass, size: [100, 100, 80] } });
    return shop.check(shop.make("split", [lot.state(0)], [made], { waste: { mass: waste } }));
  };
  assert.equal(weighed(1_020_000).verdict, "match");
  assert.equal(weighed(1_020_001).verdict, "over_yield");
  assert.equal(weighed(900_000, 130_000).findings[0]!.code, "mass_not_closed");
});

test("portions of a batch do not add up to more than was drawn", () => {
  const shop = new Workshop();
  const portioned = (amounts: number[]): Report => {
    const lot = shop.dig(thing("batch", { amount: 100 }));
    return shop.check(shop.make("split", [lot.state(0)], amounts.map((amount) => thing("batch", { amount }))));
  };
  assert.equal(portioned([60, 40]).verdict, "match");
  assert.equal(portioned([60, 41]).verdict, "over_yield");
});

test("a remainder carries on as what it is the rest of, and only with exactly that amount", () => {
  const shop = new Workshop();
  const drawn = (left: number): Report => {
    const value = thing("batch", { amount: 100 });
    const lot = shop.dig(value);
    const made = [thing("batch", { amount: 30 }), { ...value, amount: left }];
    return shop.check(shop.make("split", [lot.state(0, 30)], made));
  };
  assert.equal(drawn(70).verdict, "match");
  assert.equal(drawn(71).verdict, "over_yield");
});

test("one draw leaves one rest, of the same product", () => {
  const drawn = (type: string, rests: (value: Members) => Members[]): Report => {
    const shop = new Workshop();
    const value = thing("batch", { amount: 100, measure: { mass: 1000, size: [100, 100, 80] } });
    const lot = shop.dig(value);
    return shop.check(shop.make(type, [lot.state(0, 1)], rests({ ...value, amount: 99 })));
  };
  const rest = (value: Members, more: Members): Members => ({ ...value, measure: { mass: 990, size: [100, 100, 80], ...more } });
  for (const type of ["split", "pack", "unpack"]) {
    assert.equal(drawn(type, (value) => [rest(value, {}), rest(value, {})]).verdict, "over_yield", type);
    assert.equal(drawn(type, (value) => [rest(value, { size: [1000, 1000, 80] })]).verdict, "over_yield", type);
  }
  assert.equal(drawn("split", (value) => [rest(value, {})]).verdict, "match");
  assert.equal(drawn("split", (value) => [rest(value, { mass: 991 })]).verdict, "over_yield");
});

test("steps that make nothing make nothing, whatever outputs they claim", () => {
  for (const type of ["accept", "dispose", "document", "contract", "site", "admit", "device", "rotate", "attest", "erase"]) {
    const shop = new Workshop();
    const lot = shop.dig(thing("batch", { amount: 1 }));
    const report = shop.check(shop.make(type, [lot.state(0)], [thing("batch", { amount: 1_000_000 })]));
    assert.equal(report.verdict, "gap", type);
  }
});

test("a voided cut counts neither against its block nor for its remnant", () => {
  const cut = (redo: number): Report => {
    const shop = new Workshop();
    const block = shop.dig(thing("block", { measure: BLOCK }));
    const inputs = [block.state(0)];
    const first = shop.make("split", inputs, slabs(20, [2700, 1500, 60]), saw(60, 7));
    const undone = [first.state(-1), ...Array.from({ length: 20 }, (_, out) => first.state(out))];
    const back = shop.make("void", undone, [block.value(0)]);
    return shop.check(shop.make("split", [back.state(0)], slabs(redo, [2700, 1500, 60]), saw(60, 7)));
  };
  assert.equal(cut(20).verdict, "match");
  assert.equal(cut(26).verdict, "over_yield");
});

test("what a void gives back is no larger than what was taken", () => {
  const given = (before: Members, after: Members): Recorded[] => {
    const moved = shop.make("label", [shop.dig(before).state(0)], [before]);
    return [shop.make("void", [moved.state(-1), moved.state(0)], [{ ...before, ...after }])];
  };
  const shop = new Workshop();
  const lot = thing("batch", { amount: 10, measure: { size: [100, 100, 80] } });
  assert.equal(shop.check(given(lot, {})[0]!).verdict, "match");
  assert.equal(shop.check(given(lot, { measure: { size: [1000, 100, 80] } })[0]!).verdict, "over_yield");
  // A block is held to the one that was dug.
  const [back] = given(thing("block", { measure: { gross: [1000, 1000, 1000] } }), { measure: { gross: [9000, 9000, 9000] } });
  const sawn = shop.make("split", [back!.state(0)], slabs(30, [1000, 1000, 60]), saw(60, 7));
  assert.equal(shop.check(sawn).verdict, "over_yield");
});

test("what comes out of a crate is no larger than what went in", () => {
  const shop = new Workshop();
  const through = (before: Members, after: Members): Recorded => {
    const crate = shop.make("pack", [shop.dig(before).state(0)], [thing("crate", { contents: [{ amount: 1, in: 0 }] })]);
    return shop.make("unpack", [crate.state(0)], [{ ...before, ...after }]);
  };
  const slab = thing("slab", { measure: { size: [1000, 1000, 30] } });
  assert.equal(shop.check(through(slab, {})).verdict, "match");
  assert.equal(shop.check(through(slab, { measure: { size: [2000, 1000, 30] } })).verdict, "over_yield");
  const block = thing("block", { measure: { gross: [1000, 1000, 1000] } });
  const grown = through(block, { measure: { gross: [9000, 9000, 9000] } });
  assert.equal(shop.check(shop.make("split", [grown.state(0)], slabs(30, [1000, 1000, 60]), saw(60, 7))).verdict, "over_yield");
});

test("a crate gives back what was packed, through hand-overs, bundles and voids", () => {
  const unpacked = (amount: number, detour: "none" | "bundle" | "void" | "label"): Report => {
    const shop = new Workshop();
    const lot = shop.dig(thing("batch", { amount: 44 }));
    const value = thing("crate", { contents: [{ amount: 44, in: 0 }] });
    const plain = { ...value, contents: [] };
    let crate = shop.make("pack", [lot.state(0)], [value]);
    if (detour === "label") crate = shop.make("label", [crate.state(0)], [plain]);
    if (detour === "void") {
      const moved = shop.make("label", [crate.state(0)], [plain]);
      crate = shop.make("void", [moved.state(-1), moved.state(0)], [plain]);
    }
    if (detour === "bundle") {
      const bundle = shop.make("pack", [crate.state(0)], [thing("bundle", { contents: [{ amount: 1, in: 0 }] })]);
      crate = shop.make("unpack", [bundle.state(0)], [plain]);
    }
    return shop.check(shop.make("unpack", [crate.state(0)], [thing("batch", { amount })]));
  };
  for (const detour of ["none", "bundle", "void", "label"] as const) {
    assert.equal(unpacked(44, detour).verdict, "match", detour);
    assert.equal(unpacked(45, detour).verdict, "over_yield", detour);
  }
});

test("a crate that no pack made holds nothing", () => {
  const shop = new Workshop();
  const crate = shop.make("split", [shop.dig(thing("batch", { amount: 9 })).state(0)], [thing("crate")]);
  assert.equal(shop.check(shop.make("unpack", [crate.state(0)], [thing("batch", { amount: 1 })])).verdict, "over_yield");
});

const packed = (amounts: [number, number]): Report => {
  const shop = new Workshop();
  const lot = shop.dig(thing("batch", { amount: 100 }));
  const crates = amounts.map((amount) => thing("crate", { contents: [{ amount, in: 0 }] }));
  return shop.check(shop.make("pack", [lot.state(0)], crates));
};

test("crates hold no more than was packed", () => {
  assert.equal(packed([60, 40]).verdict, "match");
  assert.equal(packed([60, 41]).verdict, "over_yield");
});

test("a hidden crate of a full pack holds something that was not there", () => {
  const shop = new Workshop();
  const lot = shop.dig(thing("batch", { amount: 100 }));
  const crate = (amount: number): Members => thing("crate", { contents: [{ amount, in: 0 }] });
  const full = shop.make("pack", [lot.state(0)], [crate(100), crate(1)]);
  shop.hide(full, "out.1");
  assert.equal(shop.check(full).verdict, "over_yield");
});

test("hidden crates of a pack with room are a remark", () => {
  const shop = new Workshop();
  const lot = shop.dig(thing("batch", { amount: 100 }));
  const crate = (amount: number): Members => thing("crate", { contents: [{ amount, in: 0 }] });
  const some = shop.make("pack", [lot.state(0)], [crate(60), crate(40)]);
  shop.hide(some, "out.1");
  const report = shop.check(some);
  assert.equal(report.verdict, "match");
  assert.ok(report.remarks.some((remark) => remark.startsWith("1 of the 2 things packed on")));
});

test("a pack that makes more of a product than it took is found", () => {
  const shop = new Workshop();
  const lot = shop.dig(thing("batch", { amount: 100 }));
  const made = shop.make("pack", [lot.state(0)], [thing("batch", { amount: 101, contents: [{ amount: 100, in: 0 }] })]);
  assert.equal(shop.check(made).verdict, "over_yield");
});

test("unpacking gives back what was packed and no more", () => {
  const unpacked = (amount: number): Report => {
    const shop = new Workshop();
    const lot = shop.dig(thing("batch", { amount: 100 }));
    const crate = shop.make("pack", [lot.state(0)], [thing("crate", { contents: [{ amount: 44, in: 0 }] })]);
    return shop.check(shop.make("unpack", [crate.state(0)], [thing("batch", { amount })]));
  };
  assert.equal(unpacked(44).verdict, "match");
  assert.equal(unpacked(45).verdict, "over_yield");
});

test("unpacking a thing that was not packed is found", () => {
  const shop = new Workshop();
  const crate = shop.make("pack", [shop.dig(thing("block")).state(0)], [thing("crate", { contents: [{ amount: 1, in: 0 }] })]);
  assert.equal(shop.check(shop.make("unpack", [crate.state(0)], [thing("block")])).verdict, "over_yield");
});

test("a correction of a hand-over may not make it larger", () => {
  const shop = new Workshop();
  const lot = shop.dig(thing("batch", { amount: 100 }));
  const moved = shop.make("label", [lot.state(0)], [lot.value(0)]);
  const inputs = [moved.state(-1), moved.state(0)];
  const grown = shop.make("correct", inputs, [{ ...lot.value(0), amount: 101 }]);
  assert.equal(shop.check(grown).verdict, "over_yield");
});

test("a withheld saw, waste or slab is a gap, never a better verdict", () => {
  for (const name of ["saw", "waste", "out.3"]) {
    const chain = new StoneChain({ saw: { waste: { mass: 1 } } });
    chain.hide(chain.saw, name);
    assert.equal(chain.check().verdict, "gap", name);
  }
});

function weighing(measure: Members, family: string): Report {
  const shop = new Workshop();
  return shop.check(shop.dig(thing("block", { aliases: ["B"], measure }), { family, name: "Stone" }));
}

test("a block that weighs what no stone of its family weighs is a remark and changes no verdict", () => {
  const measure = { gross: [2600, 1600, 1500], mass: 14_900_000, net: [2500, 1500, 1400] };
  const report = weighing(measure, "dolerite");
  assert.equal(report.verdict, "match");
  assert.ok(report.remarks.includes("the weight and size of B imply 2.39 to 2.84 t/m³, which is not dolerite"));
  assert.ok(!codes(weighing(measure, "granite")).includes("density_contradiction"));
});

test("of an unknown family only what no stone weighs is doubted, and a slip is suggested", () => {
  const measure = { gross: [2700, 1600, 4250], mass: 18_000_000, net: [2600, 1500, 4150] };
  const report = weighing(measure, "");
  assert.ok(report.remarks.includes("the weight and size of B imply 0.98 to 1.11 t/m³, which is not any stone; a height of 1.45 m would fit"));
});

test("two per cent of tolerance lie around a family's range", () => {
  const heavy = (mass: number): boolean =>
    codes(weighing({ gross: [1000, 1000, 1000], mass }, "sandstone")).includes("density_contradiction");
  assert.equal(heavy(2_550_000), false);
  assert.equal(heavy(2_551_000), true);
});

test("the slack that remains is printed", () => {
  const { slack } = new StoneChain().check();
  assert.equal(slack[0], "20 slabs of 60 mm from block B-1 are declared and at most 25 are possible: 5 more could come from elsewhere unseen");
  assert.match(slack[1]!, /^weight and size of B-1 imply 2\.70 to 3\.18 t\/m³, which also admits granite, /);
});
