"""Passports that hold, and say what the contract asks or say openly less."""
from formats import vkey
from vectors.ledger import Device, Ledger, Monitor, chain, day, item, key_of, passport, raw_disclosure, trust
from vectors.worlds import (
    BOTH, MONITOR, NORTH, WITNESSES, Small, Tiny, Works, contract, posix, site_value,
)

TRUST = trust([])


def whole_chains(add):
    made = Works("judged")
    reader = made.trust
    for name, why, asked in (
        ("quarry-and-factory", "every step the contract names is recorded by its doer (DESIGN §9)", BOTH),
        ("site-by-event-id", "the contract names the site by its event id (Fields a verifier reads)", contract(quarry=made.site.id)),
        ("factory-by-origin", "the contract names the factory by its log (Fields a verifier reads)", contract(factory=made.factory.origin, quarry="North Quarry")),
        ("area-operator-stone", "area, operator and stone are named and recorded (DESIGN §9)", contract(area="North", operator="Quarry Operator", stone="North Black")),
        ("operator-by-origin", "the contract names the operator by its log (Fields a verifier reads)", contract(operator=made.quarry.origin)),
        ("names-trimmed", "names compare after trimming (Fields a verifier reads)", contract(quarry="  North Quarry ")),
        ("quantity", "a quantity short is no provenance (DESIGN §9)", {**NORTH, "lines": [{"amount": 100, "unit": "piece"}], "closed": True}),
    ):
        add(f"good-{name}", why, made.passport(), "match", trust=reader, contract=asked)
    add("good-no-contract", "without a contract and without a finding there is no word (RULES 6)", made.passport(), None, trust=reader)
    hidden = [(made.admits[made.factory], "party"), (made.admits[made.quarry], "party")]
    add("good-parties-withheld", "names that the contract does not ask for are withheld (DESIGN §8)", made.passport(hide=hidden), "match",
        trust=reader, contract=NORTH)
    hidden += [(e, n) for e in made.events for n in e.fields if n in ("stone", "block", "parcel")]
    add("good-much-withheld", "stone and block number are withheld too, and not asked for (RULES 11)", made.passport(hide=hidden), "match",
        trust=reader, contract=NORTH)
    accent = Works("accents", quarry_site="Carrière d’Été")
    add("good-names-nfc", "names compare after NFC: the contract writes the accents apart (Fields a verifier reads)", accent.passport(), "match",
        trust=accent.trust, contract=contract(quarry="Carrie\u0300re d’E\u0301te\u0301"))
    small = Small()
    scanned = ["HTTPS://EXAMPLE.ORG/Q/" + item(1) + "/AAAA1111"]
    add("good-small", "a quarry delivers to a town without anybody between", small.passport(), "match", trust=small.trust, contract=NORTH)
    add("good-scanned", "the scanned label is the one on record (DESIGN §11)", small.passport(), "match", trust=small.trust, contract=NORTH, scans=scanned)
    add("good-scanned-alias", "the painted number is scanned (DESIGN §11)", small.passport(), "match", trust=small.trust, contract=NORTH, scans=["B-1"])
    two = {"site": site_value(parcels=["P1", "P2"])}
    place = {"parcel": "P1", "site": Small("parcel", site=two).site.id}
    parcels = Small("parcel", site=two, extract={"site": place})
    add("good-parcel", "the parcel named is the one recorded (RULES 2)", parcels.passport(), "match", trust=parcels.trust,
        contract=contract(parcel="P1", quarry="North Quarry"))
    pinned(add)


def pinned(add):
    made = Small("pinned")
    site = made.quarry.record("site", day(1, 1), site=site_value())
    dug = made.quarry.record("extract", day(2, 8), outputs=[made.block], site={"site": site.id}, block={"number": "B-1"})
    sent = made.quarry.record("dispatch", day(2, 9), inputs=[dug.state(0)], outputs=[made.block], to={"log": made.town.origin})
    pin = {"log": made.quarry.vkey, "name": "Quarry", "role": "quarry operator", "country": "IN"}
    add("good-pinned", "without a registrar the reader pinned the quarry's key; it speaks for its own site (DESIGN §7)",
        chain([(sent, 0)], [site, dug, sent]), "match", trust=trust([], pinned=[pin]), contract=NORTH)


