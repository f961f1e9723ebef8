"""A data set in the form `quarrymark demo` plays (schemas/data_set.schema.json), written chain by
chain: each chain is one delivery under one contract, all of them by the same few parties."""
import json
from datetime import datetime, timedelta, timezone

from stone import PARTIES, PARTY

BEGIN = datetime(2025, 1, 8, tzinfo=timezone.utc)


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def claimed(moment, zone):
    sign = 1 if zone[0] == "+" else -1
    local = moment + sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return local.strftime("%Y-%m-%dT%H:%M:%S") + zone


class Plan:
    def __init__(self):
        self.events = {one.code: [] for one in PARTIES}
        self.recorded = {one.code: {} for one in PARTIES}
        self.hand_overs, self.checks, self.sightings, self.contracts = [], [], [], {}
        self.months = list(range(1, 7))  # of the permit of KP: each is one chain's
        self.register()

    def register(self):
        moment = BEGIN - timedelta(days=6)
        sites = [one for one in PARTIES if one.site]
        for number, one in enumerate(sites):
            kind = "quarry" if one.role == "quarry operator" else "factory"
            facts = {"country": one.country, "kind": kind, "lat": one.lat, "lon": one.lon, "name": one.site}
            if kind == "quarry":
                facts.update(area=one.area, quarry=one.site)
            more = {"permits": [one.permit]} if one.permit else {}
            self.add("REG", "site", f"site-{one.code.lower()}", moment + timedelta(minutes=number), site=facts, **more)
        for number, one in enumerate(PARTIES[1:]):
            role = "operator" if one.role == "quarry operator" else "factory"
            admitted = [{"from": "2025-01-01", "parcels": [], "role": role, "site": one.site, "to": None}] if one.site else []
            more = {"enrol": f"device:{one.code}"} if one.device else {}
            self.add("REG", "admit", f"admit-{one.code.lower()}", moment + timedelta(hours=2, minutes=number),
                     member={"country": one.country, "log": one.name, "role": one.role},
                     party={"name": one.name}, **({"sites": admitted} if admitted else {}), **more)

    def add(self, code, event_type, key, at, inputs=None, outputs=None, recorded=None, **fields):
        event = {"type": event_type, "key": key, "at": claimed(at, PARTY[code].zone), "fields": {"how": {"by": "scanned"}, **fields}}
        if inputs is not None:
            event["inputs"] = inputs
        if outputs is not None:
            event["outputs"] = outputs
        self.events[code].append(event)
        self.recorded[code][key] = stamp(recorded or at)

    def manifest(self, title):
        return {
            "v": 1, "title": title, "registrar": "REG",
            "organisations": [{"code": p.code, "name": p.name, "role": p.role, "country": p.country, "events": p.file,
                               "device": p.device} for p in PARTIES],
            "recorded": {code: times for code, times in self.recorded.items() if times},
            "hand_overs": self.hand_overs, "checks": self.checks, "expected": {},
        }

    def write(self, folder, title="Chains drawn at random"):
        for party in PARTIES:  # whoever had nothing to do records its office, for a log is never empty
            if not self.events[party.code]:
                self.add(party.code, "site", "office", BEGIN, site={"country": party.country, "kind": "yard", "name": f"Office of {party.name}"})
        (folder / "contracts").mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps(self.manifest(title), indent=1))
        (folder / "sightings.json").write_text(json.dumps(self.sightings))
        for number, value in self.contracts.items():
            (folder / "contracts" / f"{number}.json").write_text(json.dumps(value))
        for party in PARTIES:
            (folder / party.file).write_text("".join(json.dumps(e) + "\n" for e in self.events[party.code]))
