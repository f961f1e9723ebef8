"""Close cases: values exactly at a limit and one beyond it, and who may change what afterwards."""
from formats import b64u, dump, sha, sighting
from vectors.judged import Sights
from vectors.ledger import Ledger, chain, day, item, ref, seed, trust
from vectors.worlds import NORTH, Small, contract, site_value


class Pinned:
    """One log, pinned by the reader, which extracts at its own site: what a balance needs, no more."""

    def __init__(self, name, block, **extract):
        self.log = Ledger("Pinned Quarry")
        seed(f"pinned {name}")
        self.site = self.log.record("site", day(1, 1), site=site_value())
        self.block = {"amount": 1, "item": item(1), "kind": "block", "unit": "piece", **block}
        self.extract = self.log.record("extract", day(2, 1), **{
            "outputs": [self.block], "site": {"site": self.site.id}, "block": {"number": "B-1"},
            "stone": {"family": "dolerite", "name": "North Black"}, **extract})
        pin = {"log": self.log.vkey, "name": "Quarry", "role": "quarry operator", "country": "IN"}
        self.more = {"trust": trust([], pinned=[pin]), "contract": NORTH}

    def passport(self, *events):
        about = events[-1] if events else self.extract
        return chain([(about, 0)], [self.site, self.extract, *events])


def cube(side, mass=None):
    measure = {"gross": [side] * 3, "net": [side] * 3}
    return {"measure": measure if mass is None else {**measure, "mass": mass}}


def limits(add):
    for name, width, verdict in (("exactly", 462, "match"), ("one-too-few", 461, "over_yield")):
        made = Pinned("stack", {"measure": {"gross": [600, width, 400]}})
        slabs = [{"amount": 1, "item": item(100 + n), "kind": "slab", "unit": "piece", "measure": {"size": [500, 300, 60]}} for n in range(7)]
        cut = made.log.record("split", day(2, 5), inputs=[made.extract.state(0)], outputs=slabs, saw={"axis": "w", "kerf": 7, "thickness": 60})
        facts = {"count": 7, "limit": 6} if verdict == "over_yield" else None
        add(f"edge-stack-{name}", f"seven slabs of 60 mm and six kerfs of 7 mm out of {width} mm; they take 462 (RULES 18)", made.passport(cut), verdict,
            "over_yield" if facts else None, facts, **made.more)
    for name, mass, verdict in (("exactly", 3_060_000, "match"), ("a-gram-more", 3_060_001, "over_yield")):
        made = Pinned("mass", cube(1000, 3_000_000))
        lot = {"amount": 10, "item": item(5), "kind": "batch", "unit": "piece", "measure": {"mass": mass}}
        cut = made.log.record("split", day(2, 5), inputs=[made.extract.state(0)], outputs=[lot])
        add(f"edge-mass-{name}", f"{mass} g out of 3,000,000 g, of which 102 % may leave (DOMAIN §3)", made.passport(cut), verdict,
            "mass_not_closed" if verdict == "over_yield" else None, **made.more)
    for name, mass, also in (("exactly", 3_111_000, []), ("a-kilogram-more", 3_112_000, ["density_contradiction"])):
        made = Pinned("density", cube(1000, mass))
        add(f"edge-density-{name}", f"{mass} g in one cubic metre; dolerite has at most 3.05 t/m³ and 2 % (RULES 19)", made.passport(), "match", also=also, **made.more)
    made = Pinned("late", {}, time="2025-02-04T08:00:00.001Z")
    add("edge-late-by-a-millisecond", "recorded 72 hours and a millisecond after its claimed time (RULES 15)", made.passport(), "match", also=["late"], **made.more)
    last = Small("last day", sites=lambda g: [{**g[0], "to": "2025-02-01"}], extract={"head": lambda h: {**h, "at": "2025-02-01T23:59:59+00:00"}})
    add("edge-last-day-of-admission", "extracted in the last second of the last day of the admission (RULES 12)", last.passport(), "match", trust=last.trust, contract=NORTH)
    first = Small("first day", sites=lambda g: [{**g[0], "from": "2025-02-01"}], extract={"head": lambda h: {**h, "at": "2025-02-01T00:00:00+00:00"}})
    add("edge-first-day-of-admission", "extracted in the first second of the first day of the admission (RULES 12)", first.passport(), "match", trust=first.trust, contract=NORTH)