def forms(add):
    """Bytes at the edge of what is allowed."""
    tiny = Tiny()
    add("good-evidence", "a passport about a record state carries no goods (RULES 6)", tiny.passport(), None, trust=TRUST)

    def value(name, why, text):
        def change(texts):
            texts["stone"] = raw_disclosure('["' + "A" * 22 + '","stone",' + text + "]")
        made = Small(f"good value {name}", extract={"texts": change})
        add(f"good-{name}", why, made.passport(), "match", trust=made.trust, contract=NORTH)

    value("depth-eight", "eight levels, the disclosure's array counted (rule 4)", '{"name":"Black","of":' + "[" * 6 + "]" * 6 + "}")
    value("largest-integers", "integers of ±(2^53−1) (rule 4)", '{"a":9007199254740991,"b":-9007199254740991,"name":"Black"}')
    value("all-escapes", "every escape that RFC 8785 writes, the rest raw (rule 1)", '{"name":"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\x7f\u2028\U0001f9f1é"}')
    value("unknown-members", "members that a verifier does not use are the schemas' business (rule 3)", '{"colour":null,"name":"Black","x":[true,false]}')
    for name, why, at in (
        ("at-plus-14", "the largest offset (rule 8)", "2025-02-01T08:00:00+14:00"),
        ("at-minus-14", "the smallest offset (rule 8)", "2025-02-01T08:00:00-14:00"),
        ("at-india", "an offset of half an hour (rule 8)", "2025-02-01T08:00:00+05:30"),
    ):
        made = Small(f"good {name}", extract={"head": lambda h, a=at: {**h, "at": a}})
        add(f"good-{name}", why, made.passport(), "match", trust=made.trust, contract=NORTH)
    outputs = [{"amount": 1, "item": item(n), "kind": "slab", "unit": "piece"} for n in range(11)]
    eleven = Tiny("eleven outputs", outputs=outputs)
    add("good-eleven-outputs", "out.10 precedes out.2 (rule 9)", eleven.passport(), None, trust=TRUST)
    whole = tiny.passport()
    lines = "".join(WITNESSES[0].cosign(tiny.log.text(), posix(1, n + 5), name=f"w{n}.example") for n in range(63))
    whole["packets"][0]["checkpoint"] += lines
    add("good-64-signatures", "64 signature lines are allowed (rule 23)", whole, None, trust=TRUST)
    log = tiny.log
    add("good-all-entries", "all entries shown: no hash is needed (DESIGN §8)", passport([(tiny.events[0], -1)], [log.packet(tiny.events)]), None, trust=TRUST)
    add("good-one-entry", "one entry of four (DESIGN §8)", passport([(tiny.events[3], -1)], [log.packet([tiny.events[3]])]), None, trust=TRUST)
    add("good-log-of-one", "a log of one entry: its hash is the root (DESIGN §8)",
        passport([(tiny.events[0], -1)], [log.packet([tiny.events[0]], size=1)]), None, trust=TRUST)
    gap = passport([(tiny.events[3], -1)], [log.packet([tiny.events[0], tiny.events[3]])])
    add("good-entries-between-left-out", "the first and the last entry: prev is checked where both stand (rule 13)", gap, None, trust=TRUST)
    wrong = Tiny("prev unseen", entry_text=lambda t: t.replace(t.split('"prev":"')[1][:43], "A" * 43))
    add("good-prev-not-checked", "prev is wrong and the entry before is not shown: nobody can see it (rule 13)",
        passport([(wrong.events[2], -1)], [wrong.log.packet([wrong.events[2]])]), None, trust=TRUST)


