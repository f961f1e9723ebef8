"""One delivery from quarry to town, honest in every step. The kinds of honest chains are in
`honest.py`; the frauds in `frauds.py` change one step of such a chain each.

People measure and write as people do: sizes to the centimetre, weights to a hundredth, entries some
minutes or two days after the fact. What holds of stone, saws and ships is in `stone.py`."""
import random
from datetime import timedelta

from plan import BEGIN
from stone import FAMILIES, JOURNEYS, PARTY, Block, container, slabs_in, volume

CRATE = 1_000_000  # grams, about
PACKING = 60_000  # grams of wood for each crate
TARE = 2_200_000


class Chain:
    kind = ""
    expected = "match"  # what an officer should read when all is as it was recorded
    honest = True
    natural = ()  # remarks that a chain of this kind brings with it
    quarries = ("KA", "KB")
    works = ("F1", "F2")

    def __init__(self, plan, number, seed):
        self.plan, self.id, self.seed, self.rng = plan, f"C{number}", seed, random.Random(seed)
        self.now = self.last = BEGIN + timedelta(days=self.rng.uniform(0, 60))
        self.steps = 0
        self.quarry = PARTY[self.rng.choice(self.quarries)]
        self.factory = PARTY[self.rng.choice(self.works)]
        self.evidence = []  # of checks: (party, key)
        self.seen_by = []  # names of sightings
        self.attempts = []  # (party, event) that a node must refuse afterwards
        self.keys = []  # (party, key) of everything recorded for this chain
        self.size = 0.0  # of a fraud
        self.variant = ""
        self.build()

    def tamper(self, folder):
        """What is done to the files that the product left, before the officer looks. True: she looks again."""
        return False

    # --- recording

    def wait(self, least, most):
        self.now += timedelta(hours=self.rng.uniform(least, most))

    def delay(self):
        """Hours between the fact and its entry: mostly minutes, now and then two days without a network."""
        return self.rng.uniform(10, 47) if self.rng.random() < 0.1 else self.rng.uniform(0, 0.5)

    def record(self, party, event_type, inputs=None, outputs=None, claims=None, **fields):
        """An entry of what happens now. `claims`: the time that is written, when it is another."""
        self.steps += 1
        key = f"{self.id.lower()}-{self.steps}-{event_type}"
        recorded = self.last = max(self.last + timedelta(minutes=1), self.now + timedelta(hours=self.delay()))
        self.plan.add(party.code, event_type, key, claims or self.now, inputs, outputs, recorded, **fields)
        self.keys.append((party.code, key))
        return key

    def name(self, word):
        return f"{self.id}-{word}"

    # --- stone

    def stone_of(self, family):
        return {"family": family, "name": FAMILIES[family][2]}

    def dig(self, quarry, word="B1", small=False):
        block = Block(self.rng, quarry.family, small)
        self.record(quarry, "extract", outputs=[{"kind": "block", "aliases": [self.name(word)], "measure": self.measure_of(block)}],
                    site={"site": quarry.site}, stone=self.stone_of(quarry.family), block={"number": self.name(word)})
        block.alias = self.name(word)
        return block

    def measure_of(self, block):
        return block.measure()

    def hand(self, giver, taker, items, journey=None, transport=None, **receiving):
        """Dispatch, the way, receive."""
        self.wait(2, 200)
        key = self.record(giver, "dispatch", items, to={"log": taker.name}, transport=transport or {"carrier": "Example Carrier"})
        self.plan.hand_overs.append({"from": giver.code, "dispatch": key, "to": taker.code, "receive": []})
        self.travel(giver, taker, journey)
        self.record(taker, "receive", items, **receiving)

    def travel(self, giver, taker, journey=None):
        self.now = max(self.now, self.last)  # nobody leaves before the papers are written
        self.wait(*(journey or JOURNEYS[(giver.country, taker.country)]))

    def saw(self, works, block, word="S"):
        """Slabs: as many as the sound part of the block gives, less what breaks."""
        thickness, kerf = self.rng.choice([20, 30, 40, 60, 80]), self.rng.randint(5, 9)
        depth = block.net[1]
        true = slabs_in(depth, thickness, kerf)
        sound = max(1, round(true * self.rng.uniform(0.88, 1.0) * self.rng.choice([1, 1, 1, 0.75])))
        if self.rng.random() < 0.05:  # the sound part was a little larger than it was measured
            sound = min(true + 1, slabs_in(block.gross[1], thickness, kerf))
        size = [block.net[0] - self.rng.randrange(0, 60, 10), block.net[2] - self.rng.randrange(0, 60, 10), thickness]
        count = self.declared_slabs(sound, block, thickness, kerf)
        self.wait(10, 300)
        self.record(works, "split", [block.alias], [{"kind": "slab", "aliases": [self.name(word + "{n}")], "count": count,
                    "measure": {"size": size}}], site={"site": works.site}, saw={"axis": "w", "kerf": kerf, "thickness": thickness})
        return [self.name(f"{word}{n}") for n in range(1, count + 1)], size

    def declared_slabs(self, sound, _block, _thickness, _kerf):
        return sound

    def tile(self, works, slabs, size, density, word="T"):
        """Tiles out of slabs; offcuts stay behind. Returns the batch and what it holds."""
        long, wide = self.rng.choice([(600, 400), (500, 500), (400, 400), (300, 200)])
        a_slab = max((size[0] // long) * (size[1] // wide), (size[0] // wide) * (size[1] // long))
        count = max(4, int(len(slabs) * a_slab * self.rng.uniform(0.85, 0.98)))
        piece = [long, wide, size[2]]
        mass = round(count * volume(piece) * density / 1000 * self.rng.uniform(0.99, 1.01))
        self.wait(5, 100)
        self.record(works, "split", slabs, [{"kind": "batch", "amount": count, "unit": "piece", "aliases": [self.name(word)],
                    "measure": {"mass": mass, "size": piece}}], site={"site": works.site})
        return {"alias": self.name(word), "count": count, "piece": piece, "mass": mass}

    def pack(self, works, lot):
        """Crates of about a tonne, twelve at most."""
        each = max(1, lot["count"] * CRATE // lot["mass"], -(-lot["count"] // 12))
        crates, left = [], lot["count"]
        while left > 0:
            inside = min(each, left)
            left -= inside
            crates.append({"kind": "crate", "aliases": [self.name(f"P{len(crates) + 1}")],
                           "measure": {"mass": lot["mass"] * inside // lot["count"]}, "contents": [{"in": 0, "amount": inside}]})
        self.wait(2, 60)
        self.packing(works, lot, crates)
        return [crate["aliases"][0] for crate in crates]

    def packing(self, works, lot, crates):
        self.record(works, "pack", [lot["alias"]], crates)

    def load(self, crates, mass):
        """What stands in the papers of a container."""
        gross = mass + len(crates) * PACKING + TARE
        papers = {"carrier": "Example Line", "container": container(self.rng), "exporter": "Example Trading", "packing": len(crates) * PACKING,
                  "seal": f"S{self.rng.randrange(10 ** 6)}", "tare": TARE, "vgm": round(gross * self.rng.uniform(0.985, 1.015))}
        papers.update(crates=len(crates), list=self.name("LIST"))
        return papers

    # --- to the town

    def export(self, works, crates, mass):
        """By a trader, or by the works itself; then the importer delivers."""
        importer, trader, papers = PARTY["IA"], PARTY["T"], self.load(crates, mass)
        if self.rng.random() < 0.6 and works.country == "CN":
            self.hand(works, trader, crates, (3, 40))
            self.hand(trader, importer, crates, transport=papers)
        else:
            self.hand(works, importer, crates, transport=papers)
        return importer

    def criteria(self, quarry, works):
        asked = self.rng.choice([{"quarry": quarry.site}, {"quarry": quarry.site}, {"area": quarry.area}, {"quarry": quarry.site, "operator": quarry.name}])
        return {**asked, **({"factory": works.name} if works else {})}

    def deliver(self, giver, crates, lot, criteria, number=None):
        number = number or self.id
        town = PARTY["TOWN"]
        area = lot["count"] * lot["piece"][0] * lot["piece"][1]
        line = {"amount": round(area * self.rng.uniform(0.93, 1.0)), "unit": "mm2", "size": lot["piece"]}
        contract = {"id": number, "authority": town.name, "project": "Example Square", "year": 2025, "criteria": criteria, "lines": [line]}
        self.plan.contracts[number] = contract
        # The town asked before the stone was dug; what is known of it is as old as the contract.
        self.plan.add("TOWN", "contract", f"contract-{number.lower()}", BEGIN - timedelta(days=1), contract=contract)
        self.now = max(self.now, self.last)
        self.wait(20, 300)
        key = self.record(giver, "dispatch", crates, to={"contract": number, "log": town.name})
        self.plan.hand_overs.append({"from": giver.code, "dispatch": key, "to": "TOWN", "contract": number, "accept": []})
        return key

    def ask(self, number=None, evidence=None):
        """The officer's check, with what she was handed."""
        self.now = max(self.now, self.last)
        self.wait(3, 60)
        evidence = self.evidence if evidence is None else evidence
        self.plan.checks.append({
            "contract": number or self.id, "authority": "TOWN", "at": self.now.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
            "sightings": self.seen_by, "evidence": [{"organisation": party, "key": key} for party, key in evidence]})
        self.last = self.now
