"""Kinds of honest chains: every way stone comes to a town without anybody lying."""
from datetime import timedelta

from chain import Chain
from stone import FAMILIES, MONTHLY_PERMIT, PARTY, Block, volume

PHOTO = "5XUJ0lIcS41alirv58SdJ2TpR2au9RanP8JN4DdoFeg"


class Slabs(Chain):
    """Block, slabs, tiles, crates."""
    kind = "slabs"

    def build(self):
        block = self.dig(self.quarry)
        self.hand(self.quarry, self.factory, [block.alias], site={"site": self.factory.site}, **self.arrival(block))
        slabs, size = self.saw(self.factory, block)
        self.finish(self.tile(self.factory, slabs, size, block.density))

    def arrival(self, block):
        """Half of the works weigh what arrives."""
        if self.rng.random() < 0.5:
            return {}
        block.mass = round(block.mass * self.rng.uniform(0.99, 1.005))
        return {"outputs": [{"measure": block.measure()}]}

    def finish(self, lot):
        crates = self.pack(self.factory, lot)
        giver = self.export(self.factory, crates, lot["mass"])
        self.before_delivery(giver, crates)
        self.deliver(giver, crates, lot, self.criteria(self.quarry, self.factory))
        self.after_delivery(giver, crates)
        self.ask()

    def before_delivery(self, giver, crates):
        pass

    def after_delivery(self, giver, crates):
        pass

    def hand(self, giver, taker, items, journey=None, transport=None, outputs=None, **receiving):
        if outputs is None:
            return super().hand(giver, taker, items, journey, transport, **receiving)
        self.wait(2, 200)
        key = self.record(giver, "dispatch", items, to={"log": taker.name}, transport={"carrier": "Example Carrier"})
        self.plan.hand_overs.append({"from": giver.code, "dispatch": key, "to": taker.code, "receive": []})
        self.travel(giver, taker, journey)
        return self.record(taker, "receive", items, outputs, **receiving)


class TwoBlocks(Slabs):
    """Two blocks of one quarry, their slabs in one lot of tiles."""
    kind = "two blocks"

    def build(self):
        blocks = [self.dig(self.quarry, word, small=True) for word in ("B1", "B2")]
        self.hand(self.quarry, self.factory, [b.alias for b in blocks], site={"site": self.factory.site})
        slabs, size = self.saw(self.factory, blocks[0])
        more, other = self.saw(self.factory, blocks[1], "U")
        size = [min(size[0], other[0]), min(size[1], other[1]), min(size[2], other[2])]
        self.finish(self.tile(self.factory, slabs + more, size, (blocks[0].density + blocks[1].density) / 2))


class Kerbs(Slabs):
    """Kerbs straight out of a block: judged by volume."""
    kind = "kerbs"

    def build(self):
        block = self.dig(self.quarry)
        self.hand(self.quarry, self.factory, [block.alias], site={"site": self.factory.site})
        piece = self.rng.choice([[1000, 250, 150], [1000, 200, 120], [800, 300, 150]])
        count = max(2, int(volume(block.net) * self.rng.uniform(0.4, 0.75) / volume(piece)))
        count = self.declared_kerbs(count, block, piece)
        mass = round(count * volume(piece) * block.density / 1000 * self.rng.uniform(0.99, 1.01))
        self.wait(10, 300)
        self.record(self.factory, "split", [block.alias], [{"kind": "batch", "amount": count, "unit": "piece", "aliases": [self.name("K")],
                    "measure": {"mass": mass, "size": piece}}], site={"site": self.factory.site})
        self.finish({"alias": self.name("K"), "count": count, "piece": piece, "mass": mass})

    def declared_kerbs(self, count, _block, _piece):
        return count


