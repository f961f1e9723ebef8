"""Passports in which every proof holds and the records do not say what the contract asks:
DESIGN §7 and §9, RULES 1 to 24, FORMATS 17 to 22 and 30."""
from formats import b64u, dump, sha, sighting
from vectors.ledger import Device, Ledger, Witness, chain, day, item, key_of, ref, trust
from vectors.worlds import (
    BOTH, MONITOR, NORTH, WITNESSES, Small, Works, contract, posix, site_value,
)


def contradicted(add):
    made = Works("judged")
    whole, reader = made.passport(), made.trust
    for name, why, verdict, code, asked in (
        ("other-quarry", "the records lead to another quarry than the contract names (RULES 2)", "mismatch", "origin_contradicted", contract(quarry="South Quarry")),
        ("other-area", "the records lead to another area (RULES 2)", "mismatch", "origin_contradicted", contract(area="South")),
        ("other-operator", "the records lead to another operator (RULES 2)", "mismatch", "origin_contradicted", contract(operator="Another Operator")),
        ("other-operator-log", "the records lead to another operator's log (RULES 2)", "mismatch", "origin_contradicted", contract(operator="quarrymark/" + "A" * 43)),
        ("other-site", "the records lead to another site event (RULES 2)", "mismatch", "origin_contradicted", contract(quarry="A" * 43)),
        ("other-factory", "the origin is supported and the factory contradicted (RULES 2)", "partial", "factory_contradicted", contract(factory="Some Other", quarry="North Quarry")),
        ("other-factory-log", "the contract names another log as factory (RULES 2)", "partial", "factory_contradicted", contract(factory="quarrymark/" + "A" * 43)),
        ("other-quarry-and-factory", "origin contradicted is a mismatch, whatever the factory (RULES 2)", "mismatch", "origin_contradicted", contract(factory="Some Other", quarry="South Quarry")),
        ("other-quarry-right-factory", "origin contradicted is a mismatch, whatever the factory (RULES 2)", "mismatch", "origin_contradicted", contract(factory="The Factory", quarry="South Quarry")),
        ("other-stone", "the stone recorded is not the stone named (DESIGN §9)", "mismatch", "stone_contradicted", contract(stone="South Red")),
        ("quarry-in-other-case", "names compare exactly, upper and lower case apart (Fields a verifier reads)", "mismatch", "origin_contradicted", contract(quarry="north quarry")),
    ):
        add(f"judged-{name}", why, whole, verdict, code, trust=reader, contract=asked)
    two = {"site": site_value(parcels=["P1", "P2"])}
    place = {"parcel": "P1", "site": Small("parcel", site=two).site.id}
    parcels = Small("parcel", site=two, extract={"site": place})
    add("judged-other-parcel", "the records lead to another parcel (RULES 2)", parcels.passport(), "mismatch",
        "origin_contradicted", trust=parcels.trust, contract=contract(parcel="P2", quarry="North Quarry"))


def withheld(add):
    made, small = Works("judged"), Small("withheld")
    for world, name, why, asked, pairs in (
        (small, "site", "the site of the extract is withheld (DESIGN §9)", NORTH, [(small.extract, "site")]),
        (small, "site-event", "the site's name is withheld and the contract names it (RULES 11)", NORTH, [(small.site, "site")]),
        (small, "sites", "the sites the quarry is admitted for are withheld (RULES 11)", NORTH, [(small.admit, "sites")]),
        (made, "factory-name", "the contract names a factory whose name is withheld (DESIGN §9)", BOTH, [(made.admits[made.factory], "party")]),
        (small, "operator-name", "the contract names an operator whose name is withheld (RULES 11)", contract(operator="Quarry Operator"), [(small.admit, "party")]),
        (small, "stone", "the stone is withheld and the contract names it (RULES 11)", contract(stone="North Black"), [(small.extract, "stone")]),
        (small, "block", "what the quarry extracted is withheld (FORMATS 17)", NORTH, [(small.extract, "out.0")]),
        (made, "slab", "one of the slabs is withheld, so the yield cannot be checked (RULES 11)", NORTH, [(made.saw, "out.1")]),
        (made, "site-beside-another-factory", "another factory is a partial, the origin withheld a gap: the worse counts (DESIGN §9)",
         contract(factory="Some Other", quarry="South Quarry"), [(made.extract, "site")]),
        (made, "to", "to whom the block went is withheld (FORMATS 18)", NORTH, [(made.d1, "to")]),
    ):
        add(f"withheld-{name}", why, world.passport(hide=pairs), "gap", "not_shown", trust=world.trust, contract=asked)
    spoken = Works("member withheld", extract={"party": {"name": "Quarry Operator"}})
    add("withheld-member", "what log the admission binds is withheld, so whose log this is is not shown (DESIGN §9)",
        spoken.passport(hide=[(spoken.admits[spoken.quarry], "member")]), "gap", "not_shown", trust=spoken.trust, contract=NORTH)


def missing(add):
    made = Works("judged")
    without = lambda *events: [e for e in made.events if e not in events]  # noqa: E731
    for name, why, events in (
        ("origin", "the passport stops at the factory's receipt (DESIGN §8)", without(made.extract, made.d1)),
        ("hand-over", "the quarry's dispatch is left out (FORMATS 17)", without(made.d1)),
        ("saw", "the saw step is left out (FORMATS 17)", without(made.saw)),
    ):
        add(f"missing-{name}", why, made.passport(events), "gap", "link_missing", trust=made.trust, contract=NORTH)
    add("missing-extract-head", "the extract is shown without its head: it proves its markers alone (FORMATS 28)",
        made.passport(without(made.extract), silent=[made.extract]), "gap", "link_missing", trust=made.trust, contract=NORTH)
    add("missing-origin-no-contract", "without a contract a chain that stops is a gap too (RULES 6)",
        made.passport(without(made.extract, made.d1)), "gap", "link_missing", trust=made.trust)


