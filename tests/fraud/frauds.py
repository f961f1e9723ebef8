"""The frauds of DOMAIN §3, one class each: an honest chain in which one thing is not so. `size` says how
great the fraud is, in the unit that `measured` names; `codes` are the findings that would be about it.

`seen()` decides whether a fraud was noticed by whoever looked: any verdict other than the one that the
cheat hoped for, or a finding of these codes."""
import json
from datetime import timedelta

from chain import Chain
from forging import dump, edit_value, key_of, rewrite_history
from honest import PHOTO, Kerbs, Market, Permitted, PooledArea, Relabelled, Seen, Setts, Slabs
from stone import FAMILIES, PARTY, container, slabs_in, volume


# t/m3, RULES 19.
RANGES = {"granite": (2.60, 2.75), "dolerite": (2.95, 3.05), "sandstone": (2.30, 2.50), "bluestone": (2.68, 2.70)}


class Fraud(Chain):
    honest = False
    mode = ""
    measured = ""
    codes = ()
    bounds = ()  # of the sizes to tell apart
    expected = "match"  # what the cheat hopes for

    blind = ""  # what of this mode nobody can see, in words
    must = False  # a rule leaves no room for this one

    def noticed(self, finding):
        return finding["code"] in self.codes


def contradicts(measure, family):
    """RULES 19, written a second time: no density of that stone fits between gross and net."""
    low, high = RANGES[family]
    return measure["mass"] * 1000 / volume(measure["net"]) < low * 0.98 - 1e-9 or measure["mass"] * 1000 / volume(measure["gross"]) > high * 1.02 + 1e-9


class SlabsOverBlock(Fraud, Slabs):
    """Slabs of unknown stone are passed off as this block's."""
    blind = "what fits between the slabs a block really gave and what its gross size could give: breakage, and the margin between net and gross"
    mode = "slabs > block"
    measured = "foreign slabs, % of those delivered"
    codes = ("over_yield", "above_expected_yield")
    bounds = (5, 10, 15, 20, 25, 30, 40, 60)

    def declared_slabs(self, sound, block, thickness, kerf):
        added = max(1, round(sound * self.rng.uniform(0.02, 0.9)))
        self.size = 100 * added / (sound + added)
        self.must = sound + added > slabs_in(block.gross[1], thickness, kerf)
        return sound + added


class VolumeOverBlock(Fraud, Kerbs):
    """Kerbs of unknown stone are passed off as this block's."""
    blind = "a block loses a third or more of its volume on the way to kerbs; so much foreign stone fits in"
    mode = "volume > block"
    measured = "foreign kerbs, % of those delivered"
    codes = ("over_yield", "above_expected_yield", "mass_not_closed")
    bounds = (10, 20, 30, 40, 50, 60)

    def declared_kerbs(self, count, block, piece):
        added = max(1, round(count * self.rng.uniform(0.05, 1.8)))
        self.size = 100 * added / (count + added)
        self.must = (count + added) * volume(piece) > volume(block.gross)
        return count + added


class SwappedBlock(Fraud, Slabs):
    """Another block than the one that was dug, of other stone, measured as it is."""
    blind = "stone of a like density; the box around a block and the box within leave some 10 % more"
    mode = "swapped block"
    measured = "its density, % off that of the stone claimed"
    codes = ("density_contradiction",)
    bounds = (2, 5, 10, 20)
    weighed = "quarry"

    def dig(self, quarry, word="B1", small=False):
        self.family = self.rng.choice([f for f in FAMILIES if f != quarry.family])
        self.variant = f"weighed at the {self.weighed}"
        return super().dig(quarry, word, small)

    def measure_of(self, block):
        low, high, _ = FAMILIES[self.family]
        other = self.rng.uniform(low, high)
        self.size = 100 * abs(other / block.density - 1)
        self.swapped = {**block.measure(), "mass": round(block.mass * other / block.density)}
        self.must = contradicts(self.swapped, block.family) and self.weighed == "quarry"
        if self.weighed == "quarry":
            block.mass = self.swapped["mass"]
            return self.swapped
        return block.measure()


