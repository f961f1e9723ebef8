"""Random small chains with frauds in them: what a reader could be handed, good and bad.

A `Chain` walks: at each turn somebody who holds something does something with it, now and then
more than is allowed. What comes out are the files of one check: trust, contract, passports, scans
and sightings. Only what nodes refuse and readers must find is cheated with; proofs are sound."""
import copy
import json
import random

from formats import Key, Log, b64u, clear_note, digest, dump, marker, passport, sha, sighting, vkey

NAMES = ["North Quarry", "South Quarry", "Yard 7", "The Factory", "Other Works", "Zo\u00eb Stone"]
FAMILIES = ["granite", "dolerite", "sandstone", "bluestone", "limestone", "marble", "slate", ""]
TEXT_KINDS = ["confirm", "dispute", "question", "answer", "hold", "release", "recall", "inspection"]


class State:
    """One output as somebody holds it. `holders`: the logs that may spend it."""

    def __init__(self, event, out, holder):
        self.event, self.out, self.holder = event, out, holder

    @property
    def value(self):
        return self.event.outputs[self.out]

    def input(self, amount=None):
        state = self.event.state(self.out)
        return state if amount is None else {**state, "amount": amount}


class Chain:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.tidy = self.maybe(0.5)
        self.hours = 0
        self.serials = 0
        self.events, self.held, self.way, self.spent = [], [], [], []
        self.devices = {}
        self.make_cast()
        for _ in range(self.r.randint(1, 3)):
            self.begin()
        for _ in range(self.r.randint(2, 14)):
            self.turn()

    # --- chance

    def maybe(self, chance):
        return self.r.random() < chance

    def wrong(self, chance):
        """Whether to go wrong here: half of the chains never do."""
        return not self.tidy and self.maybe(chance)

    def item(self):
        self.serials += 1
        return f"ITEM{self.serials:04d}"

    def now(self):
        self.hours += self.r.choice([1, 5, 24, 60, 200])
        return self.hours

    @staticmethod
    def stamp(hours, zone="+00:00"):
        day = hours // 24
        return f"2025-{1 + day // 28 % 12:02d}-{1 + day % 28:02d}T{hours % 24:02d}:00:00{zone}"

    def record(self, log, event_type, inputs=(), outputs=(), **fields):
        entry_hour = self.now()
        claimed = entry_hour
        if self.wrong(0.12):
            claimed -= self.r.choice([10, 73, 100, 500])
        claimed = max(claimed, 0)
        self.surround(event_type, fields)
        if self.maybe(0.8) and "party" not in fields:
            fields["party"] = {"name": log.name if not self.wrong(0.1) else self.r.choice(NAMES)}
        event = log.record(
            event_type, self.stamp(claimed), inputs=inputs, outputs=copy.deepcopy(list(outputs)),
            time=self.stamp(entry_hour)[:19] + ".000Z", **fields)
        event.values = fields
        self.events.append(event)
        return event

    # --- what surrounds a step, and may make it doubtful

    def surround(self, event_type, fields):
        if event_type in ("dispatch", "receive", "pack") and self.maybe(0.4):
            fields["transport"] = self.spoilt(self.transport())
        if event_type in ("extract", "dispatch") and self.maybe(0.2):
            fields["permit"] = self.spoilt({"number": self.r.choice(["TP-1", "\u5317\x02"]), **self.days("from", "to")})
        if event_type in ("receive", "pack", "split", "acquire") and "site" not in fields and self.maybe(0.3):
            fields["site"] = {"site": self.r.choice(self.sites).id}

    def spoilt(self, value):
        """Now and then a value that has not its form: it counts as not shown."""
        if not self.wrong(0.08):
            return value
        if isinstance(value, list):
            return self.r.choice(["none", [*value, {}], [7]])
        return self.r.choice([7, {**value, "number": None, "tare": 0}, {**value, "container": "short", "to": "soon"}])

    def days(self, *names):
        return {name: self.r.choice([None, self.stamp(self.r.randint(0, 6000))[:10]]) for name in names if self.maybe(0.8)}

    def transport(self):
        number = self.r.choice(["TSTU4001019", "TSTU4001018", "MSKU0000020", "ABCD1234567"])
        found = {"container": number, "crates": self.r.choice([0, 1, 2, 3]), "packing": 60_000, "tare": 2_200_000,
                 "vgm": self.r.choice([2_200_000, 3_160_000, 3_318_000, 3_318_001, 25_000_000])}
        return {name: value for name, value in found.items() if self.maybe(0.75)}

    def of_site(self):
        """Seasons, closures, permits and positions, each a field of its own."""
        parcels = lambda: self.r.choice([[], [], ["P"], ["Q"]])  # noqa: E731
        many = lambda one: [one() for _ in range(self.r.randint(0, 2))]  # noqa: E731
        day = lambda: self.stamp(self.r.randint(0, 6000))[:10]  # noqa: E731
        made = {
            "seasons": many(lambda: {"from": day()[5:], "parcels": parcels(), "to": self.r.choice([day()[5:], "02-29"])}),
            "closures": many(lambda: {"from": day(), "parcels": parcels(), "reason": "strike", "to": self.r.choice([None, day()])}),
            "permits": many(lambda: {"from": day(), "number": "M-1", "parcels": parcels(), "to": self.r.choice([None, day()]), "volume": None}),
            "positions": many(lambda: {"error_mm": self.r.choice([0, 10_000, 10**12]), "from": day(), "lat": self.r.randint(-9, 9) * 10**8,
                                       "lon": self.r.randint(-18, 18) * 10**8}),
        }
        return {name: self.spoilt(value) for name, value in made.items() if self.maybe(0.35)}

    # --- who there is

    def make_cast(self):
        self.reg, self.other_reg = Log("Register", "registrar", "NL"), Log("Elsewhere", "registrar", "XX")
        roles = ["quarry operator", "quarry operator", "factory", "factory", "importer", "trader"]
        self.logs = [Log(name, role, self.r.choice(["IN", "CN", "NL"])) for name, role in zip(NAMES, roles)]
        self.verifier = Log("The Verifier", "verifier", "NL")
        self.monitor = Log("The Monitor", "monitor", "NL")
        self.witnesses = [(f"witness.example/{n}", Key()) for n in "ab"]
        self.sites = [self.make_site(self.r.choice([self.reg, *self.logs[:2]])) for _ in range(2)]
        self.admits = []
        for log in [*self.logs, self.verifier]:
            if not self.wrong(0.1):
                self.admit(log)
        if self.wrong(0.3):
            self.disturb_membership()
        if self.maybe(0.25):
            site = self.r.choice(self.sites)
            self.record(site.log, "correct", inputs=[site.state(-1)], **self.of_site())

    def make_site(self, log):
        name = self.r.choice(NAMES)
        facts = {"area": self.r.choice(["North", "South"]), "country": "IN", "kind": "quarry",
                 "name": name, "parcels": ["P", "Q"], "quarry": self.r.choice([name, "", "Pit 1"])}
        if self.maybe(0.5):
            facts.update(lat=self.r.randint(-9, 9) * 10**8, lon=self.r.randint(-18, 18) * 10**8)
        return self.record(log, "site", site=facts, party={"name": log.name}, **self.of_site())

    def admit(self, log):
        sites = []
        for site in self.sites:
            if not self.wrong(0.25):
                sites.append({
                    "from": self.r.choice(["2025-02-10", None]) if self.wrong(0.4) else "2025-01-01",
                    "parcels": self.r.choice([[], [], ["P"], ["P", "Q"]]),
                    "role": self.r.choice(["", "owner"]) if self.wrong(0.4) else "operator", "site": site.id,
                    "to": "2025-02-01" if self.wrong(0.25) else self.r.choice([None, "2025-12-31"])})
        more = {}
        if self.maybe(0.6):
            self.devices[log] = Key()
            more["enrol"] = b64u(self.devices[log].raw)
        if not self.wrong(0.1):
            more["party"] = {"name": log.name}
        event = self.record(
            self.reg if not self.wrong(0.07) else self.other_reg, "admit", sites=sites,
            member={"country": log.country, "log": log.origin, "role": log.role}, **more)
        self.admits.append(event)

    def disturb_membership(self):
        if not self.admits:
            return
        event = self.r.choice(self.admits)
        kind = self.r.choice(["revoke", "correct", "void"])
        more = {}
        if kind == "correct":
            more["member"] = {"country": "BE", "log": self.r.choice(self.logs).origin, "role": "factory"}
            if self.maybe(0.5):
                more["party"] = {"name": self.r.choice(NAMES)}
        self.record(event.log, kind, inputs=[event.state(-1)], **more)

    # --- where stone comes from

    def measure_block(self):
        l, w, h = (self.r.randrange(1000, 3000, 10) for _ in range(3))
        measure = {"gross": [l + 100, w + 100, h + 100], "mass": l * w * h * 27 // 10_000,
                   "net": [l, w, h]}
        if self.wrong(0.3):
            measure["mass"] *= self.r.choice([2, 10])
        if self.maybe(0.2):
            del measure[self.r.choice(list(measure))]
        if self.maybe(0.05):
            measure = {}
        return measure

    def block(self):
        value = {"amount": 1, "item": self.item(), "kind": "block", "unit": "piece"}
        if self.maybe(0.7):
            value["aliases"] = [f"B-{self.serials}"]
        measure = self.measure_block()
        if measure:
            value["measure"] = measure
        if self.maybe(0.4):
            value["serial"] = f"SER{self.serials:05d}"
        return value

    def lot(self):
        return {"amount": self.r.choice([100, 5000, 26_000_000]), "item": self.item(), "kind": "batch",
                "unit": self.r.choice(["g", "g", "piece", "mm3"])}

    def begin(self):
        stone = {"family": self.r.choice(FAMILIES), "name": self.r.choice(["Black", "Grey"])}
        made = [self.block() if self.maybe(0.75) else self.lot() for _ in range(self.r.randint(1, 2))]
        more = {"stone": stone} if self.maybe(0.9) else {}
        kind = self.r.choice(["extract", "extract", "extract", "acquire", "receive"])
        log = self.r.choice(self.logs[:2] if kind == "extract" and not self.wrong(0.1) else self.logs)
        if kind == "extract":
            if self.maybe(0.95):
                more["site"] = {"site": self.r.choice(self.sites).id}
                if self.maybe(0.4):
                    more["site"]["parcel"] = self.r.choice(["P", "Q"])
            if self.maybe(0.7):
                more["block"] = {"number": f"B-{self.serials}"}
        elif self.maybe(0.85):
            source = {"seller": "A seller", "words": self.r.choice(["", "from the \u00ab hill \u00bb", "x\x01" * 40])}
            if self.maybe(0.6):
                source.update(block="B-9", operator=self.r.choice(NAMES), quarry=self.r.choice(NAMES))
            if self.maybe(0.3):
                source.update(factory=self.r.choice(NAMES), area="North", parcel="P")
            more["source"] = source
        event = self.record(log, kind, outputs=made, **more)
        self.take_in(event, log)

    def take_in(self, event, log):
        self.held += [State(event, out, log) for out in range(len(event.outputs))]

    # --- what happens to it

    def turn(self):
        action = self.r.choice([
            self.hand_over, self.hand_over, self.hand_over, self.saw, self.saw, self.work, self.portion,
            self.pack, self.pack, self.unpack, self.relabel, self.correct, self.undo, self.say, self.cheat,
            self.late_dispatch])
        action()

    def choose(self, wanted=lambda state: True, most=1):
        """States of one holder; spent from then on."""
        able = [state for state in self.held if wanted(state)]
        if not able:
            return []
        holder = self.r.choice(able).holder
        chosen = [state for state in able if state.holder is holder][:self.r.randint(1, most)]
        if not self.wrong(0.08):  # else it may be spent a second time
            self.held = [state for state in self.held if state not in chosen]
        self.spent += chosen
        return chosen

    @staticmethod
    def plain(value):
        return {k: copy.deepcopy(v) for k, v in value.items() if k != "contents"}

    def to(self, log):
        if self.wrong(0.1):
            return {"name": log.name}
        return {"log": log.origin}

    def hand_over(self):
        states = self.choose(most=4)
        if not states:
            return
        giver, taker = states[0].holder, self.r.choice(self.logs)
        sent = self.record(giver, "dispatch", [s.input() for s in states],
                           [self.plain(s.value) for s in states], to=self.to(taker))
        on_way = [State(sent, out, giver) for out in range(len(states))]
        if self.wrong(0.3):
            self.way += on_way
            return
        arrived = on_way if not self.wrong(0.2) else on_way[:-1]
        self.way += on_way[len(arrived):]
        if not arrived:
            return
        if self.wrong(0.08):
            taker = self.r.choice(self.logs)
        outputs = [self.plain(s.value) for s in arrived]
        if self.maybe(0.1):
            outputs[0].setdefault("measure", {})["mass"] = self.r.choice([1000, 20_000_000])
        if self.wrong(0.1):
            outputs[0]["serial"] = "SWAPPED1"
        got = self.record(taker, "receive", [s.input() for s in arrived], outputs)
        self.take_in(got, taker)
        if self.wrong(0.06):
            self.record(giver, "void", [sent.state(-1), sent.state(0)], [self.plain(states[0].value)])

    def saw(self):
        states = self.choose(lambda s: s.value["kind"] == "block", most=2)
        if not states:
            return
        axis = self.r.choice(["l", "w", "h"])
        kerf, thickness = self.r.choice([0, 5, 7, 10]), self.r.choice([30, 60, 80])
        box = (states[0].value.get("measure") or {}).get("gross", [2000, 1500, 1500])
        fits = (box["lwh".index(axis)] + kerf) // (thickness + kerf)
        number = fits + self.r.randint(1, 9) if self.wrong(0.4) else self.r.choice([3, fits - 3, fits]) if fits > 3 else 1
        sides = [side for i, side in enumerate(box) if i != "lwh".index(axis)]
        made = []
        for _ in range(min(number, 60)):
            slab = {"amount": 1, "item": self.item(), "kind": "slab", "unit": "piece"}
            if not self.wrong(0.06):
                slab["measure"] = {"size": [*sides, thickness if self.maybe(0.97) else 2 * thickness]}
            if self.maybe(0.1):
                slab["serial"] = f"SER{self.serials:05d}"
            made.append(slab)
        if self.maybe(0.25):
            rest = self.plain(states[0].value)
            rest.update(item=self.item())
            for name in ("gross", "net"):
                if name in rest.get("measure", {}):
                    rest["measure"][name]["lwh".index(axis)] //= 3
            made.append(rest)
        more = {"saw": {"axis": axis, "kerf": kerf, "thickness": thickness}} if not self.wrong(0.2) else {}
        if self.maybe(0.3):
            more["waste"] = {"mass": self.r.choice([1000, 10_000_000])}
        self.take_in(self.record(states[0].holder, "split", [s.input() for s in states], made, **more),
                     states[0].holder)

    def draw(self, states):
        """Inputs, now and then a part, and the remainders those leave."""
        inputs, rests = [], []
        for state in states:
            amount = state.value["amount"]
            if amount > 1 and self.maybe(0.4):
                drawn = self.r.randint(1, amount - 1)
                inputs.append(state.input(drawn))
                rest = self.plain(state.value)
                rest["amount"] = amount - drawn if not self.wrong(0.14) else amount
                if "mass" in rest.get("measure", {}):
                    rest["measure"]["mass"] = max(1, rest["measure"]["mass"] * (amount - drawn) // amount)
                rests.append(rest)
            else:
                inputs.append(state.input())
        return inputs, rests

    def work(self):
        """Slabs, batches or blocks become pieces."""
        states = self.choose(lambda s: s.value["kind"] != "crate", most=6)
        if not states:
            return
        inputs, rests = self.draw(states)
        count = self.r.choice([4, 40, 4000])
        tiles = {"amount": count, "item": self.item(), "kind": "batch", "unit": "piece",
                 "measure": {"size": self.r.choice([[600, 400, 60], [100, 100, 80], [1000, 250, 150]])}}
        if self.maybe(0.4):
            tiles["measure"]["mass"] = count * self.r.choice([1000, 30_000])
        if self.maybe(0.1):
            tiles = {"amount": 1, "item": self.item(), "kind": "piece", "unit": "piece",
                     "measure": {"size": [1000, 250, 150]}}
        more = {}
        if self.maybe(0.25):
            more["home_work"] = {"per_mille": self.r.choice([1, 350, 1000])}
        if self.maybe(0.3):
            more["site"] = {"site": self.r.choice(self.sites).id}
        if self.maybe(0.2):
            more["waste"] = {"mass": 5000, "volume": 9}
        if self.maybe(0.15):
            more["saw"] = {"axis": "h", "kerf": 7, "thickness": 60}
        made = [tiles, *([{**tiles, "item": self.item()}] if self.maybe(0.3) else []), *rests]
        self.take_in(self.record(states[0].holder, "split", inputs, made, **more), states[0].holder)

    def portion(self):
        states = self.choose(lambda s: s.value["kind"] == "batch" and s.value["amount"] > 4, most=2)
        if not states:
            return
        whole = states[0].value["amount"]
        parts = [whole // 3, whole - whole // 3 + (5 if self.wrong(0.4) else 0)]
        made = [{**self.plain(states[0].value), "item": self.item(), "amount": part} for part in parts]
        event = self.record(states[0].holder, "split", [s.input() for s in states], made)
        self.take_in(event, states[0].holder)

    def pack(self):
        states = self.choose(most=5)
        if not states:
            return
        inputs, rests = self.draw(states)
        crates = [{"amount": 1, "item": self.item(), "kind": self.r.choice(["crate", "bundle"]),
                   "unit": "piece", "contents": []} for _ in range(self.r.randint(1, 3))]
        for number, source in enumerate(inputs):
            amount = source["amount"]
            chosen = self.r.sample(crates, self.r.randint(1, len(crates)) if amount >= len(crates) else 1)
            for crate in chosen:
                crate["contents"].append({"amount": max(1, amount // len(chosen)), "in": number})
        for crate in crates:
            if self.wrong(0.3):
                crate["contents"].append({"amount": 1, "in": 0})
            if self.maybe(0.6):
                crate.update(aliases=[f"CRATE-{crate['item']}"], serial=f"C{self.serials:07d}")
            if self.maybe(0.2):
                crate["measure"] = {"mass": 900_000}
        if self.wrong(0.1):
            crates.append({**self.plain(states[0].value), "contents": [{"amount": 1, "in": 0}]})
        event = self.record(states[0].holder, "pack", inputs, [*crates, *rests])
        self.take_in(event, states[0].holder)

    def unpack(self):
        states = self.choose(lambda s: s.value["kind"] in ("crate", "bundle") and self.packed(s), most=2)
        if not states:
            return
        made = []
        for state in states:
            source = self.packed(state)
            for content in (source.value.get("contents", []) if source else []):
                values = self.sources(source.event)
                if content["in"] < len(values):
                    value = self.plain(values[content["in"]])
                    if value["kind"] == "batch":
                        value["amount"] = content["amount"] + (1 if self.wrong(0.2) else 0)
                    made.append(value)
        if not made or self.wrong(0.2):
            made.append({"amount": 7, "item": self.item(), "kind": "batch", "unit": "piece"})
        self.take_in(self.record(states[0].holder, "unpack", [s.input() for s in states], made),
                     states[0].holder)

    def by_id(self, event_id):
        return next(e for e in self.events if e.id == event_id)

    def sources(self, event):
        return [self.by_id(i["event"]).outputs[i["out"]] for i in event.head["inputs"]]

    def packed(self, state):
        while state.event.head["type"] in ("dispatch", "receive", "label") and state.event.head["inputs"]:
            before = state.event.head["inputs"][state.out]
            state = State(self.by_id(before["event"]), before["out"], None)
        return state if state.event.head["type"] == "pack" else None

    def relabel(self):
        states = self.choose(most=1)
        if not states:
            return
        value = self.plain(states[0].value)
        label = {"action": "replace", "old_serial": value.get("serial", "OLD00000")}
        value["serial"] = f"NEW{self.serials:05d}"
        for name, text in (("photo", digest("photo")), ("reason", "torn"), ("second_person", "Ann")):
            if self.maybe(0.7):
                label[name] = text
        if self.wrong(0.3):
            label["old_serial"] = "WRONG000"
        more = {"label": label} if self.maybe(0.9) else {}
        self.take_in(self.record(states[0].holder, "label", [states[0].input()], [value], **more),
                     states[0].holder)

    def correct(self):
        """Restates outputs that its log still holds, or only fields."""
        able = [s for s in self.held if s.event.log is s.holder]
        if not able:
            return
        state = self.r.choice(able)
        event = state.event
        again = [s for s in able if s.event is event]
        self.held = [s for s in self.held if s not in again]
        made = [copy.deepcopy(s.value) for s in again]
        for value in made:
            value.pop("contents", None) if event.head["type"] != "pack" else None
            if value["kind"] == "block" and self.maybe(0.6):
                value["measure"] = self.measure_block() or {"mass": 5}
            if value["kind"] == "batch" and self.wrong(0.6):
                value["amount"] += self.r.choice([-1, 1, 100]) if value["amount"] > 1 else 1
            if self.wrong(0.2):
                value["serial"] = "CORR0001"
        more = {"corrects": {"event": event.id}}
        kind = event.head["type"]
        if self.maybe(0.4):
            more["stone"] = {"family": self.r.choice(FAMILIES), "name": "White"}
        if kind == "extract" and self.maybe(0.3):
            more["site"] = {"site": self.r.choice(self.sites).id}
        if kind == "acquire" and self.maybe(0.3):
            more["source"] = {"block": "B-2", "operator": self.r.choice(NAMES), "quarry": "Pit 1"}
        inputs = [event.state(-1), *[s.input() for s in again]]
        self.take_in(self.record(event.log, "correct", inputs, made, **more), event.log)

    def undo(self):
        if self.way and self.maybe(0.7):  # what is still on its way
            state = self.way.pop()
            before = state.event.head["inputs"][state.out]
            value = self.by_id(before["event"]).outputs[before["out"]]
            event = self.record(state.event.log, "void", [state.event.state(-1), state.input()],
                                [self.plain(value)], voids={"event": state.event.id})
            return self.take_in(event, state.event.log)
        able = [s.event for s in self.held if s.event.log is s.holder
                and s.event.head["type"] in ("split", "pack", "label", "unpack", "extract", "acquire")]
        able = [e for e in able if sum(s.event is e for s in self.held) == len(e.outputs)]
        if not able:
            return
        event = self.r.choice(able)
        self.held = [s for s in self.held if s.event is not event]
        inputs = [event.state(-1), *[event.state(out) for out in range(len(event.outputs))]]
        made = [self.plain(value) for value in self.sources(event)]
        self.take_in(self.record(event.log, "void", inputs, made, voids={"event": event.id}), event.log)

    def late_dispatch(self):
        begun = [e for e in self.events if e.head["type"] == "receive" and not e.head["inputs"]]
        if not begun or self.maybe(0.3):
            return
        receive = self.r.choice(begun)
        giver = self.r.choice(self.logs)
        out = self.r.randrange(len(receive.outputs))
        goods = self.plain(receive.outputs[out])
        if self.maybe(0.15):
            goods["item"] = self.item()
        first = self.record(giver if self.maybe(0.9) else self.r.choice(self.logs), "extract", outputs=[goods],
                            site={"site": self.r.choice(self.sites).id}, block={"number": "L-1"})
        event = self.record(
            giver, "dispatch", [first.state(0)], [], to={"log": receive.log.origin},
            received={"event": receive.id, "outs": [out]})
        if self.maybe(0.15):
            self.record(giver, "void", [event.state(-1)], [goods])

    def say(self):
        log = self.r.choice([*self.logs, self.verifier])
        event = self.r.choice(self.events)
        about = {"event": event.id}
        if event.outputs and self.maybe(0.5):
            about = {"item": event.outputs[0]["item"]}
        more = {"statement": {"text": self.r.choice(["seen", "\u201cquoted\u201d \n text", "long " * 50])}}
        self.record(log, "attest", about=about, kind=self.r.choice(TEXT_KINDS), **(more if self.maybe(0.7) else {}))

    def cheat(self):
        """A state used again, or by somebody who does not hold it."""
        if self.tidy or not self.spent:
            return
        state = self.r.choice(self.spent)
        log = state.holder if self.maybe(0.6) else self.r.choice(self.logs)
        event = self.record(log, "dispatch", [state.input()], [self.plain(state.value)],
                            to={"log": self.r.choice(self.logs).origin})
        self.held.append(State(event, 0, log))
        if self.maybe(0.4):
            text = state.event.fields[f"out.{state.out}"]
            genuine = self.r.choice(self.events).id
            users = [e for e in self.events if any(
                i["event"] == state.event.id and i["out"] == state.out for i in e.head["inputs"])]
            if self.maybe(0.8):
                genuine = self.r.choice(users).id
            self.record(self.verifier, "attest", kind="resolve",
                        about={"genuine": genuine, "marker": marker(state.event.id, text)})

    # --- what a reader is handed

    def hidden(self):
        """Fields that are withheld, and whole events."""
        pairs = [(e, name) for e in self.events for name in e.fields]
        chance = 0 if self.tidy else self.r.choice([0, 0.01, 0.03, 0.1])
        hide = {pair for pair in pairs if self.maybe(chance)}
        if self.maybe(0.1):
            hide |= {(e, name) for e, name in pairs if name == "party"}
        return hide

    def markers(self):
        """What a monitor saw: every use, and now and then one that no passport holds."""
        seen = {event.state(out)["_marker"]: set() for event in self.events
                for out in range(-1, len(event.outputs))}
        for event in self.events:
            for used in json.loads(event.log.entries[event.seq])["spends"]:
                seen.setdefault(used, set()).add((event.log, event.seq))
        for places in seen.values():
            if self.wrong(0.05):
                log = self.r.choice([event.log for event in self.events])
                places.add((log, self.r.randrange(len(log.entries))))
        return seen

    def passports(self):
        live = [(s.event, s.out) for s in [*self.held, *self.way]]
        items = self.r.sample(live, min(len(live), self.r.randint(1, 5))) if live else []
        if self.maybe(0.1) or not items:
            event = self.r.choice(self.events)
            items.append((event, -1 if not event.outputs else 0))
        items = list(dict.fromkeys(items))
        needed = {event for event, _ in items}
        careless = 0 if self.tidy else self.r.choice([0, 0, 0.08])
        lost = {e for e in self.events if e not in needed and self.maybe(careless)}
        silent = {e for e in self.events if e not in needed and e not in lost
                  and self.maybe(careless)}
        shown = [e for e in self.events if e not in lost]
        hide = self.hidden()
        value = passport(items, shown, hide, silent)
        if self.maybe(0.3):
            self.witness(value, shown, hide, silent)
        if self.maybe(0.4):
            logs = {event.log for event in self.events}
            value["clear"] = clear_note(self.monitor, 1_760_000_000, logs, self.markers())
        return [value]

    def witness(self, value, shown, hide, silent):
        """Cosigns some of the checkpoints, and adds packets under earlier ones."""
        start = 1_735_689_600  # of 2025
        for number, packet in enumerate(list(value["packets"])):
            log = next(e.log for e in shown if e.log.vkey == packet["key"])
            events = [e for e in shown if e.log is log]
            cosigners = [(name, key, start + 3600 * (self.hours + self.r.randint(0, 99)))
                         for name, key in self.witnesses if self.maybe(0.8 if self.tidy else 0.4)]
            value["packets"][number] = log.packet(events, hide, silent, cosigners=cosigners)
            size = self.r.randint(1, len(log.entries))
            early = [e for e in events if e.seq < size]
            if early and size < len(log.entries) and self.maybe(0.4):
                cosigners = [(*self.witnesses[0], start + 3600 * self.r.randint(0, self.hours))]
                value["packets"].append(log.packet(early, hide, silent, size, cosigners))

    def policy(self):
        keys = [f"witness w{n} {vkey(name, 4, key.raw)}\n" for n, (name, key) in enumerate(self.witnesses)]
        return self.r.choice([
            "quorum none\n", "quorum none\n", keys[0] + "quorum none\n", keys[0] + "quorum w0\n",
            "".join(keys) + "group both all w0 w1\nquorum both\n",
            "".join(keys) + "group one any w0 w1\nquorum one\n"])

    def trust(self):
        pinned = []
        if self.maybe(0.2):
            log = self.r.choice(self.logs)
            pinned = [{"log": log.vkey, "name": self.r.choice(NAMES), "role": log.role, "country": "BE"}]
        return {
            "v": 1, "registrars": [self.reg.vkey] if not self.wrong(0.1) else [],
            "monitors": [self.monitor.vkey] if self.maybe(0.7) else [],
            "verifiers": [self.verifier.origin] if self.maybe(0.8) else [],
            "pinned": pinned, "policy": self.policy()}

    def recorded(self):
        """What the first stone and the last work are recorded to be, as criteria."""
        dug = next((e for e in self.events if e.head["type"] == "extract" and "site" in e.values), None)
        worked = next((e for e in reversed(self.events) if e.head["type"] == "split"), None)
        if dug is None:
            return None
        site = self.by_id(dug.values["site"]["site"])
        facts = site.values["site"]
        named = {"area": [facts["area"]], "quarry": [facts["name"], site.id],
                 "operator": [dug.log.name, dug.log.origin]}
        if worked is not None:
            named["factory"] = [worked.log.name, worked.log.origin]
        return named

    def contract(self):
        names = [*NAMES, "Pit 1", "North", "South", "P", "Black", "Grey", "White", " North "]
        named = {
            "area": ["North", "South", self.sites[0].id], "quarry": [*NAMES, "Pit 1", self.sites[0].id],
            "parcel": ["P", "Q"], "operator": [*NAMES, self.logs[0].origin],
            "factory": [*NAMES, self.logs[2].origin, self.logs[3].origin, self.sites[1].id],
            "stone": ["Black", "Grey", "White"]}
        if self.tidy and self.maybe(0.7):
            named = self.recorded() or named
        criteria = {kind: self.r.choice(values if not self.wrong(0.2) else names)
                    for kind, values in named.items() if self.maybe(0.35)}
        lines = []
        for _ in range(self.r.choice([0, 1, 1, 1, 2])):
            line = {"amount": self.r.choice([1, 60, 40_000_000]), "unit": self.r.choice(["piece", "mm2", "g", "mm", "mm3"])}
            if self.maybe(0.5):
                line["size"] = self.r.choice([[600, 400, 60], [100, 100, 80], [1000, 250, 150]])
            if self.maybe(0.3):
                line["joint"] = 10
            if self.maybe(0.3):
                line["tolerance"] = 10
            lines.append(line)
        value = {"id": "C1", "criteria": criteria, "lines": lines}
        if self.maybe(0.3):
            value["closed"] = self.maybe(0.5)
        return value

    def outputs(self):
        return [value for e in self.events for value in e.outputs]

    def scan(self):
        value = self.r.choice(self.outputs())
        kind = self.r.randrange(4)
        if kind == 0:
            return f"HTTPS://LABEL.EXAMPLE/Q/{value['item']}/{value.get('serial', '')}"
        if kind == 1 and value.get("aliases"):
            return {"alias": value["aliases"][0]}
        return {"item": value["item"], **({"serial": value["serial"]} if value.get("serial") else {})}

    def sighting(self):
        if not self.devices:
            return None
        log = self.r.choice(list(self.devices))
        value = self.r.choice(self.outputs())
        by_alias = bool(value.get("aliases")) and self.maybe(0.4)
        return sighting(
            log, self.devices[log] if self.maybe(0.9) else Key(), self.stamp(self.hours + self.r.randint(0, 3)),
            self.r.choice([520_000_000, 512_000_000, -330_000_000]), self.r.choice([43_000_000, 44_000_000]),
            item=None if by_alias else value["item"], serial=None if by_alias else value.get("serial"),
            alias=value["aliases"][0] if by_alias else None, error_mm=self.r.choice([10_000, 60_000_000]))

    def files(self):
        """name → text of each file of one check."""
        files = {"trust.json": dump(self.trust())}
        sightings = [s for s in (self.sighting() for _ in range(self.r.choice([0, 0, 2, 4]))) if s]
        if len(sightings) > 1 and self.maybe(0.3):
            pair = [b64u(sha(dump(s).encode())) for s in sightings[:2]]
            self.record(self.verifier, "attest", kind="resolve",
                        about={"genuine": self.r.choice(pair), "sightings": pair})
        for number, value in enumerate(self.passports()):
            files[f"passport{number}.json"] = dump(value)
        if sightings:
            files["sightings.json"] = dump(sightings)
        if self.wrong(0.7):
            scans = [self.scan() for _ in range(self.r.randint(0, 4))]
            if sightings and self.maybe(0.3):
                scans.append(sightings[0])
            files["scans.json"] = dump(scans)
        files["contract.json"] = dump(self.contract())
        return files