def holders(add):
    """FORMATS 17 to 21: who may spend what."""
    made = Small("thief")
    thief = Ledger("Thief", "trader")
    admit = made.reg.record("admit", day(1, 3), party={"name": "Thief"}, sites=[],
                            member={"country": "NL", "log": thief.origin, "role": "trader"})
    taken = thief.record("receive", day(2, 5), inputs=[made.dispatch.state(0)], outputs=[made.block])
    add("spent-by-another", "a log received what was sent to somebody else (FORMATS 18)",
        chain([(taken, 0)], [*made.events, admit, taken]), "gap", "not_holder", trust=made.trust, contract=NORTH)
    made = Small("extract taken")
    stolen = made.town.record("split", day(2, 5), inputs=[made.extract.state(0)],
                              outputs=[{"amount": 1, "item": item(3), "kind": "slab", "unit": "piece"}])
    admit = made.reg.record("admit", day(1, 3), party={"name": "The Town"}, sites=[],
                            member={"country": "NL", "log": made.town.origin, "role": "authority"})
    add("spent-before-sent", "a log sawed a block that was never sent to it (DESIGN §4)",
        chain([(stolen, 0)], [made.site, made.admit, admit, made.extract, stolen]), "gap", "not_holder",
        trust=made.trust, contract=NORTH)
    made = Small("named only", dispatch={"to": {"name": "The Town"}})
    taken = made.town.record("receive", day(2, 5), inputs=[made.dispatch.state(0)], outputs=[made.block])
    admit = made.reg.record("admit", day(1, 3), party={"name": "The Town"}, sites=[],
                            member={"country": "NL", "log": made.town.origin, "role": "authority"})
    add("spent-under-a-name", "sent to a name: nobody but the sender can spend it (FORMATS 18)",
        chain([(taken, 0)], [*made.events, admit, taken]), "gap", "not_holder", trust=made.trust, contract=NORTH)
    made = Small("sender spends")
    cut = made.quarry.record("split", day(2, 5), inputs=[made.dispatch.state(0)],
                             outputs=[{"amount": 1, "item": item(3), "kind": "slab", "unit": "piece"}])
    add("sender-spends-what-it-sent", "what is sent is the sender's to take back by void alone (FORMATS 18)",
        chain([(cut, 0)], [*made.events, cut]), "gap", "not_holder", trust=made.trust, contract=NORTH)


def double_uses(add):
    """FORMATS 19 and 21; DESIGN §4."""
    made = Small("twice")
    again = made.quarry.record("dispatch", day(2, 7), inputs=[made.extract.state(0)], outputs=[made.block],
                               to={"log": Ledger("Another Town").origin})
    first = made.passport()
    second = chain([(again, 0)], [made.site, made.admit, made.extract, again])
    both = chain([(made.dispatch, 0)], [*made.events, again])
    silent = chain([(made.dispatch, 0)], made.events, silent=[again])
    more = {"trust": made.trust, "contract": NORTH}
    add("twice-in-one-passport", "one block was dispatched twice (DESIGN §4)", both, "duplicate", "spent_twice", **more)
    add("twice-in-two-passports", "the second dispatch comes in another passport (DESIGN §4)", [first, second], "duplicate", "spent_twice", **more)
    add("twice-silently", "the second dispatch is shown without its head: its marker counts (FORMATS 21)", silent, "duplicate", "spent_twice", **more)
    add("twice-no-contract", "without a contract a double use is one too (RULES 6)", both, "duplicate", "spent_twice", trust=made.trust)
    made = Small("void and receive")
    admit = made.reg.record("admit", day(1, 3), party={"name": "The Town"}, sites=[],
                            member={"country": "NL", "log": made.town.origin, "role": "authority"})
    taken = made.town.record("receive", day(2, 5), inputs=[made.dispatch.state(0)], outputs=[made.block])
    voided = made.quarry.record("void", day(2, 6), inputs=[made.dispatch.state(-1), made.dispatch.state(0)],
                                outputs=[made.block], voids={"event": made.dispatch.id})
    more = {"trust": made.trust, "contract": NORTH}
    add("voided-and-received", "the sender voided and the receiver received: both is a double use (FORMATS 19)",
        chain([(taken, 0)], [*made.events, admit, taken, voided]), "duplicate", "spent_twice", **more)
    add("voided-silently-and-received", "the sender's entry is shown without head and counts as its void (FORMATS 21)",
        chain([(taken, 0)], [*made.events, admit, taken], silent=[voided]), "duplicate", "spent_twice", **more)
    made = Small("corrected twice")
    states = [made.extract.state(-1), made.extract.state(0)]
    one = made.quarry.record("correct", day(2, 4), inputs=states, outputs=[made.block], corrects={"event": made.extract.id})
    two = made.quarry.record("correct", day(2, 5), inputs=states[:1], corrects={"event": made.extract.id})
    add("corrected-twice", "two corrections spend one record (FORMATS 20)",
        chain([(one, 0)], [made.site, made.admit, made.extract, one, two]), "duplicate", "spent_twice",
        trust=made.trust, contract=NORTH)
    undecided(add)


def undecided(add):
    made = Small("used in two logs")
    other = Ledger("Another Town", "authority")
    admits = [made.reg.record("admit", day(1, 9), party={"name": log.name}, sites=[],
                              member={"country": "NL", "log": log.origin, "role": "authority"}) for log in (made.town, other)]
    taken, stolen = (log.record("receive", day(2, 5), inputs=[made.dispatch.state(0)], outputs=[made.block]) for log in (made.town, other))
    more = {"trust": made.trust, "contract": NORTH}
    about, people = [(taken, 0)], [made.site, made.admit, *admits]
    whole = [*people, made.extract, made.dispatch, taken, stolen]
    add("used-in-two-logs-undecided", "two logs used a state whose event is not shown: undecided, and a gap (FORMATS 21)",
        chain(about, [*people, taken, stolen]), "gap", "link_missing", also=["undecided_use"], **more)
    add("used-in-two-logs-decided", "with the dispatch shown, only the log in to could use it (FORMATS 21)", chain(about, whole), "match", **more)
    add("used-in-two-logs-to-withheld", "to is withheld, so which of two logs held it is not shown (FORMATS 18 and 21)",
        chain(about, whole, hide=[(made.dispatch, "to")]), "gap", "not_shown", also=["undecided_use"], **more)