class SwappedOnTheWay(SwappedBlock):
    """Swapped after the quarry: the works weighs what arrives, and writes that."""
    blind = "what the works weighs is compared with nothing but the quarry's own measure; an agent who writes the old weight is not seen at all"
    weighed = "works"

    def arrival(self, _block):
        return {"outputs": [{"measure": self.swapped}]}


class UnitError(Fraud, Slabs):
    """A size or weight in another unit, or with two figures swapped. No fraud, but as good a cover."""
    blind = "an error that leaves the density within its range"
    mode = "unit error"
    measured = "implied density, % off"
    codes = ("density_contradiction", "over_yield", "above_expected_yield")
    bounds = (5, 10, 25, 100)

    def measure_of(self, block):
        right = block.measure()
        for _ in range(50):
            wrong = self.spoil({name: list(value) if isinstance(value, list) else value for name, value in right.items()})
            off = 100 * abs(wrong["mass"] / volume(wrong["net"]) * volume(right["net"]) / right["mass"] - 1)
            sides = [*wrong["gross"], *wrong["net"]]
            if off > 0.5 and min(sides) > 20 and max(sides) < 30_000 and all(g >= n for g, n in zip(wrong["gross"], wrong["net"])):
                self.size, self.must = off, contradicts(wrong, block.family)
                return wrong
        raise AssertionError("no error found that could be typed")

    def spoil(self, measure):
        self.variant = self.rng.choice(["side x 10", "side in inches", "figures of a side swapped", "mass in kg x 10", "figures of the mass swapped"])
        side = self.rng.randrange(3)
        sides = lambda change: [measure[n].__setitem__(side, change(measure[n][side])) for n in ("gross", "net")]  # noqa: E731
        if self.variant == "side x 10":
            sides(lambda v: v * 10)
        elif self.variant == "side in inches":
            sides(lambda v: round(v / 2.54))
        elif self.variant == "figures of a side swapped":
            sides(lambda v: int(swapped(v)))
        elif self.variant == "mass in kg x 10":
            measure["mass"] *= 10
        else:
            measure["mass"] = int(swapped(measure["mass"]))
        return measure


def swapped(value):
    text = str(value)
    return text[1] + text[0] + text[2:]


class LotInflated(Fraud, Setts):
    """Stone of nobody knows where is cut along with the heaps that are recorded."""
    blind = "as much as the waste that was left out of the books: a third or more of what setts are cut from"
    mode = "lot inflated"
    measured = "foreign stone, % of the lot"
    codes = ("mass_not_closed", "over_yield")
    bounds = (10, 20, 30, 40, 50)

    def declared_setts(self, made, taken):
        honest_waste = round((taken - made) * self.rng.uniform(0.97, 1.0))
        added = round(made * self.rng.uniform(0.05, 1.3))
        self.size = 100 * added / (made + added)
        self.variant = self.rng.choice(["waste as it was", "waste made to fit"])
        waste = honest_waste if self.variant == "waste as it was" else max(0, taken - made - added)
        self.must = made + added + waste > 1.02 * taken
        return made + added, waste


class MixedOrigin(Fraud, PooledArea):
    """Two quarries in one lot, both recorded, sold as one of them."""
    blind = "what is mixed in and not recorded (see: lot inflated)"
    mode = "mixed origin"
    measured = "of the other quarry, %"
    codes = ("origin_contradicted",)
    bounds = (20, 40, 60)

    def heap(self, quarry, word):
        alias, mass = super().heap(quarry, word)
        self.masses = [*getattr(self, "masses", []), mass]
        if len(self.masses) == 2:
            self.size, self.must = 100 * self.masses[1] / sum(self.masses), True
        return alias, mass

    def criteria(self, quarry, works):
        return {"quarry": PARTY["KC"].site}


class LabelCopied(Fraud, Seen):
    """The label of a crate that was delivered stands on another crate as well."""
    blind = "a copy that is seen nowhere, by nobody's phone, or so late that a lorry could have brought it"
    mode = "label copied"
    measured = "speed between two sightings, km/h"
    codes = ("seen_twice", "travel_too_fast")
    bounds = (60, 90, 120, 200)

    def after_delivery(self, giver, crates):
        self.size = self.rng.uniform(30, 400)
        self.sight(crates[0], self.size)
        self.must = self.size > 100  # position error and a floor of 5 km come off before 90 km/h count


