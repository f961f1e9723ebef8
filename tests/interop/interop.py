#!/usr/bin/python3
"""Makes passports with the second implementation and expects the binary to judge them as the
rules say; then reads the passports of the demo. Usage: interop.py BINARY"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from formats import (  # noqa: E402
    Key, Log, b64u, check_passport, dump, passport, sha, sighting, trust,
)

BINARY = Path(sys.argv[1]).resolve()
EXIT = {"match": 0, None: 0, "invalid": 3, "mismatch": 3, "duplicate": 3, "over_yield": 3,
        "gap": 4, "mixed": 4, "partial": 4, "declared": 4, "not_verifiable": 5}
passed = failed = 0


def note(good, what):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("FAILED:", what)


def day(month, number, hour=8):
    return f"2025-{month:02d}-{number:02d}T{hour:02d}:00:00+00:00"


def item(number):
    return f"{number:016d}0"  # any text serves a verifier; a label would need its check character


class World:
    """A registrar, a quarry, a factory, an importer, an authority; one block, slabs, a crate."""

    def __init__(self, slabs=20, admitted=True, gross_w=1700):
        self.reg = Log("Register", "registrar", "NL")
        self.quarry = Log("Quarry Operator", "quarry operator", "IN")
        self.factory = Log("The Factory", "factory", "CN")
        self.importer = Log("The Importer", "importer", "NL")
        self.town = Log("The Town", "authority", "NL")
        self.device, self.other_device = Key(), Key()
        reg = self.reg
        self.site = reg.record("site", day(1, 1), site={
            "kind": "quarry", "name": "North Quarry", "quarry": "North Quarry", "area": "North",
            "country": "IN", "parcels": []})
        self.admits = {}
        for log in (self.quarry, self.factory, self.importer, self.town):
            sites = []
            if log is self.quarry and admitted:
                sites = [{"from": "2025-01-01", "parcels": [], "role": "operator",
                          "site": self.site.id, "to": None}]
            extra = {}
            if log is self.town:
                extra = {"enrol": b64u(self.device.raw)}
            if log is self.importer:
                extra = {"enrol": b64u(self.other_device.raw)}
            self.admits[log] = reg.record(
                "admit", day(1, 2), party={"name": log.name}, sites=sites,
                member={"country": log.country, "log": log.origin, "role": log.role}, **extra)
        block = {"amount": 1, "item": item(1), "kind": "block", "unit": "piece", "aliases": ["B-1"],
                 "measure": {"gross": [2800, gross_w, 1600], "net": [2700, gross_w - 100, 1500],
                             "mass": 20600000}}
        self.extract = self.quarry.record(
            "extract", day(2, 1), outputs=[block], party={"name": self.quarry.name},
            site={"site": self.site.id}, stone={"name": "North Black", "family": "dolerite"},
            block={"number": "B-1"})
        self.d1 = self.hand(self.quarry, [self.extract.state(0)], self.factory, 2, 2, [block])
        self.r1 = self.take(self.factory, self.d1, 2, 20)
        self.saw = self.factory.record(
            "split", day(2, 21), inputs=[self.r1.state(0)],
            outputs=[{"amount": 1, "item": item(100 + n), "kind": "slab", "unit": "piece",
                      "measure": {"size": [2650, 1450, 60]}} for n in range(slabs)],
            party={"name": self.factory.name}, saw={"axis": "w", "kerf": 7, "thickness": 60})
        self.tiles = self.factory.record(
            "split", day(2, 22), inputs=[self.saw.state(n) for n in range(slabs)],
            outputs=[{"amount": 12 * slabs, "item": item(50), "kind": "batch", "unit": "piece",
                      "measure": {"size": [600, 400, 60]}}],
            party={"name": self.factory.name})
        self.crate = {"amount": 1, "item": item(7), "kind": "crate", "unit": "piece",
                      "aliases": ["CRATE-7"], "serial": "AAAA1111",
                      "contents": [{"amount": 12 * slabs, "in": 0}]}
        self.pack = self.factory.record(
            "pack", day(2, 23), inputs=[self.tiles.state(0)], outputs=[self.crate],
            party={"name": self.factory.name})
        plain = {k: v for k, v in self.crate.items() if k != "contents"}
        self.d2 = self.hand(self.factory, [self.pack.state(0)], self.importer, 3, 1, [plain])
        self.r2 = self.take(self.importer, self.d2, 4, 1)
        self.d3 = self.hand(self.importer, [self.r2.state(0)], self.town, 4, 2, [plain])
        self.area = 600 * 400 * 12 * slabs

    def hand(self, giver, states, taker, month, number, outputs, name=True):
        return giver.record("dispatch", day(month, number), inputs=states, outputs=outputs,
                            to={"log": taker.origin}, party={"name": giver.name})

    def take(self, taker, dispatch, month, number):
        states = [dispatch.state(n) for n in range(len(dispatch.outputs))]
        return taker.record("receive", day(month, number), inputs=states,
                            outputs=dispatch.outputs, party={"name": taker.name})

    def events(self):
        return [self.site, *self.admits.values(), self.extract, self.d1, self.r1, self.saw,
                self.tiles, self.pack, self.d2, self.r2, self.d3]

    def passport(self, **more):
        return passport([(self.d3, 0)], self.events(), **more)

    def contract(self, **criteria):
        return {"criteria": criteria, "id": "C1",
                "lines": [{"amount": self.area, "size": [600, 400, 60], "unit": "mm2"}]}


def run(arguments, files):
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, content in files.items():
            paths[name] = str(Path(folder) / f"{name}.json")
            data = content if isinstance(content, bytes) else dump(content).encode()
            Path(paths[name]).write_bytes(data)
        command = [str(BINARY)] + [paths[a[1:]] if a.startswith("@") else a for a in arguments]
        return subprocess.run(command, capture_output=True, timeout=60, check=False)


def check(what, expected, passports, reader, contract, scans=None, sightings=None):
    files = {f"passport{i}": p for i, p in enumerate(passports)}
    arguments = ["contract", "check", "--json", "--contract", "@contract", "--trust", "@trust",
                 "--date", "2025-07-01"]
    files |= {"trust": reader, "contract": contract}
    for option, content in (("scans", scans), ("sightings", sightings)):
        if content is not None:
            files[option] = content
            arguments += [f"--{option}", f"@{option}"]
    arguments += [f"@passport{i}" for i in range(len(passports))]
    result = run(arguments, files)
    try:
        report = json.loads(result.stdout)
    except ValueError:
        note(False, f"{what}: no JSON: {result.stdout[:200]} {result.stderr[:300]}")
        return {}
    note(report.get("verdict") == expected,
         f"{what}: expected {expected}, got {report.get('verdict')}: {report.get('sentence')}")
    note(result.returncode == EXIT[expected], f"{what}: exit {result.returncode}")
    return report


def codes(report):
    return [f["code"] for f in report.get("findings", [])]


def judged_passports():
    w = World()
    both = w.contract(quarry="North Quarry", factory="The Factory")
    reader = trust(w.reg)
    report = check("whole chain", "match", [w.passport()], reader, both)
    note(report.get("chain_length", {}).get("hand_overs") == 3, "three hand-overs")
    note(report.get("custody_model") == "identity_preserved", "identity preserved")
    check("quarry by event id", "match", [w.passport()], reader, w.contract(quarry=w.site.id))
    check("factory by origin", "match", [w.passport()], reader,
          w.contract(quarry="North Quarry", factory=w.factory.origin))
    check("area, operator and stone", "match", [w.passport()], reader,
          w.contract(area="North", operator="Quarry Operator", stone="North Black"))
    check("another quarry", "mismatch", [w.passport()], reader, w.contract(quarry="South Quarry"))
    check("another factory", "partial", [w.passport()], reader,
          w.contract(quarry="North Quarry", factory="Some Other"))
    check("a scanned label", "match", [w.passport()], reader, both,
          scans=["HTTPS://EXAMPLE.ORG/Q/" + item(7) + "/AAAA1111"])
    check("a label nobody carries", "not_verifiable", [w.passport()], reader, both,
          scans=["HTTPS://EXAMPLE.ORG/Q/" + item(8) + "/AAAA1111"])
    check("nobody trusted", "not_verifiable", [w.passport()], trust(Log("x", "registrar", "NL")),
          w.contract(quarry="North Quarry"))
    hidden = [(w.admits[w.factory], "party"), *[(e, "party") for e in w.factory.events]]
    report = check("factory's name withheld, not named", "match", [w.passport(hide=hidden)], reader,
                   w.contract(quarry="North Quarry"))
    note(report.get("withheld_parties") == 1, "one party withheld")
    report = check("factory's name withheld, named", "gap", [w.passport(hide=hidden)], reader, both)
    note("not_shown" in codes(report), "says it is not shown")
    check("site withheld", "gap", [w.passport(hide=[(w.extract, "site")])], reader,
          w.contract(quarry="North Quarry"))
    check("one output withheld on the way", "gap", [w.passport(hide=[(w.d1, "out.0")])], reader,
          w.contract(quarry="North Quarry"))
    check("to withheld", "gap", [w.passport(hide=[(w.d2, "to")])], reader,
          w.contract(quarry="North Quarry"))
    part = passport([(w.d3, 0)], [e for e in w.events() if e not in (w.extract, w.d1)])
    check("the chain stops at the factory", "gap", [part], reader, w.contract(quarry="North Quarry"))
    over = World(slabs=26)
    report = check("26 slabs of at most 25", "over_yield", [over.passport()], trust(over.reg),
                   over.contract(quarry="North Quarry"))
    note("over_yield" in codes(report), "finding over_yield")
    stranger = World(admitted=False)
    check("an extractor not admitted for the site", "declared", [stranger.passport()],
          trust(stranger.reg), stranger.contract(quarry="North Quarry"))


def double_use():
    w = World()
    other = Log("Another Town", "authority", "NL")
    plain = w.d3.outputs
    again = w.importer.record("dispatch", day(4, 3), inputs=[w.r2.state(0)], outputs=plain,
                              to={"log": other.origin}, party={"name": w.importer.name})
    contract = w.contract(quarry="North Quarry")
    second = passport([(again, 0)], [e for e in w.events() if e is not w.d3] + [again])
    check("one crate dispatched twice", "duplicate", [w.passport(), second], trust(w.reg), contract)
    w = World()
    thief = w.town.record("split", day(5, 1), inputs=[w.r2.state(0)], outputs=[w.crate])
    stolen = passport([(thief, 0)], [e for e in w.events() if e is not w.d3] + [thief])
    check("spent by a log that never held it", "gap", [stolen], trust(w.reg), contract)


def seen_twice():
    w = World()
    verifier = Log("The Verifier", "verifier", "NL")
    admit = w.reg.record("admit", day(1, 3), party={"name": verifier.name}, sites=[],
                         member={"country": "NL", "log": verifier.origin, "role": "verifier"})
    here = sighting(w.town, w.device, "2025-06-20T09:10:00+02:00", 520800000, 43100000,
                    alias="CRATE-7")
    there = sighting(w.importer, w.other_device, "2025-06-20T09:40:00+02:00", 512200000, 44000000,
                     alias="CRATE-7")
    contract, reader = w.contract(quarry="North Quarry"), trust(w.reg, [verifier])
    check("seen in two places", "duplicate", [w.passport()], reader, contract,
          sightings=[here, there])
    forged = sighting(w.importer, Key(), there["at"], there["lat"], there["lon"], alias="CRATE-7")
    check("a device that is not enrolled", "match", [w.passport()], reader, contract,
          sightings=[here, forged])
    changed = {**there, "lat": 512200001}
    check("a sighting changed after signing", "match", [w.passport()], reader, contract,
          sightings=[here, changed])
    name = {s["at"]: b64u(sha(dump(s).encode())) for s in (here, there)}
    resolve = verifier.record(
        "attest", day(6, 23), kind="resolve",
        about={"genuine": name[here["at"]], "sightings": [name[here["at"]], name[there["at"]]]})
    evidence = passport([(resolve, -1)], [resolve, admit])
    report = check("resolved by a trusted verifier", "match", [w.passport(), evidence], reader,
                   contract, sightings=[here, there])
    note("resolved" in codes(report), "remarks that it was resolved")
    check("resolved by nobody the reader lists", "duplicate", [w.passport(), evidence],
          trust(w.reg), contract, sightings=[here, there])
    check("the reader holds the copy", "duplicate", [w.passport(), evidence], reader, contract,
          scans=[there], sightings=[here])


def declared_and_mixed():
    w = World()
    trader = w.importer
    bought = trader.record(
        "acquire", day(3, 1), party={"name": trader.name},
        outputs=[{"amount": 100, "item": item(70), "kind": "batch", "unit": "piece",
                  "measure": {"size": [600, 400, 60]}}],
        source={"block": "L-9", "operator": "Somebody", "quarry": "North Quarry", "words": ""})
    sent = w.hand(trader, [bought.state(0)], w.town, 4, 5, bought.outputs)
    alone = passport([(sent, 0)], [bought, sent, w.admits[trader], w.admits[w.town]])
    contract = {"criteria": {"quarry": "North Quarry"}, "id": "C2",
                "lines": [{"amount": 100, "unit": "piece"}]}
    check("an importer alone", "declared", [alone], trust(w.reg), contract)
    contract["criteria"] = {"quarry": "Elsewhere"}
    check("an importer alone, another quarry", "mismatch", [alone], trust(w.reg), contract)
    south = w.reg.record("site", day(1, 4), site={"kind": "quarry", "name": "South Quarry",
                                                  "quarry": "South Quarry", "country": "IN"})
    digger = Log("South Operator", "quarry operator", "IN")
    admit = w.reg.record(
        "admit", day(1, 5), party={"name": digger.name},
        sites=[{"from": None, "parcels": [], "role": "operator", "site": south.id, "to": None}],
        member={"country": "IN", "log": digger.origin, "role": "quarry operator"})
    heaps = []
    for log, site, grams, number in ((w.quarry, w.site, 30_000_000, 81), (digger, south, 10_000_000, 82)):
        heap = log.record("extract", day(5, 1), party={"name": log.name}, site={"site": site.id},
                          block={"number": f"H-{number}"},
                          outputs=[{"amount": grams, "item": item(number), "kind": "batch", "unit": "g"}])
        sent = w.hand(log, [heap.state(0)], w.factory, 5, 2, heap.outputs)
        heaps.append((heap, sent, w.take(w.factory, sent, 5, 3)))
    setts = w.factory.record(
        "split", day(5, 10), inputs=[h[2].state(0) for h in heaps], party={"name": w.factory.name},
        outputs=[{"amount": 13520, "item": item(83), "kind": "batch", "unit": "piece",
                  "measure": {"mass": 25_960_000, "size": [100, 100, 80]}}],
        home_work={"per_mille": 350})
    sent = w.hand(w.factory, [setts.state(0)], w.town, 5, 20, setts.outputs)
    chain = [w.site, south, admit, *w.admits.values(), setts, sent]
    for heap in heaps:
        chain += heap
    contract = {"criteria": {"quarry": "North Quarry"}, "id": "C3",
                "lines": [{"amount": 160_000_000, "joint": 10, "size": [100, 100, 80], "unit": "mm2"}]}
    report = check("two quarries in one heap", "mixed", [passport([(sent, 0)], chain)],
                   trust(w.reg), contract)
    line = report.get("criteria", [{}])[0]
    note((line.get("supported"), line.get("contradicted")) == (122_694_000, 40_898_000),
         f"75 and 25 %: {line}")
    note("home_work" in codes(report), "home work is named")


def changed_bytes():
    w = World(slabs=3)
    data = dump(w.passport()).encode()
    reader, contract = trust(w.reg), w.contract(quarry="North Quarry")
    step = max(1, len(data) // 150)
    for at in range(0, len(data), step):
        changed = bytearray(data)
        changed[at] ^= 1
        result = run(["contract", "check", "--json", "--contract", "@contract", "--trust", "@trust",
                      "--date", "2025-07-01", "@passport"],
                     {"passport": bytes(changed), "trust": reader, "contract": contract})
        report = json.loads(result.stdout or "{}")
        note(report.get("verdict") == "invalid" and result.returncode == 3,
             f"byte {at} changed: {report.get('verdict')} {report.get('sentence')}")


def read_the_demo():
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "demo"
        result = subprocess.run([str(BINARY), "demo", "--dir", str(where), "--json"],
                                capture_output=True, timeout=300, check=False)
        note(result.returncode == 0, f"demo: {result.stderr[:300]}")
        found = markers = 0
        for path in sorted(where.rglob("*.json")):
            data = path.read_bytes()
            if not data.startswith(b'{"v":1,"items":'):
                continue
            found += 1
            try:
                markers += check_passport(data)[1]
                note(True, "")
            except (AssertionError, KeyError, ValueError, IndexError) as problem:
                note(False, f"{path.name}: {type(problem).__name__} {problem}")
        note(found >= 7 and markers >= 50, f"{found} passports, {markers} markers checked")


judged_passports()
double_use()
seen_twice()
declared_and_mixed()
changed_bytes()
read_the_demo()
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