def admissions(add):
    """DESIGN §7, RULES 11, 12 and 15."""
    made = Small("admitted", extract={"party": {"name": "Quarry Operator"}})
    nobody = chain([(made.dispatch, 0)], [made.site, made.extract, made.dispatch])
    add("admission-left-out", "no admission of the quarry is shown (DESIGN §7)", nobody, "not_verifiable", "unknown_signer",
        trust=made.trust, contract=NORTH)
    add("registrar-not-trusted", "the reader trusts another registrar (rule 25)", made.passport(), "not_verifiable", "unknown_signer",
        trust=trust([Ledger("Another Register", "registrar")]), contract=NORTH)
    add("nobody-trusted", "the reader trusts nobody (rule 25)", made.passport(), "not_verifiable", "unknown_signer", trust=trust([]), contract=NORTH)
    silent = Small("admission missing")
    add("admission-left-out-and-no-operator", "no admission is shown and no operator named: the origin is unknown (RULES 12)",
        chain([(silent.dispatch, 0)], [silent.site, silent.extract, silent.dispatch]), "gap", "origin_unknown",
        also=["unknown_signer"], trust=silent.trust, contract=NORTH)
    for name, why, change in (
        ("for-another-site", "the quarry is admitted for another site (RULES 12)", lambda g: [{**g[0], "site": "A" * 43}]),
        ("for-no-site", "the quarry is admitted for no site (RULES 12)", lambda g: []),
        ("ended", "the admission ended before the extract (RULES 12)", lambda g: [{**g[0], "to": "2025-01-31"}]),
        ("not-begun", "the admission begins after the extract (RULES 12)", lambda g: [{**g[0], "from": "2025-02-02"}]),
        ("as-carrier", "the quarry is admitted for the site in another role (RULES 12)", lambda g: [{**g[0], "role": "carrier"}]),
    ):
        strange = Small(f"admission {name}", sites=change)
        add(f"admitted-{name}", f"{why}: declared with operator and block number", strange.passport(), "declared",
            "declared_only", trust=strange.trust, contract=NORTH)
    strange = Small("admission without block", sites=lambda g: [], extract={"block": {"number": ""}}, block={"aliases": []})
    add("admitted-for-no-site-no-number", "not admitted, and no block number: the origin is unknown (RULES 12)", strange.passport(),
        "gap", "origin_unknown", trust=strange.trust, contract=NORTH)
    parcels = {"site": site_value(parcels=["P1", "P2"])}
    place = {"parcel": "P1", "site": Small("admitted parcel", site=parcels).site.id}
    strange = Small("admitted parcel", site=parcels, sites=lambda g: [{**g[0], "parcels": ["P2"]}], extract={"site": place})
    add("admitted-parcel-not-covered", "the quarry is admitted for another parcel of the site (RULES 12)", strange.passport(), "declared",
        "declared_only", trust=strange.trust, contract=NORTH)
    revocations(add)


def revocations(add):
    made = Small("revoked")
    revoke = made.reg.record("revoke", day(3, 1), inputs=[made.admit.state(-1)], about={"event": made.admit.id})
    w1 = WITNESSES[0]
    reader = trust([made.reg], [w1])
    events = [*made.events, revoke]
    add("revoked-date-not-witnessed", "the admission was revoked, and nothing from outside dates the extract before (DESIGN §7)",
        chain([(made.dispatch, 0)], events), "not_verifiable", "unknown_signer", trust=made.trust, contract=NORTH)
    late = lambda log: [(w1, posix(3, 5))]  # noqa: E731
    early = lambda log: [(w1, posix(2, 4))] if log is made.quarry else [(w1, posix(3, 5))]  # noqa: E731
    add("revoked-before-cosigned", "the log was cosigned only after the revocation (DESIGN §7)",
        chain([(made.dispatch, 0)], events, cosigners=late), "not_verifiable", "unknown_signer", trust=reader, contract=NORTH)
    add("revoked-after-cosigned", "the log was cosigned before the revocation, so the admission held (DESIGN §7)",
        chain([(made.dispatch, 0)], events, cosigners=early), "match", trust=reader, contract=NORTH)


def quorums(add):
    made = Small()
    w1, w2, w3 = WITNESSES
    when = posix(2, 10)
    two = "group two 2 " + " ".join(w.name for w in WITNESSES) + "\nquorum two\n"
    lines = "".join(f"witness {w.name} {w.vkey}\n" for w in WITNESSES)
    one, of_three = trust([made.reg], [w1], w1.name), trust([made.reg], policy=lines + two)

    def short(name, why, cosigners, reader):
        add(f"quorum-{name}", why, made.passport(cosigners=cosigners), "not_verifiable", "quorum_not_met", trust=reader, contract=NORTH)

    short("no-cosignature", "the reader asks for a witness and none cosigned (rule 25)", [], one)
    short("another-witness", "another witness than the one asked for cosigned (rule 25)", [(w2, when)], one)
    short("one-log-of-two", "one of the two logs is not cosigned (rule 25)", lambda log: [(w1, when)] if log is made.reg else [], one)
    short("registrar-not-cosigned", "the registrar's log is not cosigned, and who the quarry is rests on it (rule 25)", lambda log: [(w1, when)] if log is made.quarry else [], one)
    short("one-of-three", "one of three witnesses cosigned, two are asked for (rule 25)", [(w1, when)], of_three)
    short("same-witness-twice", "one witness cosigned twice, two are asked for (rule 25)", [(w1, when), (w1, when + 60)], of_three)
    twin = Witness(w1.name, key_of("not the witness"))
    short("name-without-key", "a stranger cosigned under the witness's name (rule 25)", [(twin, when)], one)
    add("quorum-short-and-mismatch", "the quorum is not met and the origin contradicted: what was found still counts (RULES 14a)",
        made.passport(), "mismatch", "origin_contradicted", also=["quorum_not_met"], trust=one, contract=contract(quarry="South Quarry"))