def packets(add):
    """Rule 29, and merged passports."""
    made = Small()
    reg, quarry = made.reg, made.quarry
    about = [(made.dispatch, 0)]
    registrar = reg.packet([made.site, made.admit])
    more = {"trust": made.trust, "contract": NORTH}
    add("good-two-packets-of-a-log", "the quarry's entries come in two packets under one checkpoint (rule 29)",
        passport(about, [registrar, quarry.packet([made.extract]), quarry.packet([made.dispatch])]), "match", **more)
    add("good-two-sizes-of-a-log", "the two packets stand under checkpoints of two sizes (rule 29)",
        passport(about, [registrar, quarry.packet([made.extract], size=1), quarry.packet([made.dispatch])]), "match", **more)
    both = [made.extract, made.dispatch]
    hidden = quarry.packet(both, hide=[(made.extract, "site")])
    add("good-disclosures-add-up", "what one packet withholds another shows (rule 29)", passport(about, [registrar, hidden, quarry.packet([made.extract])]), "match", **more)
    silent = quarry.packet([made.dispatch], silent=[made.extract])
    add("good-silent-and-shown", "an entry without head in one packet and with it in another (rule 29)",
        passport(about, [registrar, silent, quarry.packet([made.extract])]), "match", **more)
    add("good-silent-entry", "an entry without head that has nothing to do with the item (rule 28)", made.passport(silent=[made.other]), "match", **more)
    add("good-packet-order", "packets stand in any order (rule 28)", passport(about, [quarry.packet(both), registrar]), "match", **more)
    parts = [passport(about, [quarry.packet(both)]), passport([(made.admit, -1)], [registrar])]
    add("good-merged", "the registrar's packet comes in a passport of its own (DESIGN §8)", parts, "match", **more)
    add("good-presented-twice", "the same passport is handed in twice", [made.passport(), made.passport(silent=[made.other])], "match", **more)
    add("good-item-and-its-ancestor", "an item that became another is delivered once", passport([(made.extract, 0), (made.dispatch, 0)], [registrar, quarry.packet(both)]), "match", **more)


def keys(add):
    for count, name in ((1, "one-rotation"), (2, "two-rotations")):
        made = Small("good rotated", rotations=count)
        add(f"good-{name}", "the log's key was rotated, signed by the old key and the new (rule 24)", made.passport(), "match", trust=made.trust, contract=NORTH)
    made = Small("registrar rotated")
    made.reg.rotate(key_of("Register 2"))
    later = vkey(made.reg.origin, 1, made.reg.keys[1].raw)
    add("good-trusted-rotated-key", "the reader trusts the registrar's later key (rule 25)", made.passport(), "match", trust=trust([later]), contract=NORTH)
    add("good-trusted-first-key", "the reader trusts the registrar's first key, which was rotated (rule 25)", made.passport(), "match", trust=made.trust, contract=NORTH)
    made = Small()
    w1, w2, w3 = WITNESSES
    when = posix(2, 10)
    lines = "".join(f"witness {w.name} {w.vkey}\n" for w in WITNESSES)
    names = " ".join(w.name for w in WITNESSES)
    one = trust([made.reg], [w1], w1.name)
    two = trust([made.reg], policy=lines + f"group two 2 {names}\nquorum two\n")
    everyone = trust([made.reg], policy=lines + f"group everyone all {names}\nquorum everyone\n")
    nested = trust([made.reg], policy=lines + f"group any any {w1.name} {w2.name}\ngroup both all any {w3.name}\nquorum both\n")
    for name, why, cosigners, reader in (
        ("one-witness", "the witness the reader asks for cosigned both logs (rule 25)", [(w1, when)], one),
        ("two-of-three", "two of three witnesses cosigned (rule 25)", [(w1, when), (w3, when)], two),
        ("all-witnesses", "all witnesses cosigned (rule 25)", [(w, when) for w in WITNESSES], everyone),
        ("nested-groups", "one of two, and the third (tlog-policy)", [(w2, when), (w3, when)], nested),
        ("unknown-witness-too", "a witness that the reader does not know cosigned too (rule 23)", [(w1, when), (w2, when)], one),
        ("cosigned-twice", "one witness cosigned at two times (tlog-cosignature)", [(w1, when), (w1, when + 3600)], one),
    ):
        add(f"good-{name}", why, made.passport(cosigners=cosigners), "match", trust=reader, contract=NORTH)
    comment = trust([made.reg], policy="# nobody\n\nquorum none\n")
    add("good-policy-comment", "a policy with a comment and an empty line (tlog-policy)", made.passport(), "match", trust=comment, contract=NORTH)


