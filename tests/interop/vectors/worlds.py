"""The chains that vectors are made of: as small as what they show allows."""
from vectors.ledger import (
    Device, Ledger, Monitor, Witness, b64u, chain, day, item, key_of, passport, seed, trust,
)

WITNESSES = [Witness(f"witness{n}.example") for n in (1, 2, 3)]
MONITOR = Monitor("monitor.example")
REGISTRAR_KEY = key_of("Register")


def posix(month, number):
    """Noon of a day of 2025, in POSIX seconds."""
    days = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1] + number - 1
    return 1735689600 + days * 86400 + 43200


def site_value(name="North Quarry", area="North", kind="quarry", parcels=()):
    return {"kind": kind, "name": name, "quarry": name if kind == "quarry" else "", "area": area,
            "country": "IN", "parcels": list(parcels)}


class Tiny:
    """One log of four site events, of which the second and third are shown. No goods: the
    passport is about the third event's record. `hooks` make that event wrong."""

    def __init__(self, name="tiny", rotations=0, **hooks):
        seed(name)
        self.log = Ledger("Tiny Quarry")
        self.events = []
        for n in range(4):
            more = hooks if n == 2 else {}
            self.events.append(self.log.record("site", day(1, 1 + n), **{
                "site": {"kind": "yard", "name": f"Yard {n}"}, **more}))
        for n in range(rotations):
            self.log.rotate(key_of(f"Tiny Quarry {n + 2}"))
        self.trust = trust([])

    def passport(self, **more):
        shown = self.events[1:3]
        return passport([(self.events[2], -1)], [self.log.packet(shown, **more)])

    def alone(self):
        """The third event only."""
        return passport([(self.events[2], -1)], [self.log.packet([self.events[2]])])


class Small:
    """A registrar admits a quarry; it extracts a block and sends it to a town, whose log is not
    shown. Hooks make one of the events wrong: admit=…, extract=…, dispatch=… (keywords of
    `Ledger.record`), block=… (changes to the output)."""

    def __init__(self, name="small", site=None, admit=None, extract=None, dispatch=None, block=None,
                 sent=None, device=None, rotations=0, sites=None, enrol=True):
        seed(name)
        self.reg = Ledger("Register", "registrar")
        self.quarry = Ledger("Quarry Operator")
        self.town = Ledger("The Town", "authority")
        self.device = Device("quarry phone") if device else None
        self.site = self.reg.record("site", day(1, 1), **{"site": site_value(), **(site or {})})
        enrolled = {"enrol": self.device.public} if self.device and enrol else {}
        given = [{"from": "2025-01-01", "parcels": [], "role": "operator", "site": self.site.id,
                  "to": None}]
        self.admit = self.reg.record("admit", day(1, 2), **{
            "party": {"name": "Quarry Operator"}, "sites": given if sites is None else sites(given),
            "member": {"country": "IN", "log": self.quarry.origin, "role": "quarry operator"},
            **enrolled, **(admit or {})})
        self.block = {"amount": 1, "item": item(1), "kind": "block", "unit": "piece",
                      "aliases": ["B-1"], "serial": "AAAA1111",
                      "measure": {"gross": [2000, 1000, 800], "net": [1900, 900, 700],
                                  "mass": 4000000}}
        self.block.update(block or {})
        self.extract = self.quarry.record("extract", day(2, 1), **{
            "outputs": [self.block], "site": {"site": self.site.id}, "block": {"number": "B-1"},
            "stone": {"name": "North Black", "family": "dolerite"}, "device": self.device,
            **(extract or {})})
        self.dispatch = self.quarry.record("dispatch", day(2, 2), **{
            "inputs": [self.extract.state(0)], "outputs": [sent or self.block],
            "to": {"log": self.town.origin}, **(dispatch or {})})
        self.other = self.quarry.record("site", day(2, 3), site={"kind": "yard", "name": "Yard"})
        for n in range(rotations):
            self.quarry.rotate(key_of(f"Quarry Operator {n + 2}"))
        self.trust = trust([self.reg])
        self.events = [self.site, self.admit, self.extract, self.dispatch]

    def passport(self, events=None, **more):
        return chain([(self.dispatch, 0)], events or self.events, **more)

    def alone(self, events=None, about=None):
        """The quarry's packet by itself: enough where a proof fails."""
        events = events or [self.extract, self.dispatch]
        return chain([about or (self.dispatch, 0)], events)


