"""Every way in which stone moves, recorded as people record it, and what a reader is told afterwards.

usage: movement.py BINARY

Several organisations keep their logs in one directory, so that goods change hands without files. Each test has a
copy of it of its own. docs/events.md names these tests. Ends with "N passed, N failed".
"""
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ORGANISATIONS = (("Register", "registrar", "BE"), ("Quarry P", "quarry operator", "IN"), ("Quarry Q", "quarry operator", "IN"),
                 ("Factory", "factory", "CN"), ("Yard", "factory", "IN"), ("Trader", "trader", "CN"), ("Importer", "importer", "NL"))
DIGEST = "RtOVf5n8gWqHcJ1yqk0oQbq8v3Qm3dPZkFv0c7m1w2A"
PIT = {"quarry": "Pit"}
PIT_AND_FACTORY = {"quarry": "Pit", "factory": "Factory"}


class World:
    def __init__(self, binary, directory):
        self.binary, self.directory = binary, pathlib.Path(directory)
        self.node = self.directory / "n"

    def run(self, *arguments, text=None):
        return subprocess.run([self.binary, *map(str, arguments)], input=text, capture_output=True, text=True, check=False)

    def found(self):
        for name, role, country in ORGANISATIONS:
            made = self.run("init", self.node, "--name", name, "--role", role, "--country", country, "--json")
            assert made.returncode == 0, made.stderr
            if role == "registrar":
                trust = {"v": 1, "registrars": [json.loads(made.stdout)["vkey"]], "monitors": [], "verifiers": [], "pinned": [], "policy": ""}
                (self.directory / "trust.json").write_text(json.dumps(trust), encoding="utf-8")
        self.record("Register", "site", site={"kind": "quarry", "name": "Pit", "country": "IN", "quarry": "Pit", "parcels": ["P", "Q"]})
        self.record("Register", "site", site={"kind": "factory", "name": "Factory hall", "country": "CN"})
        self.record("Register", "site", site={"kind": "yard", "name": "Yard", "country": "IN"})
        sites = {"Quarry P": ("Pit", "operator", ["P"]), "Quarry Q": ("Pit", "operator", ["Q"]), "Factory": ("Factory hall", "factory", []), "Yard": ("Yard", "yard", [])}
        for name, role, country in ORGANISATIONS[1:]:
            self.admit(name, role, country, *sites.get(name, ()))

    def admit(self, name, role, country, site=None, as_role=None, parcels=()):
        more = {"sites": [{"site": site, "role": as_role, "parcels": list(parcels), "from": None, "to": None}]} if site else {}
        self.record("Register", "admit", party={"name": name}, member={"log": name, "role": role, "country": country}, **more)

    def attempt(self, log, event_type, inputs=None, outputs=None, key=None, at=None, **fields):
        line = {"type": event_type}
        for name, value in (("key", key), ("at", at), ("inputs", inputs), ("outputs", outputs), ("fields", fields)):
            if value is not None:
                line[name] = value
        return self.run("record", "--dir", self.node, "--log", log, "--json", "-", text=json.dumps(line))

    def record(self, log, event_type, **line):
        done = self.attempt(log, event_type, **line)
        assert done.returncode == 0, f"{event_type} by {log}: {done.stderr}"
        return json.loads(done.stdout)["events"][0]

    def refused(self, text, log, event_type, **line):
        done = self.attempt(log, event_type, **line)
        assert done.returncode == 1, f"{event_type} by {log} was not refused: {done.stdout}"
        assert text in done.stderr, f"expected {text!r} in: {done.stderr}"

    def dig(self, log, block, parcel):
        self.record(log, "extract", key=block, site={"site": "Pit", "parcel": parcel}, stone={"name": "Pit Black", "family": "dolerite"}, block={"number": block},
                    outputs=[{"kind": "block", "label": True, "aliases": [block], "measure": {"gross": [2800, 1700, 1600], "net": [2700, 1600, 1500], "mass": 20600000}}])

    def hand_over(self, giver, taker, items, **fields):
        self.record(giver, "dispatch", inputs=items, to={"log": taker}, **fields)
        self.record(taker, "receive", inputs=items)

    def block_at_factory(self, quarry, block, parcel):
        self.dig(quarry, block, parcel)
        self.hand_over(quarry, "Factory", [block])

    def saw(self, block, slabs, count, *more):
        self.record("Factory", "split", inputs=[block], site={"site": "Factory hall"}, saw={"axis": "w", "kerf": 7, "thickness": 60}, key=f"saw {block}",
                    outputs=[{"kind": "slab", "label": True, "count": count, "aliases": [slabs + "/{n}"], "measure": {"size": [2600, 1400, 60]}}, *more])

    def send_waste(self):
        for log, lot, parcel, mass in (("Quarry P", "LOT-P", "P", 30_000_000), ("Quarry Q", "LOT-Q", "Q", 10_000_000)):
            self.record(log, "extract", site={"site": "Pit", "parcel": parcel}, stone={"name": "Pit Buff", "family": "sandstone"}, block={"number": lot},
                        outputs=[{"kind": "batch", "amount": mass, "unit": "g", "aliases": [lot], "measure": {"mass": mass}}])
            self.hand_over(log, "Yard", [lot])

    def pool(self, mass=25_960_000):
        self.record("Yard", "split", inputs=["LOT-P", "LOT-Q"], site={"site": "Yard"}, home_work={"per_mille": 350}, waste={"mass": 14_040_000},
                    outputs=[{"kind": "batch", "amount": 13520, "aliases": ["SETTS"], "measure": {"size": [100, 100, 80], "mass": mass}}])

    def item(self, name):
        return json.loads(self.run("item", "show", "--dir", self.node, name, "--json").stdout)

    def now(self, name):
        current = self.item(name)["current"]
        assert len(current) == 1, f"{name} has {len(current)} states"
        return current[0]

    def judge(self, log, items, criteria=None):
        passport, contract = self.directory / "passport.json", self.directory / "contract.json"
        made = self.run("passport", "export", "--dir", self.node, "--log", log, *[word for item in items for word in ("--item", item)], "--force", "-o", passport)
        assert made.returncode == 0, made.stderr
        if criteria is None:
            checked = self.run("passport", "verify", "--json", "--trust", self.directory / "trust.json", passport)
        else:
            contract.write_text(json.dumps({"id": "C", "criteria": criteria, "lines": [{"amount": 1, "unit": "piece"}]}), encoding="utf-8")
            checked = self.run("contract", "check", "--json", "--contract", contract, "--trust", self.directory / "trust.json", passport)
        report = json.loads(checked.stdout)
        return report.get("report", report)