class Setts(Slabs):
    """Setts of waste stone, pooled from two heaps, part of it home work: no block anywhere."""
    kind = "setts"
    quarries = ("KC", "KD")
    works = ("CY",)

    def build(self):
        heaps = [self.heap(quarry, f"H{n}") for n, quarry in enumerate(self.sources(), 1)]
        taken = sum(mass for _, mass in heaps)
        made = round(taken * self.rng.uniform(0.55, 0.75))
        made, waste = self.declared_setts(made, taken)
        piece = self.rng.choice([[100, 100, 80], [100, 100, 100], [150, 150, 80]])
        low, high, _ = FAMILIES["sandstone"]
        count = max(10, int(made / (volume(piece) * self.rng.uniform(low, high) / 1000 * 0.95)))
        home = {"home_work": {"per_mille": self.rng.randrange(0, 450, 50)}} if self.rng.random() < 0.7 else {}
        self.wait(200, 500)
        self.record(self.factory, "split", [alias for alias, _ in heaps], [{"kind": "batch", "amount": count, "unit": "piece", "aliases": [self.name("L")],
                    "measure": {"mass": made, "size": piece}}], site={"site": self.factory.site}, waste={"mass": waste}, **home)
        self.finish({"alias": self.name("L"), "count": count, "piece": piece, "mass": made})

    def sources(self):
        return [self.quarry, self.quarry]

    def heap(self, quarry, word):
        mass = round(self.rng.uniform(8, 25) * 1_000_000)
        self.record(quarry, "extract", outputs=[{"kind": "batch", "amount": mass, "unit": "g", "aliases": [self.name(word)]}],
                    site={"site": quarry.site}, stone=self.stone_of(quarry.family), block={"number": self.name(word)})
        self.hand(quarry, self.factory, [self.name(word)], site={"site": self.factory.site})
        return self.name(word), mass

    def declared_setts(self, made, taken):
        return made, round((taken - made) * self.rng.uniform(0.97, 1.0))

    def criteria(self, quarry, works):
        return self.rng.choice([{"quarry": quarry.site}, {"area": quarry.area}])


class PooledArea(Setts):
    """Heaps of two quarries of one area, and the contract asks for the area."""
    kind = "pooled area"

    def sources(self):
        return [PARTY["KC"], PARTY["KD"]]

    def criteria(self, quarry, works):
        return {"area": quarry.area}


class Bluestone(Slabs):
    """A quarry that saws, packs and sends its own stone: the shortest chain."""
    kind = "quarry saws"
    quarries = ("KE",)

    def build(self):
        self.factory = self.quarry
        block = self.dig(self.quarry)
        slabs, size = self.saw(self.quarry, block)
        lot = self.tile(self.quarry, slabs, size, block.density)
        crates = self.pack(self.quarry, lot)
        importer = PARTY["IA"]
        self.hand(self.quarry, importer, crates)
        self.deliver(importer, crates, lot, self.criteria(self.quarry, None))
        self.ask()


class Corrected(Slabs):
    """A height was misread, and corrected by a second person before the block left."""
    kind = "corrected"
    natural = ("density_contradiction",)  # that is what was wrong

    def dig(self, quarry, word="B1", small=False):
        block = super().dig(quarry, word, small)
        _, key = self.keys[-1]
        self.wait(4, 40)
        self.record(quarry, "correct", outputs=[{"measure": block.measure()}], corrects={"event": f"key:{key}"},
                    reason={"text": "a height was misread"})
        return block

    def measure_of(self, block):
        wrong = block.measure()
        for name in ("gross", "net"):
            wrong[name][2] += 1000
        return wrong


class Late(Slabs):
    """A works without a network enters what it did some days later."""
    kind = "late entry"
    natural = ("late",)

    def saw(self, works, block, word="S"):
        made = super().saw(works, block, word)
        code, key = self.keys[-1]
        self.last += timedelta(days=self.rng.uniform(3.5, 9))
        self.plan.recorded[code][key] = self.last.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        self.now = max(self.now, self.last)
        return made


class Relabelled(Slabs):
    """A torn label is replaced before two people, with a photo."""
    kind = "relabelled"
    how = {"photo": PHOTO, "reason": "label torn", "second_person": "yard colleague"}

    def packing(self, works, lot, crates):
        for crate in crates:
            crate["label"] = True
        super().packing(works, lot, crates)

    def before_delivery(self, giver, crates):
        self.wait(1, 30)
        self.record(giver, "label", crates[:1], label={"action": "replace", "old_serial": "recorded", **self.how})