def balances(add):
    """RULES 7, 8, 18, 19 and DESIGN §10."""
    over = Works("eight slabs", slabs=8)
    add("yield-eight-slabs", "eight slabs of 60 mm with kerfs of 7 mm out of 500 mm: seven are possible (RULES 18)", over.passport(),
        "over_yield", "over_yield", {"count": 8, "limit": 7}, trust=over.trust, contract=NORTH)
    add("yield-no-contract", "without a contract too much is too much (RULES 6)", over.passport(), "over_yield", "over_yield",
        {"count": 8, "limit": 7}, trust=over.trust)
    tiles = Small("volume")
    batch = lambda amount, size: {"amount": amount, "item": item(60), "kind": "batch", "unit": "piece", "measure": {"size": size}}  # noqa: E731
    # Gross 2000 × 1000 × 800 = 1.6 m³; 800 tiles of 1000 × 1000 × 3 mm would be 2.4 m³.
    cut = tiles.quarry.record("split", day(2, 5), inputs=[tiles.extract.state(0)], outputs=[batch(800, [1000, 1000, 3])])
    add("yield-by-volume", "2.4 m³ of tiles out of a block of 1.6 m³ gross (RULES 18)",
        chain([(cut, 0)], [tiles.site, tiles.admit, tiles.extract, cut]), "over_yield", "over_yield",
        {"count": 2_400_000_000, "limit": 1_600_000_000}, trust=tiles.trust, contract=NORTH)
    heavy = Small("mass")
    lot = {**batch(100, [500, 500, 30]), "measure": {"mass": 4_100_000, "size": [500, 500, 30]}}
    cut = heavy.quarry.record("split", day(2, 5), inputs=[heavy.extract.state(0)], outputs=[lot])
    add("yield-by-mass", "4.1 t out of a block of 4.0 t: at most 4.08 t may leave (RULES 7)",
        chain([(cut, 0)], [heavy.site, heavy.admit, heavy.extract, cut]), "over_yield", "mass_not_closed",
        {"count": 4_100_000, "limit": 4_080_000}, trust=heavy.trust, contract=NORTH)
    waste = Small("waste")
    lot = {**lot, "measure": {"mass": 3_000_000, "size": [500, 500, 30]}}
    cut = waste.quarry.record("split", day(2, 5), inputs=[waste.extract.state(0)], outputs=[lot], waste={"mass": 1_100_000})
    add("yield-with-waste", "3.0 t and 1.1 t of waste out of 4.0 t (RULES 7)",
        chain([(cut, 0)], [waste.site, waste.admit, waste.extract, cut]), "over_yield", "mass_not_closed", trust=waste.trust, contract=NORTH)
    stack = Small("two saws")
    rest = {"amount": 1, "item": item(30), "kind": "block", "unit": "piece", "measure": {"net": [1900, 400, 700], "gross": [1900, 400, 700]}}
    slab = lambda n: {"amount": 1, "item": item(200 + n), "kind": "slab", "unit": "piece", "measure": {"size": [1900, 700, 90]}}  # noqa: E731
    saw = {"axis": "w", "kerf": 10, "thickness": 90}
    one = stack.quarry.record("split", day(2, 5), inputs=[stack.extract.state(0)], outputs=[rest, *map(slab, range(5))], saw=saw)
    two = stack.quarry.record("split", day(2, 6), inputs=[one.state(0)], outputs=[*map(slab, range(5, 11))], saw=saw)
    add("yield-in-two-saw-steps", "five slabs and six of the rest: eleven out of 1000 mm, ten are possible (RULES 18)",
        chain([(two, 0)], [stack.site, stack.admit, stack.extract, one, two]), "over_yield", "over_yield", {"count": 11, "limit": 10},
        trust=stack.trust, contract=NORTH)
    lots(add)


def lots(add):
    """What is counted may not grow: portions, packs, crates that are opened again."""
    lot = {"amount": 100, "item": item(5), "kind": "batch", "unit": "piece"}

    def heap(name):
        return Small(name, extract={"outputs": [lot]}, dispatch={"outputs": [lot]})

    def over(name, why, made, events, about, **facts):
        add(f"yield-{name}", why, chain([about], [made.site, made.admit, made.extract, *events]), "over_yield", "over_yield",
            facts, trust=made.trust, contract=NORTH)

    made = heap("portions")
    parts = [{**lot, "item": item(300 + n), "amount": 60} for n in range(2)]
    cut = made.quarry.record("split", day(2, 5), inputs=[made.extract.state(0)], outputs=parts)
    over("portions", "portions of 60 and 60 out of 100 pieces (DESIGN §6)", made, [cut], (cut, 0), count=120, limit=100)
    crate = {"amount": 1, "item": item(7), "kind": "crate", "unit": "piece"}
    made = heap("pack")
    crates = [{**crate, "item": item(7 + n), "contents": [{"amount": 60, "in": 0}]} for n in range(2)]
    packed = made.quarry.record("pack", day(2, 5), inputs=[made.extract.state(0)], outputs=crates)
    over("pack-contents", "two crates of 60 packed out of 100 pieces (DESIGN §6)", made, [packed], (packed, 0), count=120, limit=100)
    made = heap("unpack")
    packed = made.quarry.record("pack", day(2, 5), inputs=[made.extract.state(0)], outputs=[{**crate, "contents": [{"amount": 100, "in": 0}]}])
    opened = made.quarry.record("unpack", day(2, 6), inputs=[packed.state(0)], outputs=[{**lot, "amount": 101}])
    over("unpack", "101 pieces out of a crate of 100 (DESIGN §6)", made, [packed, opened], (opened, 0), count=101, limit=100)
    made = heap("unpack other")
    packed = made.quarry.record("pack", day(2, 5), inputs=[made.extract.state(0)], outputs=[{**crate, "contents": [{"amount": 100, "in": 0}]}])
    opened = made.quarry.record("unpack", day(2, 6), inputs=[packed.state(0)],
                                outputs=[{"amount": 1, "item": item(99), "kind": "block", "unit": "piece"}])
    over("unpack-of-another-thing", "a block out of a crate of setts: unpack gives what its pack consumed (DESIGN §6)", made,
         [packed, opened], (opened, 0))
    made = heap("grown by correction")
    label = made.quarry.record("label", day(2, 5), inputs=[made.extract.state(0)], outputs=[lot], label={"action": "bind"})
    grown = made.quarry.record("correct", day(2, 9), inputs=[label.state(-1), label.state(0)],
                               outputs=[{**lot, "amount": 150}], corrects={"event": label.id})
    over("correction-of-a-label", "a correction makes 150 of the 100 pieces that were labelled (FORMATS 12 and 20)", made,
         [label, grown], (grown, 0), count=150, limit=100)


