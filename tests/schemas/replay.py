"""Replays a data set the way a node would: who holds what, in the order in which it is recorded.

Knows the rules of custody that concern names (an input must be held by the log that names it),
so that a slip in a data set is found without building the product.
"""
from datetime import datetime

from suite import EXAMPLES, load, load_lines


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Item:
    def __init__(self, kind, amount, unit, aliases, measure, event):
        self.kind, self.amount, self.unit = kind, amount, unit
        self.aliases, self.measure, self.event = aliases, measure, event
        self.parts = []  # what it was packed from: (item, amount)


class Event:
    def __init__(self, code, line, recorded):
        self.code, self.line, self.recorded = code, line, recorded
        self.type, self.key, self.fields = line["type"], line.get("key"), line.get("fields", {})
        self.inputs, self.outputs = [], []


class DataSet:
    def __init__(self, name, suite):
        self.folder, self.suite, self.name = EXAMPLES / name, suite, name
        self.manifest = load(self.folder / "manifest.json")
        self.sightings = load(self.folder / "sightings.json")
        self.organisations = {o["code"]: o for o in self.manifest["organisations"]}
        self.code_of = {o["name"]: code for code, o in self.organisations.items()}
        self.contracts = {p.stem: load(p) for p in sorted((self.folder / "contracts").glob("*.json"))}
        self.events, self.by_key = [], {}
        for code, organisation in self.organisations.items():
            times = self.manifest["recorded"].get(code, {})
            for line in load_lines(self.folder / organisation["events"]):
                event = Event(code, line, moment(times.get(line["key"], line["at"])))
                suite.check((code, event.key) not in self.by_key, f"{name}: key {event.key} stands once in {code}")
                self.by_key[code, event.key] = event
                self.events.append(event)
        self.events.sort(key=lambda e: e.recorded)  # stable: file order, then line order
        self.holds = {code: {} for code in self.organisations}      # alias → Item
        self.arriving = {code: {} for code in self.organisations}   # alias → (Item, dispatch event)
        self.delivered = {}                                         # contract → [Item]
        self.sites, self.admitted, self.known_contracts = {}, {}, {}

    def say(self, good, event, what):
        self.suite.check(good, f"{self.name}: {event.code} {event.key}: {what}")

    def replay(self):
        for event in self.events:
            self.check_standing(event)
            getattr(self, "on_" + event.type, self.on_other)(event)

    def check_standing(self, event):
        registrar = self.manifest["registrar"]
        if event.code != registrar:
            self.say(event.code in self.admitted, event, "is admitted before it records anything")
        site = event.fields.get("site")
        if site and event.type != "site":
            self.say(site["site"] in self.sites, event, f"site {site['site']} is known")
            parcels = self.sites.get(site["site"], {}).get("parcels", [])
            self.say("parcel" not in site or site["parcel"] in parcels, event, "parcel is one of the site's")
        for name in ("about", "corrects", "voids"):
            target = event.fields.get(name, {}).get("event", "")
            if target.startswith("key:"):
                known = self.by_key.get((event.code, target[4:]))
                self.say(known is not None and known.recorded < event.recorded, event, f"{target} was recorded before")

    def take(self, event, entry):
        name, wanted = (entry, None) if isinstance(entry, str) else (entry["item"], entry.get("amount"))
        item = self.holds[event.code].pop(name, None)
        self.say(item is not None, event, f"holds {name}")
        if item is not None:
            self.say(wanted is None or wanted == item.amount, event, f"{name} is drawn whole")
            event.inputs.append(item)
        return item

    def make(self, event):
        for output in event.line["outputs"]:
            for n in range(1, output.get("count", 1) + 1):
                aliases = [a.replace("{n}", str(n)) for a in output.get("aliases", [])]
                item = Item(output["kind"], output.get("amount", 1), output.get("unit", "piece"), aliases,
                            output.get("measure", {}), event)
                for content in output.get("contents", []):
                    self.say(content["in"] < len(event.inputs), event, "contents names an input")
                    item.parts.append((event.inputs[content["in"]], content["amount"]))
                event.outputs.append(item)
                self.keep(event, item)

    def keep(self, event, item):
        for alias in item.aliases:
            self.say(alias not in self.holds[event.code], event, f"alias {alias} is free")
            self.holds[event.code][alias] = item

    def on_other(self, event):
        self.say(not event.line.get("inputs"), event, "consumes nothing")

    def on_site(self, event):
        site = event.fields["site"]
        self.say(site["name"] not in self.sites, event, "site name is new")
        self.sites[site["name"]] = site

    def on_admit(self, event):
        member, name = event.fields["member"], event.fields["party"]["name"]
        self.say(name in self.code_of, event, f"{name} is in the manifest")
        organisation = self.organisations[self.code_of[name]]
        self.say(member == {"log": name, "role": organisation["role"], "country": organisation["country"]}, event,
                 "admits as the manifest says")
        device = event.fields.get("enrol")
        self.say(device == (f"device:{organisation['code']}" if organisation["device"] else None), event, "device")
        for site in event.fields.get("sites", []):
            self.say(site["site"] in self.sites, event, f"site {site['site']} is known")
            self.say(set(site["parcels"]) <= set(self.sites[site["site"]].get("parcels", [])), event, "parcels known")
        self.admitted[organisation["code"]] = event.fields.get("sites", [])

    def on_contract(self, event):
        contract = event.fields["contract"]
        self.known_contracts[contract["id"]] = event
        if self.organisations[event.code]["role"] == "authority":
            self.say(self.contracts.get(contract["id"]) == contract, event, "contract file says the same")

    def on_extract(self, event):
        sites = [s for s in self.admitted[event.code] if s["site"] == event.fields["site"]["site"] and s["role"] == "operator"]
        day = event.line["at"][:10]
        self.say(any((not s["parcels"] or event.fields["site"].get("parcel") in s["parcels"]) and (s["from"] or "") <= day
                     and day <= (s["to"] or "9999") for s in sites), event, "is admitted for that site")
        self.make(event)

    def on_acquire(self, event):
        self.make(event)

    def on_split(self, event):
        for entry in event.line["inputs"]:
            self.take(event, entry)
        self.make(event)

    def on_pack(self, event):
        self.on_split(event)
        for number, item in enumerate(event.inputs):
            drawn = sum(c["amount"] for o in event.line["outputs"] for c in o["contents"] if c["in"] == number)
            self.say(drawn == item.amount, event, f"contents add up to input {number}: {drawn} of {item.amount}")

    def on_correct(self, event):
        target = self.by_key[event.code, event.fields["corrects"]["event"][4:]]
        for item, change in zip(target.outputs, event.line.get("outputs", [])):
            self.say(item in self.holds[event.code].values(), event, "still holds what it corrects")
            item.measure = change.get("measure", item.measure)

    def on_label(self, event):
        for entry in event.line["inputs"]:
            item = self.take(event, entry)
            self.keep(event, item)

    def on_dispatch(self, event):
        to = event.fields["to"]
        taker = self.code_of.get(to["log"])
        self.say(taker is not None and taker in self.admitted, event, f"{to['log']} is admitted")
        for entry in event.line["inputs"]:
            item = self.take(event, entry)
            if item is None:
                continue
            for alias in item.aliases:
                self.arriving[taker][alias] = (item, event)
            if "contract" in to:
                contract = self.known_contracts.get(to["contract"])
                self.say(contract is not None and contract.code == taker, event, "contract is known and of that log")
                self.delivered.setdefault(to["contract"], []).append(item)

    def arrive(self, event):
        """Items dispatched to this log, with the dispatch they came by."""
        for number, name in enumerate(event.line["inputs"]):
            item, dispatch = self.arriving[event.code].pop(name, (None, None))
            self.say(item is not None, event, f"{name} was dispatched to it")
            if item is None:
                continue
            self.say(dispatch.recorded < event.recorded, event, "the dispatch is earlier")
            self.say(moment(dispatch.line["at"]) < moment(event.line["at"]), event, "the dispatch claims to be earlier")
            event.inputs.append(item)
            changes = event.line.get("outputs", [])
            if number < len(changes):
                item.measure = changes[number].get("measure", item.measure)
            yield item, dispatch

    def on_receive(self, event):
        for item, dispatch in self.arrive(event):
            self.keep(event, item)
            planned = [h for h in self.manifest["hand_overs"] if h["from"] == dispatch.code and h["dispatch"] == dispatch.key
                       and h["to"] == event.code and event.key in h.get("receive", [])]
            self.say(len(planned) == 1, event, f"hand-over from {dispatch.key} is in the manifest")

    def on_accept(self, event):
        items = [item for item, _ in self.arrive(event)]
        aliases = {alias for item in items for alias in item.aliases}
        self.say(set(event.fields["accept"]["sampled"]) <= aliases, event, "sampled items are among those accepted")

    def check_manifest(self):
        check, manifest = self.suite.check, self.manifest
        named = {o["events"] for o in manifest["organisations"]}
        check(named == {p.name for p in self.folder.glob("*.ndjson")}, f"{self.name}: every file of events is in the manifest")
        for code, keys in manifest["recorded"].items():
            for key in keys:
                check((code, key) in self.by_key, f"{self.name}: recorded names {code} {key}")
        planned = {(h["from"], h["dispatch"]) for h in manifest["hand_overs"]}
        sent = {(e.code, e.key) for e in self.events if e.type == "dispatch"}
        check(planned == sent, f"{self.name}: hand_overs lists every dispatch: {planned ^ sent}")
        for hand_over in manifest["hand_overs"]:
            for key in hand_over.get("receive", []) + hand_over.get("accept", []):
                check((hand_over["to"], key) in self.by_key, f"{self.name}: hand_overs names {hand_over['to']} {key}")
        names = {s["name"] for s in self.sightings}
        check(len(names) == len(self.sightings), f"{self.name}: sighting names are distinct")
        for sighting in self.sightings:
            check(self.organisations[sighting["by"]]["device"], f"{self.name}: {sighting['by']} has a device to sight with")
        last = None
        for planned_check in manifest["checks"]:
            where = f"{self.name}: check of {planned_check['contract']} at {planned_check['at']}"
            at = moment(planned_check["at"])
            check(last is None or last <= at, where + " is in order of time")
            last = at
            contract = self.known_contracts.get(planned_check["contract"])
            check(contract is not None and contract.code == planned_check["authority"], where + " is by the contract's authority")
            deliveries = [e for e in self.events if e.type == "dispatch" and e.fields["to"].get("contract") == planned_check["contract"]]
            check(deliveries and all(e.recorded < at for e in deliveries), where + " follows the delivery")
            accepts = [self.by_key[h["to"], key] for h in manifest["hand_overs"]
                       if h.get("contract") == planned_check["contract"] for key in h["accept"]]
            check(all(at < e.recorded for e in accepts), where + " precedes the acceptance")
            for name in planned_check["sightings"]:
                check(any(s["name"] == name and moment(s["at"]) < at for s in self.sightings), where + f" knows {name}")
            for piece in planned_check["evidence"]:
                event = self.by_key.get((piece["organisation"], piece["key"]))
                check(event is not None and event.recorded < at, where + f" may use {piece['key']}")
        checked = {c["contract"] for c in manifest["checks"]}
        check(checked == set(self.contracts) == set(manifest["expected"]), f"{self.name}: every contract is checked")
        for event in self.events:
            for name in event.fields.get("about", {}).get("sightings", []):
                check(name.removeprefix("sighting:") in names, f"{self.name}: {event.key} names a sighting: {name}")