def codes(report):
    return {finding["code"] for finding in [*report["findings"], *[f for unit in report["units"] for f in unit["findings"]]]}


def equal(got, expected):
    assert got == expected, f"expected {expected!r}, got {got!r}"


def portions_are_outputs_of_one_split_and_not_more_than_was_drawn(w):
    w.send_waste()
    w.pool()
    portions = lambda *amounts: [{"kind": "batch", "amount": amount, "aliases": [f"PORTION-{amount}"], "measure": {"size": [100, 100, 80]}} for amount in amounts]  # noqa: E731
    w.refused("portions add up to 13521 piece, but only 13520 were drawn", "Yard", "split", inputs=["SETTS"], outputs=portions(13_000, 521))
    w.record("Yard", "split", inputs=["SETTS"], outputs=portions(13_000, 520))
    equal(w.now("PORTION-13000")["output"]["amount"], 13_000)
    equal(w.item("SETTS")["current"], [])  # lots are closed


def a_part_draw_leaves_its_remainder_as_an_output_of_the_same_item(w):
    w.send_waste()
    w.pool()
    number = w.item("SETTS")["item"]
    w.record("Yard", "pack", inputs=[{"item": "SETTS", "amount": 520}], outputs=[{"kind": "crate", "aliases": ["C1"], "contents": [{"in": 0, "amount": 520}]}])
    rest = w.now("SETTS")["output"]
    equal((rest["amount"], rest["item"], rest["measure"]["mass"]), (13_000, number, 25_960_000 * 13_000 // 13_520))
    w.refused("takes the whole", "Yard", "dispose", inputs=[{"item": "SETTS", "amount": 10}], reason={"text": "x"})


def pooling_keeps_shares_by_mass_and_the_declared_home_work(w):
    w.send_waste()
    w.pool()
    report = w.judge("Yard", ["SETTS"], {"parcel": "P"})
    equal(report["verdict"], "mixed")
    equal(sorted(share["per_mille"] for share in report["units"][0]["shares"]), [250, 750])
    assert "home_work" in codes(report) and "mass_not_closed" not in codes(report)


def waste_that_does_not_close_with_what_came_out_is_found(w):
    w.send_waste()
    w.pool(27_000_000)
    assert "mass_not_closed" in codes(w.judge("Yard", ["SETTS"]))


REST = {"kind": "block", "aliases": ["REST"], "measure": {"gross": [2800, 950, 1600], "net": [2700, 900, 1500]}}


def a_remnant_is_a_block_that_may_be_sawn_later(w):
    w.block_at_factory("Quarry P", "B1", "P")
    w.saw("B1", "A", 10, REST)
    w.saw("REST", "B", 13)
    equal(w.judge("Factory", ["B/1"], PIT_AND_FACTORY)["verdict"], "match")


def a_remnant_counts_in_the_same_stack(w):
    w.block_at_factory("Quarry P", "B1", "P")
    w.saw("B1", "A", 14, REST)
    w.saw("REST", "B", 13)
    equal(w.judge("Factory", ["B/1"], PIT_AND_FACTORY)["verdict"], "over_yield")


def one_order_takes_slabs_of_several_blocks_each_with_its_own_origin(w):
    w.block_at_factory("Quarry P", "B1", "P")
    w.block_at_factory("Quarry Q", "B2", "Q")
    w.saw("B1", "A", 3)
    w.saw("B2", "B", 2)
    slabs = ["A/1", "A/2", "B/1"]
    w.hand_over("Factory", "Importer", slabs)
    report = w.judge("Importer", slabs, {"quarry": "Pit", "parcel": "P"})
    equal(report["verdict"], "partial")
    equal(sorted(unit["shares"][0]["block"] for unit in report["units"]), ["B1", "B1", "B2"])


def bundles_and_crates_move_as_a_whole_and_come_apart_as_what_went_in(w):
    w.block_at_factory("Quarry P", "B1", "P")
    w.saw("B1", "A", 4)
    serial = w.now("A/3")["output"]["serial"]
    two = lambda first: [{"in": first, "amount": 1}, {"in": first + 1, "amount": 1}]  # noqa: E731
    w.record("Factory", "pack", inputs=["A/1", "A/2", "A/3", "A/4"], outputs=[{"kind": "bundle", "aliases": ["BU1"], "contents": two(0)}, {"kind": "bundle", "aliases": ["BU2"], "contents": two(2)}])
    w.record("Factory", "pack", inputs=["BU1"], outputs=[{"kind": "crate", "aliases": ["CR"], "label": True, "contents": [{"in": 0, "amount": 1}]}])
    w.refused("A/3", "Factory", "dispatch", inputs=["A/3"], to={"log": "Importer"})  # not without its crate
    w.hand_over("Factory", "Importer", ["CR", "BU2"], transport={"container": "TSTU4001019", "crates": 1, "list": "PL-1"})
    equal(w.judge("Importer", ["CR"], PIT_AND_FACTORY)["verdict"], "match")
    w.record("Importer", "unpack", inputs=["CR"])
    equal((w.now("BU1")["holder_name"], w.judge("Importer", ["BU1"], PIT_AND_FACTORY)["verdict"]), ("Importer", "match"))
    w.record("Importer", "unpack", inputs=["BU2"])
    equal((w.now("A/3")["output"]["serial"], w.now("A/3")["holder_name"]), (serial, "Importer"))
    equal(w.judge("Importer", ["A/3"], PIT_AND_FACTORY)["verdict"], "match")


def a_receipt_of_part_leaves_the_rest_in_transit_until_the_sender_takes_it_back(w):
    for block in ("B1", "B2", "B3"):
        w.dig("Quarry P", block, "P")
    w.record("Quarry P", "dispatch", key="sent", inputs=["B1", "B2", "B3"], to={"log": "Factory"})
    w.record("Factory", "receive", inputs=["B1", "B3"], outputs=[{"measure": {"mass": 20400000}}, {}])
    equal((w.now("B1")["output"]["measure"]["mass"], w.now("B1")["output"]["amount"]), (20_400_000, 1))
    equal(w.now("B2")["made_by"]["type"], "dispatch")
    w.record("Quarry P", "void", voids={"event": "key:sent"}, reason={"text": "one never left"})
    equal([w.now(block)["holder_name"] for block in ("B1", "B2")], ["Factory", "Quarry P"])
    w.refused("B2", "Factory", "receive", inputs=["B2"])


def a_surplus_is_acquired_and_weighed_amounts_carry_over(w):
    w.send_waste()
    equal(w.now("LOT-P")["output"]["amount"], 30_000_000)
    w.record("Yard", "acquire", outputs=[{"kind": "batch", "amount": 500_000, "unit": "g", "aliases": ["MORE"]}], source={"seller": "Quarry P", "words": "more than the paper says"})
    equal(w.judge("Yard", ["MORE"], PIT)["verdict"], "gap")


def a_one_sided_receipt_is_declared_and_a_late_dispatch_spends_what_it_names(w):
    w.dig("Quarry P", "B1", "P")
    received = w.record("Factory", "receive", outputs=[{"kind": "block", "aliases": ["F-1"], "label": True, "measure": {"gross": [2800, 1700, 1600], "mass": 20600000}}],
                        source={"seller": "Quarry P", "operator": "Quarry P", "quarry": "Pit", "block": "B1"})
    equal(w.judge("Factory", ["F-1"], PIT)["verdict"], "declared")
    w.record("Quarry P", "dispatch", inputs=["B1"], to={"log": "Factory"}, received={"event": received["event"], "outs": [0]})
    # The receiver gave it another number than the quarry: nothing shows that it is the same block.
    equal(w.judge("Factory", ["F-1"], PIT)["verdict"], "declared")
    w.refused("B1", "Quarry P", "dispatch", inputs=["B1"], to={"log": "Factory"})


def a_relabelling_needs_the_old_serial_a_photo_and_a_second_person_to_stay_whole(w):
    w.block_at_factory("Quarry P", "B1", "P")
    w.refused("expected the serial on record", "Factory", "label", inputs=["B1"], label={"action": "replace", "old_serial": "00000000"})
    w.record("Factory", "label", inputs=["B1"], label={"action": "replace", "reason": "torn", "old_serial": "recorded", "photo": DIGEST, "second_person": "a foreman"})
    report = w.judge("Factory", ["B1"], PIT)
    equal((report["verdict"], "relabelled" in codes(report)), ("match", True))
    w.block_at_factory("Quarry P", "B2", "P")
    w.record("Factory", "label", inputs=["B2"], label={"action": "replace", "reason": "torn", "photo": DIGEST, "second_person": "a foreman"})
    equal(w.judge("Factory", ["B2"], PIT)["verdict"], "gap")


def a_blank_label_is_claimed_once_by_the_first_event_that_names_it(w):
    made = json.loads(w.run("label", "make", "--blank", "2", "-o", w.directory / "blank.png", "--json").stdout)["labels"]
    claim = lambda label: {"outputs": [{"kind": "block", "label": label}], "source": {"seller": "a yard"}}  # noqa: E731
    w.refused("expected true, false or what a label says", "Factory", "acquire", **claim(made[0]["item"]))
    w.record("Factory", "acquire", **claim(made[0]["text"]))
    equal(w.now(made[0]["item"])["output"]["serial"], made[0]["serial"])
    w.refused(f"there is an item {made[0]['item']} already", "Importer", "acquire", **claim(f"{made[0]['item']}/{made[0]['serial']}"))


def a_correction_states_anew_what_the_event_said_and_nothing_else(w):
    w.dig("Quarry P", "B1", "P")
    corrects = {"corrects": {"event": "key:B1"}, "reason": {"text": "weighed again"}}
    w.record("Quarry P", "correct", outputs=[{"measure": {"mass": 20100000}}], block={"number": "B1a"}, **corrects)
    report = w.judge("Quarry P", ["B1"], PIT)
    equal((report["units"][0]["shares"][0]["block"], "corrected" in codes(report)), ("B1a", True))
    w.refused("has no such field to correct: saw", "Quarry P", "correct", saw={"axis": "l", "kerf": 7, "thickness": 60}, **corrects)


def a_void_gives_back_what_the_event_consumed_and_the_chain_goes_on(w):
    w.block_at_factory("Quarry P", "B1", "P")
    w.saw("B1", "A", 3)
    w.record("Factory", "void", voids={"event": "key:saw B1"}, reason={"text": "another block"})
    equal(w.item("A/1")["current"], [])
    w.record("Factory", "split", inputs=["B1"], outputs=[{"kind": "slab", "count": 4, "aliases": ["B/{n}"], "measure": {"size": [2600, 1400, 60]}}])
    equal(w.judge("Factory", ["B/1"], PIT_AND_FACTORY)["verdict"], "match")


def a_late_record_is_marked_when_it_claims_more_than_three_days_before(w):
    for hours, late in ((73, True), (71, False)):
        then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=hours)
        w.record("Quarry P", "extract", at=then.strftime("%Y-%m-%dT%H:%M:%S+00:00"), site={"site": "Pit", "parcel": "P"}, stone={"name": "Pit Black", "family": "dolerite"},
                 block={"number": "1"}, outputs=[{"kind": "block", "aliases": [f"L{hours}"]}])
        equal("late" in codes(w.judge("Quarry P", [f"L{hours}"])), late)


def a_block_market_purchase_is_declared_with_operator_and_number_and_hearsay_without(w):
    for name, verdict, source in (("D", "declared", {"operator": "Quarry P", "quarry": "Pit", "block": "17"}), ("E", "gap", {"operator": "Quarry P", "quarry": "Pit"}),
                                  ("H", "gap", {"words": "Pit", "legibility": "illegible"}), ("X", "mismatch", {"operator": "Somebody", "quarry": "Elsewhere", "block": "2"})):
        w.record("Factory", "acquire", outputs=[{"kind": "block", "aliases": [name]}], source={"seller": "yard", **source})
        equal((name, w.judge("Factory", [name], PIT)["verdict"]), (name, verdict))
    w.record("Factory", "attest", kind="confirm", about={"item": "H"}, statement={"text": "from Pit"})
    later = w.judge("Factory", ["H"], PIT)
    equal((later["verdict"], "statement" in codes(later)), ("gap", True))  # what is said later stands beside it


def an_attest_of_every_kind_is_recorded_consumes_nothing_and_travels(w):
    w.block_at_factory("Quarry P", "B1", "P")
    for kind in ("confirm", "dispute", "question", "answer", "hold", "release", "recall", "resolve", "inspection"):
        w.record("Factory", "attest", kind=kind, about={"item": "B1"}, statement={"text": "seen in the yard"})
    report = w.judge("Factory", ["B1"], PIT)
    equal(report["verdict"], "match")  # statements flag, they never block
    assert {"statement", "recall", "dispute"} <= codes(report), codes(report)
    w.now("B1")
    for about in ({"event": "key:B1"}, {"site": "Pit"}, {"marker": DIGEST}, {"sightings": [DIGEST]}):
        w.record("Quarry P", "attest", kind="resolve", about=about)
    w.refused("fields.statement: missing", "Factory", "attest", kind="inspection", about={"item": "B1"})


def several_operators_of_one_quarry_each_speak_for_their_own_parcel(w):
    w.dig("Quarry P", "B1", "P")
    w.dig("Quarry Q", "B2", "Q")
    w.dig("Quarry Q", "B3", "P")  # the neighbour's
    equal(w.judge("Quarry P", ["B1"], {"quarry": "Pit", "operator": "Quarry P"})["verdict"], "match")
    equal(w.judge("Quarry Q", ["B2"], PIT)["verdict"], "match")
    equal(w.judge("Quarry Q", ["B2"], {"operator": "Quarry P"})["verdict"], "mismatch")
    equal(w.judge("Quarry Q", ["B3"], PIT)["verdict"], "declared")


def a_trader_is_a_step_of_custody_and_never_an_origin(w):
    w.block_at_factory("Quarry P", "B1", "P")
    w.hand_over("Factory", "Trader", ["B1"])
    w.hand_over("Trader", "Importer", ["B1"])
    report = w.judge("Importer", ["B1"], PIT)
    equal((report["verdict"], report["units"][0]["shares"][0]["operator"], report["chain_length"]["hand_overs"]), ("match", "Quarry P", 3))
    w.dig("Trader", "T1", "P")  # a trader is admitted for no site
    assert w.judge("Trader", ["T1"], PIT)["verdict"] != "match"


def who_is_involved_is_never_an_origin(w):
    w.dig("Quarry P", "B1", "P")
    w.hand_over("Quarry P", "Factory", ["B1"], involved=[{"log": "Trader", "name": "Trader", "role": "exporter"}])
    report = w.judge("Factory", ["B1"], {"operator": "Trader"})
    equal((report["verdict"], report["chain_length"]["hand_overs"]), ("mismatch", 1))  # who holds nothing hands nothing over


def a_host_and_who_it_records_for_are_said(w):
    host = {"party": {"name": "Yard"}, "member": {"log": "Yard", "role": "factory", "country": "IN"}}
    w.record("Register", "admit", host={"name": "Quarry Association"}, **host)
    w.refused("fields.host: expected log or name", "Register", "admit", host={"log": "Yard", "name": "Both"}, **host)
    w.record("Quarry P", "extract", how={"by": "paper", "on_behalf_of": "A smallholder", "second_person": "a foreman"}, site={"site": "Pit", "parcel": "P"},
             stone={"name": "Pit Black", "family": "dolerite"}, block={"number": "1"}, outputs=[{"kind": "block", "aliases": ["B1"]}])
    equal(w.judge("Quarry P", ["B1"], PIT)["verdict"], "match")


def a_dispatch_says_to_whom(w):
    w.dig("Quarry P", "B1", "P")
    w.refused("fields.to: missing", "Quarry P", "dispatch", inputs=["B1"])


def extract_and_acquire_consume_nothing(w):
    w.dig("Quarry P", "B1", "P")
    block = {"inputs": ["B1"], "outputs": [{"kind": "block"}]}
    w.refused("has no inputs of its own", "Quarry P", "acquire", source={"seller": "x"}, **block)
    w.refused("has no inputs of its own", "Quarry P", "extract", site={"site": "Pit"}, stone={"name": "N", "family": "granite"}, block={"number": "2"}, **block)


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    tests = [(name, function) for name, function in globals().items() if callable(function) and getattr(function, "__code__", None) and function.__code__.co_varnames[:1] == ("w",)]
    failed = 0
    with tempfile.TemporaryDirectory() as directory:
        start = pathlib.Path(directory) / "start"
        start.mkdir()
        World(binary, start).found()
        for number, (name, function) in enumerate(tests):
            own = pathlib.Path(directory) / str(number)
            shutil.copytree(start, own)
            try:
                function(World(binary, own))
            except Exception as error:  # the next test shall run whatever this one met
                failed += 1
                print(f"failed: {name}: {error!r}")
            shutil.rmtree(own)
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