def labels(add):
    """RULES 14 and DESIGN §6, §11."""
    made = Small("relabelled")
    new = {**made.block, "serial": "BBBB2222"}

    def relabel(name, why, outputs, event_type="label", hide=(), **fields):
        world = Small(f"relabelled {name}")
        event = world.quarry.record(event_type, day(2, 5), inputs=[world.extract.state(0)], outputs=outputs,
                                    **({"to": {"log": world.town.origin}} if event_type == "dispatch" else {}), **fields)
        hidden = [(event, h) for h in hide]
        add(f"label-{name}", why, chain([(event, 0)], [world.site, world.admit, world.extract, event], hide=hidden), "gap",
            "not_shown" if hide else "label_history_missing", trust=world.trust, contract=NORTH)

    action = {"action": "replace", "old_serial": "AAAA1111", "photo": "A" * 43, "reason": "torn", "second_person": "B"}
    relabel("without-old-serial", "a label was replaced without naming the old one (RULES 14)", [new],
            label={k: v for k, v in action.items() if k != "old_serial"})
    relabel("wrong-old-serial", "the old serial named is not that of the item (RULES 14)", [new], label={**action, "old_serial": "CCCC3333"})
    relabel("changed-by-dispatch", "a dispatch changed the serial: only label does that (DESIGN §6)", [new], "dispatch")
    relabel("withheld", "why the label was replaced is withheld (DESIGN §9)", [new], label=action, hide=["label"])
    scans(add)


def scans(add):
    made = Small()
    whole, more = made.passport(), {"trust": made.trust, "contract": NORTH}
    url = "HTTPS://EXAMPLE.ORG/Q/{}/{}"

    def scan(name, why, code, scanned):
        add(f"scan-{name}", why, whole, "not_verifiable", code, scans=scanned, **more)

    scan("foreign", "the scanned label is of an item that no passport carries (rule 27)", "label_not_carried", [url.format(item(8), "AAAA1111")])
    scan("one-of-two-foreign", "one of two scanned labels is foreign (rule 27)", "label_not_carried",
         [url.format(item(1), "AAAA1111"), url.format(item(8), "AAAA1111")])
    scan("another-serial", "the scanned serial is not the one on record (DESIGN §11)", "label_replaced", [url.format(item(1), "BBBB2222")])
    scan("nothing", "nothing was scanned (rule 27)", "label_not_carried", [])
    scan("foreign-alias", "an alias that no item has (rule 27)", "label_not_carried", ["B-2"])
    hidden = made.passport(hide=[(made.dispatch, "out.0")])
    add("scan-output-withheld", "the item's output is withheld, so no label can be matched, and the chain stops (rules 17 and 27)", hidden,
        "gap", "not_shown", also=["label_not_carried"], scans=[url.format(item(1), "AAAA1111")], **more)


class Sights:
    """Two enrolled devices of two organisations, and a block with an alias."""

    def __init__(self, name):
        self.made = made = Small(name, device=True)
        self.here, self.far = made.device, Device("town phone")
        self.admit = made.reg.record("admit", day(1, 3), party={"name": "The Town"}, sites=[],
                                     member={"country": "NL", "log": made.town.origin, "role": "authority"},
                                     enrol=self.far.public)
        self.whole = chain([(made.dispatch, 0)], [*made.events, self.admit])
        self.more = {"trust": made.trust, "contract": NORTH}

    def at_quarry(self, at="2025-06-20T09:10:00+02:00", **more):
        return sighting(self.made.quarry, self.here.key, at, 520800000, 43100000, alias="B-1", **more)

    def at_town(self, at="2025-06-20T09:40:00+02:00", lat=512200000, lon=44000000, key=None, **more):
        return sighting(self.made.town, (key or self.far).key, at, lat, lon, **{"alias": "B-1", **more})


def sightings(add):
    """RULES 7 and 22; DESIGN §9."""
    s = Sights("seen")

    def seen(name, why, found, verdict="match", code=None):
        add(f"seen-{name}", why, s.whole, verdict, code, sightings=found, **s.more)

    one, two = s.at_quarry(), s.at_town()
    seen("far-apart", "one label seen 96 km apart within 30 minutes (RULES 22)", [one, two], "duplicate", "seen_twice")
    seen("at-one-moment", "one label seen 96 km apart at one moment (RULES 22)", [one, s.at_town(one["at"])], "duplicate", "seen_twice")
    seen("earlier-there", "the order of the sightings does not matter (RULES 22)", [two, one], "duplicate", "seen_twice")
    seen("slowly", "96 km within two hours is no wonder (RULES 22)", [one, s.at_town("2025-06-20T11:10:00+02:00")])
    seen("nearby", "5 km are no distance (RULES 22)", [one, s.at_town(lat=520800000, lon=43800000)])
    seen("imprecise", "the position errors add up to more than the distance (RULES 22)", [one, s.at_town(error_mm=100_000_000)])
    seen("by-a-stranger", "a device that nobody enrolled: anonymous scans keep no position (DESIGN §9)", [one, s.at_town(key=Device("stranger"))])
    seen("altered", "a sighting was changed after it was signed: it does not count (DESIGN §9)", [one, {**two, "lat": two["lat"] + 1}])
    seen("another-item", "the second sighting is of another item (RULES 22)", [one, s.at_town(alias="B-2")])
    seen("once", "the same sighting twice is one (RULES 22)", [two, two])
    forged = sighting(s.made.quarry, s.far.key, two["at"], two["lat"], two["lon"], alias="B-1")
    seen("by-a-device-of-another-log", "the device is enrolled for another log than the sighting names (DESIGN §4)", [one, forged])
    enrolments(add)
    resolves(add)


def enrolments(add):
    """DESIGN §4: which devices count."""
    s = Sights("enrolled")
    town = s.made.town
    one, two = s.at_quarry(), s.at_town()

    def seen(name, why, events, found, verdict="match", code=None):
        whole = chain([(s.made.dispatch, 0)], [*s.made.events, s.admit, *events])
        add(f"seen-{name}", why, whole, verdict, code, sightings=found, **s.more)

    second, third = Device("town phone 2"), Device("town phone 3")
    enrolled = town.record("device", day(3, 1), device=s.far, enrol=second.public)
    smuggled = town.record("device", day(3, 2), enrol=third.public)
    lost = town.record("device", day(3, 3), device=second, withdrawn=s.far.public)
    seen("by-a-second-device", "a later device was enrolled by an event that an earlier one signed (DESIGN §4)", [enrolled],
         [one, s.at_town(key=second)], "duplicate", "seen_twice")
    seen("by-a-device-enrolled-unsigned", "the host alone enrolled the device: it does not count (DESIGN §4)", [smuggled], [one, s.at_town(key=third)])
    seen("by-a-withdrawn-device", "the device was withdrawn before: it does not count (DESIGN §4)", [enrolled, lost], [one, two])