def changed_admissions(add):
    def after(name, why, verdict, code, change):
        made = Small(f"admission {name}", extract={"party": {"name": "Quarry Operator"}})
        events = change(made, made.reg)
        add(f"edge-admission-{name}", why, chain([(made.dispatch, 0)], [*made.events, *events]), verdict, code, trust=made.trust, contract=NORTH)

    def corrected(made, reg):
        return [reg.record("correct", day(1, 9), inputs=[made.admit.state(-1)], corrects={"event": made.admit.id}, sites=[])]

    def corrected_and_revoked(made, reg):
        one = reg.record("correct", day(1, 9), inputs=[made.admit.state(-1)], corrects={"event": made.admit.id}, party={"name": "Quarry Operator Ltd"})
        return [one, reg.record("revoke", day(1, 10), inputs=[one.state(-1)], about={"event": made.admit.id})]

    def voided(made, reg):
        return [reg.record("void", day(1, 9), inputs=[made.admit.state(-1)], voids={"event": made.admit.id})]

    def revoked_by_a_stranger(made, reg):
        other = Ledger("Another Register", "registrar")
        return [other.record("revoke", day(1, 9), inputs=[made.admit.state(-1)], about={"event": made.admit.id})]

    after("corrected-to-no-site", "a correction takes the site away: declared (RULES 12)", "declared", "declared_only", corrected)
    after("corrected-and-revoked", "a correction is revoked with what it corrects (FORMATS 20)", "not_verifiable", "unknown_signer", corrected_and_revoked)
    after("voided", "the admission was voided: the signer is not known (FORMATS 19)", "not_verifiable", "unknown_signer", voided)
    after("revoked-by-a-stranger", "a record belongs to the log that made it: another log revokes nothing (FORMATS 19)", "match", None, revoked_by_a_stranger)


def who_may_change(add):
    made = Small("corrected by another")
    other = Ledger("Somebody")
    wrong = other.record("correct", day(2, 4), inputs=[made.extract.state(-1)], corrects={"event": made.extract.id}, stone={"family": "", "name": "South Red"})
    add("edge-corrected-by-another", "another log corrects the extract: it changes nothing (FORMATS 19)", chain([(made.dispatch, 0)], [*made.events, wrong]),
        "match", trust=made.trust, contract=contract(stone="North Black"))
    made = Small("accepted twice")
    town = made.town
    admit = made.reg.record("admit", day(1, 3), party={"name": "The Town"}, sites=[], member={"country": "NL", "log": town.origin, "role": "authority"})
    taken = town.record("receive", day(2, 5), inputs=[made.dispatch.state(0)], outputs=[made.block])
    accepts = [town.record("accept", day(2, 6 + n), inputs=[taken.state(0)], accept={"result": "accepted"}) for n in range(2)]
    about = [(taken, 0)]
    add("edge-accepted", "the town accepted the block, which spends it for good (DESIGN §6)", chain(about, [*made.events, admit, taken, accepts[0]]), "match",
        trust=made.trust, contract=NORTH)
    add("edge-accepted-twice", "the town accepted one block twice (DESIGN §6)", chain(about, [*made.events, admit, taken, *accepts]), "duplicate", "spent_twice",
        trust=made.trust, contract=NORTH)
    part_received(add)


def part_received(add):
    blocks = [{"amount": 1, "item": item(n), "kind": "block", "unit": "piece"} for n in (1, 2)]
    made = Small("part received", extract={"outputs": blocks}, dispatch={"inputs": []})
    states = [made.extract.state(0), made.extract.state(1)]
    made = Small("part received", extract={"outputs": blocks}, dispatch={"inputs": states, "outputs": blocks})
    town = made.town
    admit = made.reg.record("admit", day(1, 3), party={"name": "The Town"}, sites=[], member={"country": "NL", "log": town.origin, "role": "authority"})
    taken = town.record("receive", day(2, 5), inputs=[made.dispatch.state(1)], outputs=[blocks[1]])
    back = made.quarry.record("void", day(2, 6), inputs=[made.dispatch.state(-1), made.dispatch.state(0)], outputs=[blocks[0]], voids={"event": made.dispatch.id})
    add("edge-part-received-rest-voided", "of two blocks one arrived, and the sender took the other back (FORMATS 19)",
        chain([(taken, 0), (back, 0)], [*made.events, admit, taken, back]), "match", trust=made.trust, contract=NORTH)


def resolved_use(add):
    """RULES 13: a verifier closes a double use of a marker."""
    made = Small("resolved use")
    again = made.quarry.record("dispatch", day(2, 7), inputs=[made.extract.state(0)], outputs=[made.block], to={"log": Ledger("Another Town").origin})
    verifier = Ledger("The Verifier", "verifier")
    admit = made.reg.record("admit", day(1, 5), party={"name": "The Verifier"}, sites=[], member={"country": "NL", "log": verifier.origin, "role": "verifier"})
    marker = made.extract.state(0)["_marker"]
    reader = trust([made.reg], verifiers=[verifier])
    for name, why, genuine, verdict in (
        ("this", "a trusted verifier holds this dispatch to be the genuine use (RULES 13)", made.dispatch, "match"),
        ("the-other", "a trusted verifier holds the other dispatch to be the genuine use (RULES 13)", again, "duplicate"),
    ):
        log = verifier.fork()
        said = log.record("attest", day(6, 1), kind="resolve", about={"genuine": genuine.id, "marker": marker})
        said.log = log
        found = chain([(made.dispatch, 0)], [*made.events, again, admit, said])
        add(f"edge-use-resolved-for-{name}", why, found, verdict, "spent_twice" if verdict == "duplicate" else None,
            also=["resolved"] if verdict == "match" else [], trust=reader, contract=NORTH)


