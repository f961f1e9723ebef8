"""A passport of 40 entries and ten hand-overs: eleven logs, a rotated key, a device, a cosigned
checkpoint each, a new label, and a clear note. All that a passport can hold, so that whatever is
changed in it is changed somewhere that counts."""
from formats import b64u, leaf_hash
from vectors.ledger import Device, Ledger, chain, day, item, key_of, seed, trust
from vectors.worlds import MONITOR, WITNESSES, contract, posix, site_value

ASKED = contract(area="North", factory="The Factory", operator="Quarry Operator", quarry="North Quarry",
                 stone="North Black")
TRADERS = 8


def hour(number):
    """All within three days, so that the cosignature finds nothing late (RULES 15)."""
    return day(2, 1 + number // 24, number % 24)


class TenHops:
    def __init__(self, alter=None):
        """`alter`: (log name, seq, function of the entry's text): the log itself is dishonest, and
        signs what follows from the altered entry."""
        seed("ten hops")
        self.alter = alter
        self.phone, self.witness = Device("quarry phone"), WITNESSES[0]
        self.reg = Ledger("Register", "registrar")
        self.quarry, self.factory = Ledger("Quarry Operator"), Ledger("The Factory", "factory")
        self.traders = [Ledger(f"Trader {n}", "trader") for n in range(1, TRADERS + 1)]
        self.town = Ledger("The Town", "authority")
        self.logs = [self.reg, self.quarry, self.factory, *self.traders]
        self.register()
        self.make()
        self.trade()
        self.quarry.rotate(key_of("Quarry Operator 2"))
        for log in [*self.logs, self.town]:  # entries that are not shown, so that there is something to prove
            for n in range(3):
                log.record("site", hour(40 + n), site={"kind": "yard", "name": f"Yard {n}"})
        self.rewrite()
        self.events = [e for log in self.logs for e in log.events[:-3]]
        self.trust = trust([self.reg], [self.witness], self.witness.name, [MONITOR])

    def register(self):
        reg = self.reg
        self.site = reg.record("site", hour(0), site=site_value())
        self.admits = {}
        for log in self.logs[1:]:
            sites = [{"from": None, "parcels": [], "role": "operator", "site": self.site.id, "to": None}]
            enrol = {"enrol": self.phone.public} if log is self.quarry else {}
            self.admits[log] = reg.record(
                "admit", hour(1), party={"name": log.name}, sites=sites if log is self.quarry else [],
                member={"country": log.country, "log": log.origin, "role": log.role}, **enrol)

    def make(self):
        block = {"amount": 1, "item": item(1), "kind": "block", "unit": "piece", "aliases": ["B-1"],
                 "measure": {"gross": [600, 500, 400], "net": [500, 450, 300], "mass": 240000}}
        self.extract = self.quarry.record(
            "extract", hour(2), outputs=[block], site={"site": self.site.id}, block={"number": "B-1"},
            stone={"family": "dolerite", "name": "North Black"}, party={"name": "Quarry Operator"}, device=self.phone)
        sent = self.send(self.quarry, self.extract, block, self.factory, 3)
        taken = self.take(self.factory, sent, block, 4)
        slabs = [{"amount": 1, "item": item(100 + n), "kind": "slab", "unit": "piece", "measure": {"size": [500, 300, 60]}}
                 for n in range(3)]
        saw = self.factory.record("split", hour(5), inputs=[taken.state(0)], outputs=slabs,
                                  saw={"axis": "w", "kerf": 7, "thickness": 60}, party={"name": "The Factory"})
        crate = {"amount": 1, "item": item(7), "kind": "crate", "unit": "piece", "aliases": ["CRATE-7"],
                 "serial": "AAAA1111", "contents": [{"amount": 1, "in": n} for n in range(3)]}
        self.pack = self.factory.record("pack", hour(6), inputs=[saw.state(n) for n in range(3)], outputs=[crate])
        self.crate = {k: v for k, v in crate.items() if k != "contents"}
        self.state = self.send(self.factory, self.pack, self.crate, self.traders[0], 7)

    def send(self, log, event, output, to, number):
        return log.record("dispatch", hour(number), inputs=[event.state(0)], outputs=[output], to={"log": to.origin})

    def take(self, log, event, output, number):
        return log.record("receive", hour(number), inputs=[event.state(0)], outputs=[output])

    def trade(self):
        for n, log in enumerate(self.traders):
            held = self.take(log, self.state, self.crate, 8 + 3 * n)
            if n == 3:
                self.crate = {**self.crate, "serial": "BBBB2222"}
                held = self.label = log.record(
                    "label", hour(9 + 3 * n), inputs=[held.state(0)], outputs=[self.crate],
                    label={"action": "replace", "old_serial": "AAAA1111", "photo": "A" * 43, "reason": "torn", "second_person": "B"})
            elif n < 7:
                log.record("attest", hour(9 + 3 * n), kind="inspection", about={"item": self.crate["item"]},
                           statement={"text": "seen, not opened"})
            to = self.traders[n + 1] if n + 1 < TRADERS else self.town
            self.state = self.send(log, held, self.crate, to, 10 + 3 * n)

    def rewrite(self):
        """Entries from the altered one on, each with the hash of the one before."""
        if self.alter is None:
            return
        name, seq, change = self.alter
        log = next(log for log in self.logs if log.name == name)
        log.entries[seq] = change(log.entries[seq])
        for later in range(seq + 1, len(log.entries)):
            prev = b64u(leaf_hash(log.entries[later - 1]))
            before = log.events[later].entry["prev"]
            log.entries[later] = log.entries[later].replace(before, prev, 1)

    def clear(self):
        sizes = [(log, len(log.entries)) for log in [*self.logs, self.town]]
        markers = {}
        for event in self.events:
            for out in range(-1, len(event.outputs)):
                markers[event.state(out)["_marker"]] = []
        for event in self.events:
            for marker in event.entry["spends"]:
                markers[marker] = [(event.log.origin, event.seq)]
        return MONITOR.clear(sizes, markers)

    def passport(self, **more):
        return chain([(self.state, 0)], self.events, clear=self.clear(), cosigners=[(self.witness, posix(2, 3))], **more)


def build(add):
    made = TenHops()
    assert len(made.events) == 40 and len({id(e.log) for e in made.events}) == 11
    add("ten-hops", "40 entries of eleven logs, ten hand-overs; cosigned, with a clear note (DESIGN §8)", made.passport(), "match",
        also=["relabelled"], trust=made.trust, contract=ASKED)