def resolves(add):
    """RULES 13: who may close a duplicate."""
    s = Sights("resolved")
    one, two = s.at_quarry(), s.at_town()
    digests = [b64u(sha(dump(x).encode())) for x in (one, two)]

    def resolve(name, why, verdict, code=None, also=(), role="verifier", listed=True, about=None, kind="resolve", admitted=True):
        verifier = Ledger(f"Verifier {name}", "verifier")
        reg = s.made.reg.fork()
        reg_admit = reg.record("admit", day(1, 5), party={"name": verifier.name}, sites=[],
                               member={"country": "NL", "log": verifier.origin, "role": role})
        reg_admit.log = reg
        said = verifier.record("attest", day(6, 23), kind=kind, about=about or {"genuine": digests[0], "sightings": digests})
        packets = [verifier.packet([said])] + ([reg.packet([reg_admit])] if admitted else [])
        evidence = {"v": 1, "items": [ref(said, -1)], "packets": packets, "clear": None}
        add(f"resolve-{name}", why, [s.whole, evidence], verdict, code, also=also, sightings=[one, two],
            trust=trust([s.made.reg], verifiers=[verifier] if listed else []), contract=NORTH)

    resolve("trusted", "a verifier the reader lists resolved the two sightings (RULES 13)", "match", also=["resolved"])
    resolve("not-listed", "the reader does not list the verifier (RULES 13)", "duplicate", "seen_twice", listed=False)
    resolve("not-a-verifier", "the log is listed and admitted as a trader (RULES 13)", "duplicate", "seen_twice", role="trader")
    resolve("not-admitted", "the verifier is listed and no admission is shown (RULES 13)", "duplicate", "seen_twice", admitted=False)
    resolve("of-one-sighting", "the resolve names one of the two sightings (RULES 13)", "duplicate", "seen_twice",
            about={"genuine": digests[0], "sightings": digests[:1]})
    resolve("of-another-genuine", "the resolve holds neither of the two to be genuine (RULES 13)", "duplicate", "seen_twice",
            about={"genuine": "A" * 43, "sightings": digests})
    resolve("confirm-only", "an attest that confirms closes nothing (DESIGN §6)", "duplicate", "seen_twice", kind="confirm")


class Later:
    """A delivery, three logs that go on afterwards, and a note that answers for all of it."""

    def __init__(self, name="later"):
        self.made = made = Small(name)
        for log in (made.reg, made.town):
            log.record("site", day(3, 1), site={"kind": "yard", "name": "Yard"})
        self.reader = {"trust": trust([made.reg], monitors=[MONITOR]), "contract": NORTH}
        self.logs = [(made.reg, 3), (made.quarry, 3), (made.town, 1)]
        marker = lambda event, out=-1: event.state(out)["_marker"]  # noqa: E731
        self.site, self.admit = marker(made.site), marker(made.admit)
        self.record, self.goods = marker(made.extract), marker(made.extract, 0)
        self.sent_record, self.sent = marker(made.dispatch), marker(made.dispatch, 0)
        self.used = [(made.quarry.origin, 1)]
        self.seen = {m: [] for m in (self.site, self.admit, self.record, self.sent_record, self.sent)} | {self.goods: self.used}

    def passport(self, seen=None, logs=None, hide=()):
        seen = self.seen if seen is None else {**self.seen, **seen}
        return self.noted(MONITOR.clear(logs or self.logs, seen), hide)

    def noted(self, note, hide=()):
        return {**self.made.passport(hide=hide), "clear": note}


def later(add):
    """Rule 30: what a clear note shows of things left out; docs/later_events.md."""
    it = Later()
    made, quarry, reg = it.made, it.made.quarry.origin, it.made.reg.origin

    def seen(name, why, markers, verdict, code=None, **more):
        add(f"later-{name}", why, it.passport(markers), verdict, code, **more, **it.reader)

    seen("nothing", "a monitor that follows all logs saw no use but the one that is shown", {}, "match", absent=["not_checked_for_later"])
    seen("correction", "a monitor saw a correction of the extract that is left out (DESIGN §8)", {it.record: [(quarry, 2)]}, "gap", "link_missing")
    seen("void-of-the-dispatch", "a monitor saw a void of the dispatch that is left out (DESIGN §8)",
         {it.sent_record: [(quarry, 2)], it.sent: [(quarry, 2)]}, "gap", "link_missing")
    seen("second-dispatch", "a monitor saw a second dispatch of the block that is left out (DESIGN §8)",
         {it.goods: [*it.used, (quarry, 2)]}, "duplicate", "spent_twice")
    seen("revocation", "a monitor saw the admission's record used: it was revoked or corrected (DESIGN §8)", {it.admit: [(reg, 2)]}, "gap", "link_missing")
    seen("correction-of-the-site", "a monitor saw the record of the site used: it was corrected or voided (DESIGN §8)", {it.site: [(reg, 2)]}, "gap", "link_missing")
    seen("use-by-the-receiver", "a monitor saw the town use what was sent to it: that is its right (FORMATS 18)",
         {it.sent: [(made.town.origin, 0)]}, "match", also=["undecided_use"])
    seen("by-a-stranger", "a monitor saw the marker in a log that could not hold the state: it proves nothing (DESIGN §4)",
         {it.goods: [*it.used, (reg, 1)]}, "match")
    add("later-second-dispatch-unknown-monitor", "the reader knows no monitor: the note says nothing (rule 30)",
        it.passport({it.goods: [*it.used, (quarry, 2)]}), "match", also=["not_checked_for_later"], trust=made.trust, contract=NORTH)
    add("later-not-checked", "without a clear note it is said that nobody looked for later use (DESIGN §8)", made.passport(), "match",
        also=["not_checked_for_later"], **it.reader)
    unanswered(add, it)


def unanswered(add, it):
    """A note that does not answer for all that is shown is no clear note for the rest."""
    made = it.made

    def open_(name, why, content):
        add(f"later-{name}", why, content, "match", also=["not_checked_for_later"], **it.reader)

    open_("not-asked", "a note that names none of the markers says nothing of them (rule 30)", it.noted(MONITOR.clear(it.logs, {})))
    one_less = {m: places for m, places in it.seen.items() if m != it.admit}
    open_("one-not-asked", "a note that leaves out the admission's record (rule 30)", it.noted(MONITOR.clear(it.logs, one_less)))
    open_("log-not-followed", "a note of a monitor that does not follow the town's log, which could use the block (rule 30)", it.passport(logs=it.logs[:2]))
    older = [(made.reg, 3), (made.quarry, 2), (made.town, 1)]
    open_("note-older", "a note that saw fewer entries of the quarry's log than the passport's checkpoint covers (rule 30)", it.passport(logs=older))
    open_("receiver-withheld", "to is withheld, so who could use the block is not known (rules 18 and 30)", it.passport(hide=[(made.dispatch, "to")]))