class Voided(Slabs):
    """The lorry never left: the dispatch is voided, and the stone sent again."""
    kind = "sent again"

    def export(self, works, crates, mass):
        self.wait(2, 50)
        key = self.record(works, "dispatch", crates, to={"log": "Example Import"})
        self.wait(2, 30)
        self.record(works, "void", voids={"event": f"key:{key}"}, reason={"text": "the lorry never left"})
        return super().export(works, crates, mass)


class Seen(Slabs):
    """Phones saw a crate at the importer's yard and then at the town."""
    kind = "seen twice"

    def after_delivery(self, giver, crates):
        self.sight(crates[0], self.rng.uniform(35, 75))

    def sight(self, crate, speed):
        """Two sightings 60 to 160 km apart, at that many km/h."""
        self.now = max(self.now, self.last)
        self.wait(1, 20)
        north = self.rng.randint(5_500_000, 14_500_000)  # 1e-7 degrees; about 111 km a degree
        away = north * 111.2 / 1e7
        self.plan.sightings += [self.sighting("yard", "IA", crate, 519_000_000), self.sighting("town", "TOWN", crate, 519_000_000 + north, away / speed)]
        self.wait(away / speed, away / speed + 1)
        self.seen_by = [self.name("yard").lower(), self.name("town").lower()]

    def sighting(self, word, by, crate, lat, later=0.0):
        at = self.now + timedelta(hours=later)
        return {"name": self.name(word).lower(), "by": by, "alias": crate, "at": at.strftime("%Y-%m-%dT%H:%M:%S+00:00"), "lat": lat, "lon": 45_000_000, "error_mm": 10_000}


class Market(Slabs):
    """A block from the block market: nobody knows whence, and the works says so."""
    kind = "block market"
    expected = "gap"
    source = {"legibility": "illegible", "seller": "Block yard", "words": "from the south, surely"}

    def dig(self, quarry, word="B1", small=False):
        block = Block(self.rng, quarry.family, small)
        block.alias = self.name(word)
        self.record(self.factory, "acquire", outputs=[{"kind": "block", "aliases": [block.alias], "measure": block.measure()}],
                    site={"site": self.factory.site}, stone=self.stone_of(quarry.family), source=self.source_of(quarry))
        return block

    def source_of(self, _quarry):
        return self.source

    def build(self):
        block = self.dig(self.quarry)
        slabs, size = self.saw(self.factory, block)
        self.finish(self.tile(self.factory, slabs, size, block.density))


class BoughtIn(Market):
    """A block whose seller names operator, quarry and number: declared, and no more."""
    kind = "bought in"
    expected = "declared"

    def source_of(self, quarry):
        return {"block": self.name("B1"), "operator": quarry.name, "quarry": quarry.site, "area": quarry.area, "seller": "Block yard", "words": "as stated on the invoice"}


class Permitted(Slabs):
    """A quarry that digs as much as its permit of the month allows, and no more."""
    kind = "within its permit"
    quarries = ("KP",)
    portion = (0.55, 0.95)

    def build(self):
        month = self.plan.months.pop(0)
        self.now = self.last = self.now.replace(month=month, day=2)
        first = self.dig(self.quarry)
        dug, share = volume(first.gross), self.rng.uniform(*self.portion)
        self.size = share - 1
        number = 1
        while True:
            number += 1
            self.wait(6, 20)
            block = self.next_block(number, share * MONTHLY_PERMIT - dug)
            if block is None:
                break
            dug += volume(block.gross)
        self.hand(self.quarry, self.factory, [first.alias], site={"site": self.factory.site})
        slabs, size = self.saw(self.factory, first)
        self.finish(self.tile(self.factory, slabs, size, first.density))

    def next_block(self, number, left):
        if left < 9_800_000_000:  # the largest block there is might not fit
            return None
        return self.dig(self.quarry, f"B{number}")


KINDS = [Slabs, TwoBlocks, Kerbs, Setts, PooledArea, Bluestone, Corrected, Late, Relabelled, Voided, Seen, Market, BoughtIn, Permitted]