def devices(add):
    made = Small("good device", device=True)
    add("good-device", "the extract is signed by the quarry's enrolled device (DESIGN §4)", made.passport(), "match", trust=made.trust, contract=NORTH)
    add("good-device-withheld", "the device's disclosure is left out (DESIGN §4)",
        made.passport(hide=[(made.extract, "device")]), "match", trust=made.trust, contract=NORTH)
    alone = Small("good device not enrolled", device=True, enrol=False)
    add("good-device-not-enrolled", "the device is enrolled nowhere: the step counts as stated by the host (DESIGN §4)", alone.passport(), "match",
        trust=alone.trust, contract=NORTH)
    second = Device("second phone")
    log = made.quarry
    enrol = log.record("device", day(2, 10), device=made.device, enrol=second.public)
    block = {**made.block, "item": item(2), "aliases": []}
    dug = log.record("extract", day(2, 11), outputs=[block], site={"site": made.site.id}, block={"number": "B-2"}, device=second)
    add("good-second-device", "the second device was enrolled by an event that the first signed (DESIGN §4)",
        chain([(dug, 0)], [made.site, made.admit, enrol, dug]), "match", trust=made.trust, contract=NORTH)
    second.count += 3
    later = log.record("extract", day(2, 12), outputs=[{**block, "item": item(4)}], site={"site": made.site.id}, block={"number": "B-3"}, device=second)
    add("good-device-counter-hole", "three events of the device are not there: a hole, and no false proof (DESIGN §4)",
        chain([(later, 0)], [made.site, made.admit, enrol, later]), "match", trust=made.trust, contract=NORTH)


def afterwards(add):
    """Corrections, voids and new labels that are shown."""

    def shown(name, why, verdict, events, about, made, also=(), asked=NORTH):
        add(f"good-{name}", why, chain([about], [made.site, made.admit, *events]), verdict, also=also, trust=made.trust, contract=asked)

    made = Small("good correction")
    q = made.quarry
    states = [made.extract.state(-1), made.extract.state(0)]
    heavier = {**made.block, "measure": {**made.block["measure"], "mass": 4100000}}
    corrected = q.record("correct", day(2, 4), inputs=states, outputs=[heavier], corrects={"event": made.extract.id}, reason={"text": "weighed again"})
    sent = q.record("dispatch", day(2, 5), inputs=[corrected.state(0)], outputs=[heavier], to={"log": made.town.origin})
    shown("corrected", "the weight was corrected; readers see both (DESIGN §6)", "match", [made.extract, corrected, sent], (sent, 0), made, ["corrected"])
    record_only = Small("good record correction")
    fixed = record_only.quarry.record("correct", day(2, 6), inputs=[record_only.extract.state(-1)], corrects={"event": record_only.extract.id},
                                      stone={"family": "dolerite", "name": "North Black Fine"})
    shown("stone-corrected", "a later correction changes the stone of the extract (DESIGN §6)", "match",
          [record_only.extract, record_only.dispatch, fixed], (record_only.dispatch, 0), record_only, ["corrected"], contract(stone="North Black Fine"))
    made = Small("good void")
    voided = made.quarry.record("void", day(2, 4), inputs=[made.dispatch.state(-1), made.dispatch.state(0)], outputs=[made.block], voids={"event": made.dispatch.id})
    again = made.quarry.record("dispatch", day(2, 6), inputs=[voided.state(0)], outputs=[made.block], to={"log": made.town.origin})
    shown("voided-and-sent-again", "a dispatch was voided and the block sent again (FORMATS 19)", "match",
          [made.extract, made.dispatch, voided, again], (again, 0), made, ["voided"])
    made = Small("good label")
    new = {**made.block, "serial": "BBBB2222"}
    action = {"action": "replace", "old_serial": "AAAA1111", "photo": "A" * 43, "reason": "torn", "second_person": "B"}
    label = made.quarry.record("label", day(2, 5), inputs=[made.extract.state(0)], outputs=[new], label=action)
    shown("relabelled", "a label was replaced with old serial, photo and second person (RULES 14)", "match", [made.extract, label], (label, 0), made, ["relabelled"])
    made = Small("good label poor")
    label = made.quarry.record("label", day(2, 5), inputs=[made.extract.state(0)], outputs=[new], label={"action": "replace", "old_serial": "AAAA1111", "reason": "torn"})
    shown("relabelled-without-photo", "without photo and second person it is a remark (RULES 14)", "match", [made.extract, label], (label, 0), made, ["relabelled"])
    late = Small("good late", extract={"time": "2025-02-05T08:00:00.001Z"})
    shown("late", "an extract recorded 96 hours after its claimed time is marked late (RULES 15)", "match", [late.extract, late.dispatch], (late.dispatch, 0), late, ["late"])
    soon = Small("good soon", extract={"time": "2025-02-04T08:00:00.000Z"})
    add("good-72-hours", "72 hours are not late (RULES 15)", soon.passport(), "match", trust=soon.trust, contract=NORTH)
    for kind in ("hold", "recall", "dispute"):
        made = Small(f"good {kind}")
        said = made.town.record("attest", day(3, 1), kind=kind, about={"event": made.extract.id})
        shown(f"{kind}", f"a {kind} flags and never blocks (RULES 14)", "match", [made.extract, made.dispatch, said], (made.dispatch, 0), made, [kind])
    made = Small("good erase")
    gone = made.quarry.record("erase", day(3, 1), erased={"disclosures": [{"event": made.extract.id, "name": "stone"}], "reason": "asked"})
    add("good-erased", "the stone was erased: a kind of withheld, and not asked for (rule 22)",
        chain([(made.dispatch, 0)], [*made.events, gone], hide=[(made.extract, "stone")]), "match", trust=made.trust, contract=NORTH)