def taken_back(add):
    """FORMATS 19: what was accepted is not there to take back, whoever is told so."""
    made = Small("taken back")
    other = Ledger("Another Town", "authority")
    admits = [made.reg.record("admit", day(1, 9), party={"name": log.name}, sites=[],
                              member={"country": "NL", "log": log.origin, "role": "authority"}) for log in (made.town, other)]
    accepted = made.town.record("accept", day(2, 4), inputs=[made.dispatch.state(0)], accept={"result": "accepted"})
    voided = made.quarry.record("void", day(2, 6), inputs=[made.dispatch.state(-1), made.dispatch.state(0)],
                                outputs=[made.block], voids={"event": made.dispatch.id})
    again = made.quarry.record("dispatch", day(2, 7), inputs=[voided.state(0)], outputs=[made.block], to={"log": other.origin})
    events = [*made.events, *admits, voided, again]
    second, more = chain([(again, 0)], events), {"trust": made.trust, "contract": NORTH}
    add("taken-back-and-sent-again", "a dispatch was voided and sent to somebody else, and nobody shows that it was accepted",
        second, "match", also=["voided"], **more)
    add("taken-back-after-acceptance", "the first town shows that it had accepted what was taken back (FORMATS 19)",
        [second, chain([(accepted, -1)], [*admits, accepted])], "duplicate", "spent_twice", **more)
    add("taken-back-after-acceptance-silently", "the acceptance is shown without its head: its marker counts (FORMATS 21)",
        chain([(again, 0)], events, silent=[accepted]), "duplicate", "spent_twice", **more)
    reader = {"trust": trust([made.reg], monitors=[MONITOR]), "contract": NORTH}
    shown = [made.site, made.admit, made.extract, made.dispatch, voided, again]
    seen = {event.state(out)["_marker"]: [] for event in shown for out in (-1, *range(len(event.outputs)))}
    for spender in (made.dispatch, voided, again):
        for marker in spender.entry["spends"]:
            seen[marker] = [(made.quarry.origin, spender.seq)]
    other.record("site", day(3, 1), site={"kind": "yard", "name": "Yard"})
    logs = [(made.reg, 4), (made.quarry, 5), (made.town, 1), (other, 1)]
    noted = lambda places: {**chain([(again, 0)], events), "clear": MONITOR.clear(logs, places)}  # noqa: E731
    taken = made.dispatch.state(0)["_marker"]
    add("taken-back-monitor-saw-nothing", "a monitor that follows all logs saw no use but the void (rule 30)", noted(seen), "match",
        absent=["not_checked_for_later"], **reader)
    add("taken-back-monitor-saw-acceptance", "a monitor saw the first town use what was taken back (rule 30)",
        noted({**seen, taken: [*seen[taken], (made.town.origin, 0)]}), "duplicate", "spent_twice", **reader)
    add("taken-back-not-asked", "the note was not asked about what was taken back, and says nothing of it (rule 30)",
        noted({m: places for m, places in seen.items() if m != taken}), "match", also=["not_checked_for_later"], **reader)


def packs(add):
    """RULES 4: labelled things in a crate are units of their own, unlabelled ones share."""
    made = Small("packed")
    south = made.reg.record("site", day(1, 4), site=site_value("South Quarry", "South"))
    digger = Ledger("South Operator")
    admit = made.reg.record("admit", day(1, 5), party={"name": digger.name},
                            sites=[{"from": None, "parcels": [], "role": "operator", "site": south.id, "to": None}],
                            member={"country": "IN", "log": digger.origin, "role": "quarry operator"})
    block = {**made.block, "item": item(2), "aliases": ["S-1"], "serial": "CCCC3333"}
    dug = digger.record("extract", day(2, 1), outputs=[block], site={"site": south.id}, block={"number": "S-1"})
    sent = digger.record("dispatch", day(2, 2), inputs=[dug.state(0)], outputs=[block], to={"log": made.quarry.origin})
    taken = made.quarry.record("receive", day(2, 3), inputs=[sent.state(0)], outputs=[block])
    events = [made.site, south, made.admit, admit, made.extract, dug, sent, taken]
    crate = {"amount": 1, "item": item(7), "kind": "crate", "unit": "piece", "contents": [{"amount": 1, "in": 0}, {"amount": 1, "in": 1}]}
    packed = made.quarry.record("pack", day(2, 5), inputs=[made.extract.state(0), taken.state(0)], outputs=[crate])
    add("partial-labelled-in-a-crate", "two labelled blocks in a crate, one of another quarry: separate units (RULES 4)",
        chain([(packed, 0)], [*events, packed]), "partial", "origin_contradicted", trust=made.trust, contract=NORTH)
    bare = lambda log, e, n: log.record("split", day(2, 4), inputs=[e.state(0)], outputs=[  # noqa: E731
        {"amount": 1, "item": item(n), "kind": "slab", "unit": "piece", "measure": {"size": [100, 100, 30]}}])
    one, two = bare(made.quarry, made.extract, 31), bare(made.quarry, taken, 32)
    packed = made.quarry.record("pack", day(2, 6), inputs=[one.state(0), two.state(0)], outputs=[crate])
    add("mixed-unlabelled-in-a-crate", "two slabs without labels in a crate, one of another quarry: they share (RULES 4)",
        chain([(packed, 0)], [*events, one, two, packed]), "mixed", "origin_contradicted", {"per_mille": 500}, trust=made.trust, contract=NORTH)