class Relabelling(Fraud, Relabelled):
    """Other crates get the labels of these, in the office."""
    blind = "a relabelling whose photo and second person are made up"
    mode = "relabelled after the market"
    codes = ("label_history_missing", "relabelled")

    def before_delivery(self, giver, crates):
        self.variant, self.how = self.rng.choice([
            ("without a photo", {"reason": "torn", "second_person": "a colleague"}),
            ("without a second person", {"reason": "torn", "photo": PHOTO}),
            ("without either", {"reason": "torn"}),
            ("with photo and second person, both made up", {"reason": "torn", "photo": PHOTO, "second_person": "nobody"})])
        self.must = "without" in self.variant
        super().before_delivery(giver, crates)

    def noticed(self, finding):
        return finding["code"] == "label_history_missing" or (finding["code"] == "relabelled" and "without" in finding["sentence"])


class Backdated(Fraud, Slabs):
    """The block is said to have been dug before it was: on a day with a permit, say."""
    blind = "up to 72 hours, which a phone without a network takes as well; a later cosignature would tell more"
    mode = "backdating"
    measured = "days"
    codes = ("late", "time_order")
    bounds = (1, 2, 3, 4, 7, 30)

    def record(self, party, event_type, *args, claims=None, **fields):
        if event_type == "extract":
            self.size = self.rng.choice([self.rng.uniform(0.2, 5), self.rng.uniform(3, 60)])
            claims = self.now - timedelta(days=self.size)
        key = super().record(party, event_type, *args, claims=claims, **fields)
        if claims:
            self.must = self.last - claims > timedelta(hours=72)
        return key


class SpentTwice(Fraud, Slabs):
    """What was sent, sawn or packed is to be sent, sawn or packed once more, in the same log."""
    blind = "nothing of its own log; another log is another matter"
    mode = "double spend at home"
    must = True

    def finish(self, lot):
        super().finish(lot)
        block, crate = self.name("B1"), {"kind": "crate", "contents": [{"in": 0, "amount": 1}]}
        to = {"to": {"name": "somebody else"}}
        self.attempts = self.rng.sample([
            (self.quarry.code, "the block is sent again", {"type": "dispatch", "inputs": [block], "fields": to}),
            (self.factory.code, "the block is sawn again", {"type": "split", "inputs": [block], "outputs": [{"kind": "slab", "count": 3}]}),
            (self.factory.code, "more is packed than there was", {"type": "pack", "inputs": [lot["alias"]], "outputs": [crate]}),
            ("IA", "a crate is delivered again", {"type": "dispatch", "inputs": [self.name("P1")], "fields": to})], 1)
        self.variant = self.attempts[0][1]


class SentTwice(Fraud, Slabs):
    """Crates that the town has accepted are taken back on paper, and delivered to somebody else."""
    blind = "the second delivery, for whoever has one of the two papers and no clear note of a monitor"
    mode = "double spend elsewhere"
    codes = ("spent_twice",)

    def finish(self, lot):
        self.variant = self.rng.choice(["the officer has both papers", "the officer has one paper"])
        crates = self.pack(self.factory, lot)
        giver, criteria = self.export(self.factory, crates, lot["mass"]), self.criteria(self.quarry, self.factory)
        first = self.deliver(giver, crates, lot, criteria, f"{self.id}A")
        self.now = max(self.now, self.last)
        self.wait(5, 20)
        accepted = self.record(PARTY["TOWN"], "accept", crates, accept={"result": "accepted"})
        self.ask(f"{self.id}A", [])
        self.wait(5, 20)
        self.record(giver, "void", voids={"event": f"key:{first}"}, reason={"text": "sent back, it says"})
        self.deliver(giver, crates, lot, criteria)
        both = self.must = self.variant.endswith("both papers")
        self.ask(evidence=[("TOWN", accepted)] if both else [])