def shares(add):
    """RULES 1 and 3."""
    made = Small("shares")
    south = made.reg.record("site", day(1, 4), site=site_value("South Quarry", "South"))
    digger = Ledger("South Operator")
    admit = made.reg.record("admit", day(1, 5), party={"name": digger.name}, member={"country": "IN", "log": digger.origin, "role": "quarry operator"},
                            sites=[{"from": None, "parcels": [], "role": "operator", "site": south.id, "to": None}])

    def mixed(name, why, one, two, verdict, code, facts=None, declared=False):
        q, d = made.quarry.fork(), digger.fork()
        base = {"kind": "batch", "unit": "piece"}
        ours = q.record("extract", day(3, 1), outputs=[{"item": item(81), **base, **one}], site={"site": made.site.id}, block={"number": "H-1"})
        theirs = {"item": item(82), **base, **two}
        if declared:
            taken = q.record("acquire", day(3, 2), outputs=[theirs], source={"block": "L-9", "operator": "Somebody", "quarry": "North Quarry", "words": ""})
            events = [taken]
        else:
            dug = d.record("extract", day(3, 1), outputs=[theirs], site={"site": south.id}, block={"number": "H-2"})
            sent = d.record("dispatch", day(3, 2), inputs=[dug.state(0)], outputs=[theirs], to={"log": q.origin})
            taken = q.record("receive", day(3, 3), inputs=[sent.state(0)], outputs=[theirs])
            events = [dug, sent, taken]
        lot = q.record("split", day(3, 4), inputs=[ours.state(0), taken.state(0)], outputs=[{"amount": 7, "item": item(83), **base}], home_work={"per_mille": 0})
        for event in (ours, taken, lot):
            event.log = q
        for event in events:
            event.log = q if event is taken else d
        add(f"edge-share-{name}", why, chain([(lot, 0)], [made.site, south, made.admit, admit, ours, *events, lot]), verdict, code, facts,
            trust=made.trust, contract=NORTH)

    size = {"size": [100, 100, 100]}
    mixed("by-mass", "3 t and 1 t, though 10 and 90 pieces: shares are by mass first (RULES 3)", {"amount": 10, "measure": {"mass": 3_000_000}},
          {"amount": 90, "measure": {"mass": 1_000_000}}, "mixed", "origin_contradicted", {"per_mille": 250})
    mixed("by-volume", "one mass is missing: shares are by net volume, 80 and 20 l (RULES 3)", {"amount": 80, "measure": {"mass": 1, **size}},
          {"amount": 20, "measure": size}, "mixed", "origin_contradicted", {"per_mille": 200})
    mixed("by-amount", "nothing is measured: shares are by amount in one unit (RULES 3)", {"amount": 60}, {"amount": 40}, "mixed", "origin_contradicted", {"per_mille": 400})
    mixed("untold", "pieces and grams without measures: shares cannot be told (RULES 3)", {"amount": 60}, {"amount": 4000, "unit": "g"}, "gap", "origin_unknown")
    mixed("weaker", "both shares satisfy the contract, one of them only declared: the weaker counts (RULES 3)", {"amount": 60}, {"amount": 40}, "declared", "declared_only", declared=True)


def labels(add):
    s = Sights("relabelled sight")
    one = sighting(s.made.quarry, s.here.key, "2025-06-20T09:10:00+02:00", 520800000, 43100000, item=item(1), serial="AAAA1111")
    two = sighting(s.made.town, s.far.key, "2025-06-20T09:40:00+02:00", 512200000, 44000000, item=item(1), serial="BBBB2222")
    same = sighting(s.made.town, s.far.key, "2025-06-20T09:40:00+02:00", 512200000, 44000000, item=item(1), serial="AAAA1111")
    add("edge-seen-under-another-serial", "another serial is another label (RULES 22)", s.whole, "match", sightings=[one, two], **s.more)
    add("edge-seen-under-one-serial", "one serial seen 96 km apart within 30 minutes (RULES 22)", s.whole, "duplicate", "seen_twice", sightings=[one, same], **s.more)
    add("edge-reader-saw-it-too", "the reader's own signed scan is a sighting as well (DESIGN §9)", s.whole, "duplicate", "seen_twice", scans=[same], sightings=[one], **s.more)
    digests = [b64u(sha(dump(x).encode())) for x in (one, same)]
    verifier = Ledger("Sight Verifier", "verifier")
    admit = s.made.reg.record("admit", day(1, 5), party={"name": verifier.name}, sites=[], member={"country": "NL", "log": verifier.origin, "role": "verifier"})
    said = verifier.record("attest", day(6, 23), kind="resolve", about={"genuine": digests[0], "sightings": digests})
    evidence = {"v": 1, "items": [ref(said, -1)], "packets": [verifier.packet([said]), s.made.reg.packet([admit])], "clear": None}
    reader = {"trust": trust([s.made.reg], verifiers=[verifier]), "contract": NORTH}
    add("edge-reader-has-the-copy", "a verifier resolved it for the other label: who holds the copy is not helped (RULES 13)", [s.whole, evidence], "duplicate", "seen_twice",
        scans=[same], sightings=[one], **reader)


def build(add):
    for part in (limits, changed_admissions, who_may_change, resolved_use, shares, labels):
        part(add)