def sources(add):
    """RULES 1, 3, 4, 5, 10 and 17: declared, mixed and partial."""
    def bought(name, source, asked, verdict, code=None, why="", **more):
        made = Small(name)
        trader = Ledger("The Trader", "trader")
        admit = made.reg.record("admit", day(1, 4), party={"name": trader.name}, sites=[],
                                member={"country": "NL", "log": trader.origin, "role": "trader"})
        lot = {"amount": 100, "item": item(70), "kind": "batch", "unit": "piece", "measure": {"size": [600, 400, 60]}}
        got = trader.record("acquire", day(3, 1), outputs=[lot], **({"source": source} if source else {}))
        sent = trader.record("dispatch", day(3, 2), inputs=[got.state(0)], outputs=[lot], to={"log": made.town.origin})
        hide = [(got, "source")] if more.pop("hidden", False) else []
        add(f"source-{name}", why, chain([(sent, 0)], [admit, got, sent], hide=hide), verdict, code, trust=made.trust, contract=asked)

    full = {"block": "L-9", "operator": "Somebody", "quarry": "North Quarry", "words": ""}
    bought("declared", full, NORTH, "declared", "declared_only", "an importer alone declares quarry, operator and lot (DESIGN §6)")
    bought("declared-elsewhere", full, contract(quarry="South Quarry"), "mismatch", "origin_contradicted",
           "a declared origin other than the one named contradicts it (RULES 5)")
    bought("without-operator", {"block": "L-9", "quarry": "North Quarry", "words": ""}, NORTH, "gap", "origin_unknown",
           "declared only with operator and block or lot number (DESIGN §6)")
    bought("without-lot", {"operator": "Somebody", "quarry": "North Quarry", "words": ""}, NORTH, "gap", "origin_unknown",
           "declared only with operator and block or lot number (DESIGN §6)")
    bought("hearsay", {"legibility": "illegible", "quarry": "", "words": "North, surely"}, NORTH, "gap", "origin_unknown",
           "hearsay is unknown (DESIGN §6)")
    bought("without-source", None, NORTH, "gap", "origin_unknown", "bought without a word about its origin (DESIGN §6)")
    bought("withheld", full, NORTH, "gap", "not_shown", "where it was bought is withheld (DESIGN §9)", hidden=True)
    bought("declared-no-contract", full, None, "declared", "declared_only", "without a contract it is declared too (RULES 6)")
    one_sided(add)
    mixtures(add)


def one_sided(add):
    def alone(name, why, verdict, code=None, late=None, also=(), hide=()):
        made = Small(f"one-sided {name}")
        town = made.town
        admit = made.reg.record("admit", day(1, 4), party={"name": "The Town"}, sites=[],
                                member={"country": "NL", "log": town.origin, "role": "authority"})
        taken = town.record("receive", day(2, 10), outputs=[made.block],
                            source={"block": "B-1", "operator": "Quarry Operator", "quarry": "North Quarry", "words": ""})
        events = [made.site, made.admit, admit, made.extract, taken]
        if late:
            received, to, sender = late(made, taken)
            event = sender.record("dispatch", day(2, 20), inputs=[made.extract.state(0)], to=to, received=received)
            events.append(event)
        add(f"one-sided-{name}", why, chain([(taken, 0)], events), verdict, code, also=also, trust=made.trust, contract=NORTH)

    alone("receive", "recorded by one side it counts as declared (DESIGN §6)", "declared", "declared_only", also=["one_sided"])
    right = lambda m, t: ({"event": t.id, "outs": [0]}, {"log": m.town.origin}, m.quarry)  # noqa: E731
    alone("late-dispatch", "the sender's late dispatch names the receive (RULES 17)", "match", late=right)
    alone("late-dispatch-to-another", "the late dispatch was sent to somebody else (RULES 17)", "declared", "declared_only", also=["one_sided"],
          late=lambda m, t: ({"event": t.id, "outs": [0]}, {"log": m.reg.origin}, m.quarry))
    alone("late-dispatch-of-another-receive", "the late dispatch names another receive (RULES 17)", "declared", "declared_only", also=["one_sided"],
          late=lambda m, t: ({"event": "A" * 43, "outs": [0]}, {"log": m.town.origin}, m.quarry))


def mixtures(add):
    """Two heaps of two quarries in one lot, and two crates of different lots."""
    made = Small("mixed")
    south = made.reg.record("site", day(1, 4), site=site_value("South Quarry", "South"))
    digger = Ledger("South Operator")
    admit = made.reg.record("admit", day(1, 5), party={"name": digger.name},
                            sites=[{"from": None, "parcels": [], "role": "operator", "site": south.id, "to": None}],
                            member={"country": "IN", "log": digger.origin, "role": "quarry operator"})
    factory = Ledger("The Factory", "factory")
    admit_f = made.reg.record("admit", day(1, 6), party={"name": factory.name}, sites=[],
                              member={"country": "CN", "log": factory.origin, "role": "factory"})
    heaps, events = [], [made.site, south, made.admit, admit, admit_f]
    for log, site, grams, number in ((made.quarry, made.site, 30_000_000, 81), (digger, south, 10_000_000, 82)):
        out = {"amount": grams, "item": item(number), "kind": "batch", "unit": "g"}
        heap = log.record("extract", day(5, 1), outputs=[out], site={"site": site.id}, block={"number": f"H-{number}"})
        sent = log.record("dispatch", day(5, 2), inputs=[heap.state(0)], outputs=[out], to={"log": factory.origin})
        taken = factory.record("receive", day(5, 3), inputs=[sent.state(0)], outputs=[out])
        heaps.append(taken)
        events += [heap, sent, taken]
    lot = {"amount": 13520, "item": item(83), "kind": "batch", "unit": "piece", "measure": {"mass": 25_960_000, "size": [100, 100, 80]}}
    setts = factory.record("split", day(5, 10), inputs=[h.state(0) for h in heaps], outputs=[lot], home_work={"per_mille": 350})
    more = {"trust": made.trust}
    add("mixed-two-quarries", "75 % of the lot is from the quarry named, 25 % from another (RULES 3)", chain([(setts, 0)], [*events, setts]),
        "mixed", "origin_contradicted", {"per_mille": 250}, also=["home_work"], contract=NORTH, **more)
    add("mixed-home-work", "home work counts for the factory as its own declaration (RULES 10)", chain([(setts, 0)], [*events, setts]),
        "declared", "declared_only", also=["home_work"], contract=contract(factory="The Factory"), **more)
    add("mixed-one-source-left-out", "a quarter of the lot has no origin shown (DESIGN §8)",
        chain([(setts, 0)], [*[e for e in events if e.log is not digger], setts]), "gap", "link_missing", contract=NORTH, **more)
    add("partial-two-heaps", "two separate units, one of the quarry named and one of another (RULES 1)",
        chain([(h, 0) for h in heaps], events), "partial", "origin_contradicted", contract=NORTH, **more)


def build(add):
    for part in (contradicted, withheld, missing, holders, double_uses, admissions, quorums, balances, labels, sightings, later, taken_back, packs, sources):
        part(add)