class EditedHistory(Fraud, Slabs):
    """Somebody changes what was recorded: the presenter the file, or the quarry its own log, with its own key."""
    blind = "a history that was rewritten before anybody outside its log had seen it"
    mode = "edited history"
    codes = ("wrong_disclosure", "link_missing", "split_history")
    must = True

    def finish(self, lot):
        self.variant = self.rng.choice(["a value in the file", "the log, rewritten by its owner", "rewritten, and the officer has the old one"])
        super().finish(lot)

    def tamper(self, folder):
        desk = folder / "authorities" / "TOWN" / self.id / "passports"
        old = (desk / "delivery.json").read_text(encoding="utf-8")
        changed = json.loads(old)
        if self.variant == "a value in the file":
            edit_value(changed)
        else:
            rewrite_history(changed, key_of(folder / "nodes" / self.quarry.code))
        (desk / "delivery.json").write_text(dump(changed), encoding="utf-8")
        if self.variant.endswith("old one"):
            (desk / "seen-before.json").write_text(old, encoding="utf-8")
        return True


class OverClaim(Fraud, Permitted):
    """More is dug in a month than the permit allows, or foreign blocks are claimed as dug."""
    blind = "other blocks of the month do not travel with the delivery: only the quarry's own node adds them up"
    mode = "quarry over-claim"
    measured = "over the permit, %"
    codes = ("permit_exceeded",)
    must = True
    bounds = (10, 25, 50)
    portion = (1.02, 2.0)

    def next_block(self, number, left):
        if left <= 0:
            return None
        return self.dig(self.quarry, f"B{number}")

    def build(self):
        super().build()
        self.size *= 100


class PapersDisagree(Fraud, Slabs):
    """Container number, verified gross mass or count of crates are not what was loaded."""
    blind = "papers that are forged to fit each other; and by the officer all of them, unless the sender hands transport papers on (--with-transport)"
    mode = "document mismatch"
    measured = "weight, % off; else 100"
    codes = ("container_number_wrong", "vgm_contradiction", "count_contradiction")
    bounds = (3, 5, 10, 20, 99)

    def load(self, crates, mass):
        papers = super().load(crates, mass)
        self.variant = self.rng.choice(["container number", "verified gross mass", "crates on the list"])
        self.size = 100
        if self.variant == "container number":
            papers["container"] = container(self.rng, right=False)
        elif self.variant == "crates on the list":
            papers["crates"] += self.rng.choice([-1, 1, 2])
        else:
            self.size = self.rng.choice([-1, 1]) * self.rng.uniform(2, 40)
            papers["vgm"] = round((mass + len(crates) * 60_000 + 2_200_000) * (1 + self.size / 100))
            self.size = abs(self.size)
        self.must = self.size > 6  # the masses that are added up are rounded
        return papers


class FalseWord(Fraud, Market):
    """A block of the market, and people who swear that it is from the quarry the contract names."""
    blind = "nothing: words never raise a verdict"
    mode = "false attestation"
    codes = ("origin_unknown", "link_missing")
    expected = "match"
    must = True

    def finish(self, lot):
        acquired = next(key for code, key in self.keys if "acquire" in key)
        self.variant = self.rng.choice(["by the works itself", "by the works, dated before the purchase", "by the trader"])
        words = {"text": f"This block is from {self.quarry.site}", "method": "its seller's word"}
        self.wait(1, 20)
        if self.variant != "by the trader":
            claims = self.now - timedelta(days=40) if "before" in self.variant else None
            key = self.record(self.factory, "attest", claims=claims, kind="confirm", about={"event": f"key:{acquired}"}, statement=words)
            self.evidence.append((self.factory.code, key))
        super().finish(lot)

    def before_delivery(self, giver, crates):
        if self.variant != "by the trader":
            return
        words = {"text": f"All of it is from {self.quarry.site}", "method": "inspection of the crates"}
        self.wait(1, 5)
        key = self.record(giver, "attest", kind="confirm", about={"item": crates[0]}, statement=words)
        self.evidence.append((giver.code, key))


MODES = [SlabsOverBlock, VolumeOverBlock, SwappedBlock, SwappedOnTheWay, UnitError, LotInflated, MixedOrigin, LabelCopied, Relabelling,
         Backdated, EditedHistory, SpentTwice, SentTwice, OverClaim, PapersDisagree, FalseWord]