class Works:
    """A quarry sends a block to a factory, which saws it, packs the slabs and sends the crate to a
    town. Gross width of the block 500 mm: at most seven slabs of 60 mm with a kerf of 7 mm."""

    def __init__(self, name="works", slabs=2, quarry_site="North Quarry", block=None, saw=None,
                 extract=None, crate=None, sent=None, d1=None, r1=None, d2=None, pack=None,
                 slab=None, area="North"):
        seed(name)
        self.reg = Ledger("Register", "registrar")
        self.quarry, self.factory = Ledger("Quarry Operator"), Ledger("The Factory", "factory")
        self.town = Ledger("The Town", "authority")
        self.site = self.reg.record("site", day(1, 1), site=site_value(quarry_site, area))
        self.admits = {}
        for log in (self.quarry, self.factory):
            sites = [{"from": None, "parcels": [], "role": "operator", "site": self.site.id,
                      "to": None}]
            self.admits[log] = self.reg.record(
                "admit", day(1, 2), party={"name": log.name},
                sites=sites if log is self.quarry else [],
                member={"country": log.country, "log": log.origin, "role": log.role})
        self.block = {"amount": 1, "item": item(1), "kind": "block", "unit": "piece",
                      "aliases": ["B-1"],
                      "measure": {"gross": [600, 500, 400], "net": [500, 400, 300],
                                  "mass": 240000}}
        self.block.update(block or {})
        self.extract = self.quarry.record("extract", day(2, 1), **{
            "outputs": [self.block], "site": {"site": self.site.id}, "block": {"number": "B-1"},
            "stone": {"name": "North Black", "family": "dolerite"}, **(extract or {})})
        self.d1 = self.quarry.record("dispatch", day(2, 2), **{
            "inputs": [self.extract.state(0)], "outputs": [self.block],
            "to": {"log": self.factory.origin}, **(d1 or {})})
        self.r1 = self.factory.record("receive", day(2, 20), **{
            "inputs": [self.d1.state(0)], "outputs": [self.block], **(r1 or {})})
        one = {"size": [500, 300, 60]}
        one.update(slab or {})
        self.saw = self.factory.record("split", day(2, 21), **{
            "inputs": [self.r1.state(0)],
            "outputs": [{"amount": 1, "item": item(100 + n), "kind": "slab", "unit": "piece",
                         "measure": one} for n in range(slabs)],
            "saw": {"axis": "w", "kerf": 7, "thickness": 60}, **(saw or {})})
        self.crate = {"amount": 1, "item": item(7), "kind": "crate", "unit": "piece",
                      "aliases": ["CRATE-7"], "serial": "AAAA1111",
                      "contents": [{"amount": 1, "in": n} for n in range(slabs)]}
        self.crate.update(crate or {})
        self.pack = self.factory.record("pack", day(2, 23), **{
            "inputs": [self.saw.state(n) for n in range(slabs)], "outputs": [self.crate],
            **(pack or {})})
        plain = {k: v for k, v in self.crate.items() if k != "contents"}
        self.sent = sent or plain
        self.d2 = self.factory.record("dispatch", day(3, 1), **{
            "inputs": [self.pack.state(0)], "outputs": [self.sent],
            "to": {"log": self.town.origin}, **(d2 or {})})
        self.trust = trust([self.reg])
        self.events = [self.site, *self.admits.values(), self.extract, self.d1, self.r1, self.saw,
                       self.pack, self.d2]

    def passport(self, events=None, items=None, **more):
        return chain(items or [(self.d2, 0)], events or self.events, **more)

    def alone(self):
        """Without the registrar: enough where a proof fails."""
        return self.passport([e for e in self.events if e.log is not self.reg])

    def admit(self, log, month=1, number=3, sites=(), **more):
        return self.reg.record(
            "admit", day(month, number), party={"name": log.name}, sites=list(sites),
            member={"country": log.country, "log": log.origin, "role": log.role}, **more)


def contract(**criteria):
    return {"criteria": criteria, "id": "C1", "lines": [{"amount": 1, "unit": "piece"}]}


NORTH = contract(quarry="North Quarry")
BOTH = contract(factory="The Factory", quarry="North Quarry")
