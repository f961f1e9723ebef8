"""Passports that show a fraud, and everything that could be withheld of them."""
import copy


from vectors.ledger import Ledger, chain, day, item
from vectors.worlds import BOTH, NORTH, Small, Works, contract

RANDOM_SUBSETS = 40


class Fraud:
    def __init__(self, name, why, verdict, code, world, whole, asked=NORTH):
        self.name, self.why, self.verdict, self.code = name, why, verdict, code
        self.trust, self.whole, self.contract = world.trust, whole, asked

    def passports(self):
        return [self.whole]

    def places(self):
        """(packet, entry, disclosure), the head apart."""
        for p, packet in enumerate(self.whole["packets"]):
            for e, texts in enumerate(packet["disclosures"]):
                for d in range(1, len(texts)):
                    yield p, e, d

    def without(self, places):
        whole = copy.deepcopy(self.whole)
        for p, e, d in sorted(places, reverse=True):
            del whole["packets"][p]["disclosures"][e][d]
        return whole

    def withholdings(self, random):
        """(what was done, passports)"""
        places = list(self.places())
        for place in places:
            yield f"disclosure {place} withheld", [self.without([place])]
        for p, packet in enumerate(self.whole["packets"]):
            for e in range(len(packet["entries"])):
                whole = copy.deepcopy(self.whole)
                whole["packets"][p]["disclosures"][e] = []
                yield f"entry {p}, {e} without head", [whole]
        for p in range(len(self.whole["packets"])):
            whole = copy.deepcopy(self.whole)
            del whole["packets"][p]
            yield f"packet {p} left out", [whole]
        for _ in range(RANDOM_SUBSETS):
            chosen = random.sample(places, random.randint(2, len(places)))
            yield f"{len(chosen)} disclosures withheld: {sorted(chosen)}", [self.without(chosen)]


def frauds():
    over = Works("eight slabs", slabs=8)
    yield Fraud("over-yield", "eight slabs where seven are possible", "over_yield", "over_yield", over, over.passport(), BOTH)
    other = Works("judged")
    yield Fraud("mismatch", "the contract names another quarry", "mismatch", "origin_contradicted", other, other.passport(),
                contract(factory="The Factory", quarry="South Quarry"))
    yield Fraud("mismatch-and-factory", "the contract names another quarry and another factory", "mismatch", "origin_contradicted", other,
                other.passport(), contract(factory="Some Other", quarry="South Quarry"))
    yield Fraud("mismatch-and-stone", "the contract names another quarry and another stone", "mismatch", "origin_contradicted", other,
                other.passport(), contract(quarry="South Quarry", stone="South Red"))
    made = Small("twice")
    again = made.quarry.record("dispatch", day(2, 7), inputs=[made.extract.state(0)], outputs=[made.block],
                               to={"log": Ledger("Another Town").origin})
    yield Fraud("twice", "one block dispatched twice", "duplicate", "spent_twice", made,
                chain([(made.dispatch, 0)], [*made.events, again]))
    thief = Small("thief")
    log = Ledger("Thief", "trader")
    admit = thief.reg.record("admit", day(1, 3), party={"name": "Thief"}, sites=[],
                             member={"country": "NL", "log": log.origin, "role": "trader"})
    taken = log.record("receive", day(2, 5), inputs=[thief.dispatch.state(0)], outputs=[thief.block])
    yield Fraud("thief", "received by a log that it was not sent to", "gap", "not_holder", thief,
                chain([(taken, 0)], [*thief.events, admit, taken]))
    yield from lots()


def lots():
    lot = {"amount": 100, "item": item(5), "kind": "batch", "unit": "piece"}
    made = Small("pack", extract={"outputs": [lot]}, dispatch={"outputs": [lot]})
    crate = {"amount": 1, "item": item(7), "kind": "crate", "unit": "piece"}
    crates = [{**crate, "item": item(7 + n), "contents": [{"amount": 60, "in": 0}]} for n in range(2)]
    packed = made.quarry.record("pack", day(2, 5), inputs=[made.extract.state(0)], outputs=crates)
    yield Fraud("over-packed", "two crates of 60 out of 100 pieces", "over_yield", "over_yield", made,
                chain([(packed, 0), (packed, 1)], [made.site, made.admit, made.extract, packed]))
    relabelled = Small("relabelled without serial")
    new = {**relabelled.block, "serial": "BBBB2222"}
    label = relabelled.quarry.record("label", day(2, 5), inputs=[relabelled.extract.state(0)], outputs=[new], label={"action": "replace"})
    yield Fraud("relabelled", "relabelled without the old serial", "gap", "label_history_missing", relabelled,
                chain([(label, 0)], [relabelled.site, relabelled.admit, relabelled.extract, label]))