def balances(add):
    made = Works("good seven slabs", slabs=7)
    add("good-seven-slabs", "seven slabs are the gross limit, six are expected from net: a remark (RULES 18)", made.passport(), "match",
        also=["above_expected_yield"], trust=made.trust, contract=NORTH)
    made = Small("good density", block={"measure": {"gross": [2000, 1000, 800], "net": [1900, 900, 700], "mass": 2000000}})
    add("good-density", "2.0 t of 1.2 to 1.6 m³ are no dolerite: a remark (RULES 7 and 19)", made.passport(), "match",
        also=["density_contradiction"], trust=made.trust, contract=NORTH)
    lot = {"amount": 100, "item": item(5), "kind": "batch", "unit": "piece"}
    made = Small("good portions", extract={"outputs": [lot]}, dispatch={"outputs": [lot]})
    q = made.quarry
    cut = q.record("split", day(2, 5), inputs=[{**made.extract.state(0), "amount": 60}],
                   outputs=[{**lot, "item": item(6), "amount": 60}, {**lot, "amount": 40}])
    shown = [made.site, made.admit, made.extract, cut]
    add("good-part-drawn", "60 of 100 pieces are drawn and 40 remain as an output (DESIGN §6)", chain([(cut, 0)], shown), "match", trust=made.trust, contract=NORTH)
    crate = {"amount": 1, "item": item(7), "kind": "crate", "unit": "piece", "contents": [{"amount": 60, "in": 0}]}
    packed = q.record("pack", day(2, 6), inputs=[cut.state(0)], outputs=[crate])
    opened = q.record("unpack", day(2, 7), inputs=[packed.state(0)], outputs=[{**lot, "item": item(6), "amount": 60}])
    add("good-unpacked", "a crate gives back what its pack consumed (DESIGN §6)", chain([(opened, 0)], [*shown, packed, opened]), "match", trust=made.trust, contract=NORTH)


def clear(add):
    made = Small("later")
    reader = trust([made.reg], monitors=[MONITOR])
    other = Ledger("elsewhere")
    other.record("site", day(1, 1), site={"kind": "yard", "name": "Yard"})
    content = MONITOR.clear([(made.reg, 2), (made.quarry, 3), (other, 1)], {"A" * 43: [(other.origin, 0)]})
    add("good-clear-of-other-logs", "the monitor follows logs and markers that are not in the passport (rule 30)", {**made.passport(), "clear": content}, "match",
        trust=reader, contract=NORTH)
    stranger = Monitor("stranger.example")
    content = stranger.clear([(made.reg, 2), (made.quarry, 3)], {})
    add("good-clear-by-unknown-monitor", "of a monitor the reader does not know the note says nothing (rule 30)", {**made.passport(), "clear": content}, "match",
        also=["not_checked_for_later"], trust=reader, contract=NORTH)
    both = MONITOR.sign(content.split("\n\n")[0] + "\n") + stranger.sign(content.split("\n\n")[0] + "\n").split("\n\n")[1]
    add("good-clear-by-two", "two monitors signed one note, one of them known (rule 30)", {**made.passport(), "clear": both}, "match", trust=reader, contract=NORTH)


def build(add):
    for part in (whole_chains, forms, packets, keys, devices, afterwards, balances, clear):
        part(add)
