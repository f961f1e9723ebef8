"""What no verifier of records can see, held down by example: the verdict stays `match`, and the
threat model names these. A change that begins to see one of them changes its vector."""
from vectors.judged import Sights
from vectors.ledger import Ledger, chain, day, item, trust
from vectors.worlds import NORTH, WITNESSES, Small, Works, posix


def goods(add):
    heavier = {**Works("mass raised").block, "measure": {"gross": [600, 500, 400], "net": [500, 400, 300], "mass": 300000}}
    made = Works("mass raised", r1={"outputs": [heavier]}, slab={"mass": 150000, "size": [500, 300, 60]})
    add("limit-mass-raised-at-receipt", "240 kg were sent, 300 kg are weighed on arrival and 300 kg leave: a new weight is a measure and believed (DESIGN §6)",
        made.passport(), "match", trust=made.trust, contract=NORTH)
    lot = {"amount": 100, "item": item(5), "kind": "batch", "unit": "piece"}
    made = Small("hidden crate", extract={"outputs": [lot]}, dispatch={"outputs": [lot]})
    crates = [{"amount": 1, "item": item(7 + n), "kind": "crate", "unit": "piece", "contents": [{"amount": 50, "in": 0}]} for n in range(2)]
    packed = made.quarry.record("pack", day(2, 5), inputs=[made.extract.state(0)], outputs=crates)
    add("limit-other-crates-hidden", "the other crate of the pack is withheld, so what it holds is not counted: a remark (RULES 11)",
        chain([(packed, 0)], [made.site, made.admit, made.extract, packed], hide=[(packed, "out.1")]), "match", also=["not_shown"],
        trust=made.trust, contract=NORTH)
    bare = [{"amount": 1, "item": item(100 + n), "kind": "slab", "unit": "piece"} for n in range(12)]
    made = Small("no sizes")
    cut = made.quarry.record("split", day(2, 5), inputs=[made.extract.state(0)], outputs=bare)
    add("limit-sizes-never-stated", "twelve slabs without size, thickness or axis: there is nothing to hold against the block (RULES 18)",
        chain([(cut, 0)], [made.site, made.admit, made.extract, cut]), "match", trust=made.trust, contract=NORTH)
    made = Works("no gross", slabs=8, block={"measure": {}})
    add("limit-block-never-measured", "eight slabs of a block whose sizes were never stated: there is nothing to hold them against (RULES 18)",
        made.passport(), "match", trust=made.trust, contract=NORTH)
    made = Works("slack", slabs=7)
    add("limit-slack", "seven slabs leave a block that gives six net and seven gross: one may be of other stone (DESIGN §10)",
        made.passport(), "match", also=["above_expected_yield"], trust=made.trust, contract=NORTH)


def people(add):
    made = Small("puppet")
    add("limit-puppet-admitted", "the registrar admitted whoever asked: what its keys sign is believed (DESIGN §7)", made.passport(), "match",
        trust=made.trust, contract=NORTH)
    made = Small("backdated", extract={"time": "2025-02-01T08:00:00.000Z"})
    early = [(WITNESSES[0], posix(2, 3))]
    add("limit-witness-backdates", "a witness that writes another date than the day it saw makes a late entry early (DESIGN §7)",
        made.passport(cosigners=early), "match", trust=trust([made.reg], [WITNESSES[0]], WITNESSES[0].name), contract=NORTH)
    sights = Sights("enrolment hidden")
    hidden = chain([(sights.made.dispatch, 0)], [*sights.made.events, sights.admit], hide=[(sights.admit, "enrol")])
    add("limit-enrolment-withheld", "who enrolled the device that saw the copy is withheld, so it counts as a stranger's; a reader who "
        "has the admission from elsewhere sees a duplicate (DESIGN §4)", hidden, "match", sightings=[sights.at_quarry(), sights.at_town()], **sights.more)
    made = Small("second story")
    made.quarry.record("dispatch", day(2, 7), inputs=[made.extract.state(0)], outputs=[made.block],
                       to={"log": Ledger("Another Town").origin})
    add("limit-second-use-left-out", "the block was sent to another town too; nothing shown tells, and no monitor was asked (DESIGN §8)",
        made.passport(), "match", also=["not_checked_for_later"], trust=made.trust, contract=NORTH)


def build(add):
    goods(add)
    people(add)
