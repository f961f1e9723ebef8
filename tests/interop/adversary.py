#!/usr/bin/python3
"""Everything a presenter could do to a passport of ten hand-overs, and what must be said of it.

Usage: adversary.py BINARY [--full]       every case (also with QUARRYMARK_FULL set),
                                   or every third of the large families
       adversary.py --write FOLDER        writes all cases in the form of schemas/vectors, so that
                                          another verifier can run them

Dropped disclosures, heads, entries and packets; packets in another order; parts of packets exchanged;
entries replayed in other logs; proofs, signatures and cosignatures moved; markers altered in the file,
and by the log itself, which signs what it altered. Then frauds: whatever is withheld of a passport
that shows one, the verdict becomes no better, but `gap`, and that is named.
"""
import copy
import itertools
import os
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import run_vectors  # noqa: E402
from vectors.adversary_frauds import frauds  # noqa: E402
from vectors.index import Collection  # noqa: E402
from vectors.ten_hops import ASKED, TenHops  # noqa: E402

RANK = ["invalid", "mismatch", "duplicate", "over_yield", "gap", "mixed", "partial", "not_verifiable",
        "declared", "match", None]
GAP, SAME = ("gap", "not_shown"), ("match", None)
UNKNOWN = ("not_verifiable", "unknown_signer")


class Cases:
    """Changes of the one passport, each with verdict, code and place that the rules give it."""

    def __init__(self):
        self.collection = Collection()
        self.made = TenHops()
        self.good = self.made.passport()
        self.origins = [p["key"].split("+")[0] for p in self.good["packets"]]
        self.packet_of = {id(log): self.origins.index(log.origin) for log in self.made.logs}

    def add(self, name, why, passport, verdict, code=None, **facts):
        self.collection.add(name, why, passport, verdict, code, facts, trust=self.made.trust, contract=ASKED)

    def changed(self, name, why, change, verdict, code=None, **facts):
        whole = copy.deepcopy(self.good)
        change(whole["packets"])
        self.add(name, why, whole, verdict, code, **facts)

    def place(self, event):
        """(packet, position of the event's entry in it), from 0."""
        packet = self.packet_of[id(event.log)]
        shown = [e for e in self.made.events if e.log is event.log]
        return packet, shown.index(event)

    # --- dropping

    def needed(self, event, field):
        """What the rules say of a passport without this field; FORMATS 17, 18, 26; RULES 11."""
        made, kind = self.made, event.head["type"]
        last = event is made.state
        if kind == "site":
            return GAP
        if kind == "admit":
            if field == "member":
                return GAP  # an admission that hides whom it admits (docs/withholding.md)
            if field == "sites":
                return GAP if event is made.admits[made.quarry] else SAME
            named = event in (made.admits[made.quarry], made.admits[made.factory])
            return GAP if field == "party" and named else SAME
        if kind == "attest" or field in ("party", "block", "device"):
            return SAME
        if field == "to":
            return SAME if last else GAP
        return GAP  # outputs, site, stone, saw, label

    def drop_fields(self):
        for event in self.made.events:
            packet, at = self.place(event)
            names = [*sorted(event.fields), *(["device"] if event.device else [])]
            for number, field in enumerate(names, 1):
                verdict, code = self.needed(event, field)

                def change(packets, p=packet, a=at, n=number):
                    del packets[p]["disclosures"][a][n]
                self.changed(f"drop-{packet}-{event.seq}-{number}", f"{field} of the {event.head['type']} is withheld", change, verdict, code)

    def drop_heads(self):
        made = self.made
        for event in made.events:
            packet, at = self.place(event)

            def head(packets, p=packet, a=at):
                del packets[p]["disclosures"][a][0]

            def everything(packets, p=packet, a=at):
                packets[p]["disclosures"][a] = []
            name, kind = f"{packet}-{event.seq}", event.head["type"]
            self.changed(f"drop-head-{name}", f"the head of the {kind} is dropped, its fields are not", head, "invalid",
                         "wrong_disclosure", packet=packet + 1, seq=event.seq, field="head")
            facts = {}
            if event is made.state:
                verdict, code, facts = "invalid", "malformed", {"field": "items[0]"}
            elif kind == "site":
                verdict, code = GAP
            elif kind == "admit":
                verdict, code = UNKNOWN
            elif kind == "attest":
                verdict, code = SAME
            else:
                verdict, code = "gap", "link_missing"
            self.changed(f"silence-{name}", f"the {kind} is shown without its head", everything, verdict, code, **facts)

    # --- moving

    def exchange(self, step):
        pairs = list(itertools.combinations(range(len(self.origins)), 2))
        parts = (("key", ("key",), "wrong_key"), ("checkpoint", ("checkpoint",), "wrong_key"),
                 ("entries", ("entries", "disclosures"), "wrong_chain"),
                 ("packet-but-key", ("rotations", "checkpoint", "entries", "disclosures", "proof"), "wrong_key"))
        for a, b in pairs:
            def order(packets, x=a, y=b):
                packets[x], packets[y] = packets[y], packets[x]
            self.changed(f"order-{a}-{b}", "two packets changed places, which means nothing", order, *SAME)
        for (a, b), (name, members, code) in list(itertools.product(pairs, parts))[::step]:
            def swap(packets, x=a, y=b, m=members):
                for member in m:
                    packets[x][member], packets[y][member] = packets[y][member], packets[x][member]
            self.changed(f"exchange-{name}-{a}-{b}", f"two packets exchanged {name}", swap, "invalid", code, packet=a + 1)

    def replay(self, step):
        targets = [(e, n) for e in self.made.events for n in range(len(self.origins)) if n != self.place(e)[0]]
        for event, target in targets[::step]:
            packet, at = self.place(event)

            def change(packets, p=packet, a=at, t=target, seq=event.seq):
                shown = [e.seq for e in self.made.events if self.place(e)[0] == t]
                where = sum(s <= seq for s in shown)
                for member in ("entries", "disclosures"):
                    packets[t][member].insert(where, packets[p][member][a])
            self.changed(f"replay-{packet}-{event.seq}-in-{target}", f"the {event.head['type']} is replayed in another log", change,
                         "invalid", "wrong_chain", packet=target + 1)

    def move(self, step):
        for a, b in list(itertools.permutations(range(len(self.origins)), 2))[::step]:
            def proof(packets, x=a, y=b):
                packets[y]["proof"] = packets[x]["proof"]

            def line(number):
                def change(packets, x=a, y=b):
                    lines = [p["checkpoint"].split("\n") for p in (packets[x], packets[y])]
                    lines[1][number] = lines[0][number]
                    packets[y]["checkpoint"] = "\n".join(lines[1])
                return change
            self.changed(f"proof-{a}-to-{b}", "the proof of another packet", proof, "invalid", "wrong_proof", packet=b + 1, field="proof")
            self.changed(f"signature-{a}-to-{b}", "the log's signature is that under another checkpoint", line(4), "invalid",
                         "wrong_signature", packet=b + 1, field="checkpoint")
            self.changed(f"cosignature-{a}-to-{b}", "the cosignature is that under another checkpoint", line(5), "invalid",
                         "cosignature_invalid", packet=b + 1, field="checkpoint")

    def packets(self):
        for number, origin in enumerate(self.origins):
            log = next(log for log in self.made.logs if log.origin == origin)
            if log is self.made.reg:  # and with it what the site is called
                verdict, code, facts = *GAP, {}
            elif log is self.made.traders[-1]:
                verdict, code, facts = "invalid", "malformed", {"field": "items[0]"}
            else:
                verdict, code, facts = "gap", "link_missing", {}

            def change(packets, n=number):
                del packets[n]
            self.changed(f"drop-packet-{number}", f"the packet of {log.name} is left out", change, verdict, code, **facts)

    # --- markers

    def markers(self):
        for event in self.made.events:
            packet, at = self.place(event)
            for number, marker in enumerate(event.entry["spends"]):
                other = ("A" if marker[0] != "A" else "B") + marker[1:]

                def change(packets, p=packet, a=at, old=marker, new=other):
                    packets[p]["entries"][a] = packets[p]["entries"][a].replace(old, new)
                name = f"{packet}-{event.seq}-{number}"
                self.changed(f"marker-{name}", "a marker is altered in the file", change, "invalid", "wrong_proof", packet=packet + 1)
                dishonest = TenHops(alter=(event.log.name, event.seq, lambda text, o=marker, n=other: text.replace(o, n)))
                self.add(f"signed-marker-{name}", "a marker is altered by the log, which signs it", dishonest.passport(), "invalid",
                         "wrong_marker", packet=packet + 1, seq=event.seq, field=f"spends[{number}]")

    def build(self, step):
        self.drop_fields()
        self.drop_heads()
        self.packets()
        self.exchange(step)
        self.replay(step)
        self.move(step)
        self.markers()
        return self.collection


def run_frauds(binary, folder):
    """(case, complaint) for every withholding that makes a fraud look better."""
    collection, worst = Collection(), {}
    for fraud in frauds():
        collection.add(fraud.name, fraud.why, fraud.passports(), fraud.verdict, fraud.code, trust=fraud.trust, contract=fraud.contract)
        worst[fraud.name] = fraud.verdict
        for number, (what, passports) in enumerate(fraud.withholdings(random.Random(fraud.name))):
            name = f"{fraud.name}-{number}"
            collection.add(name, what, passports, fraud.verdict, trust=fraud.trust, contract=fraud.contract)
            worst[name] = fraud.verdict
    collection.write(folder)
    run_vectors.FOLDER = folder
    found = []
    with ThreadPoolExecutor(2) as pool:
        reports = pool.map(lambda v: run_vectors.report_of(binary, v)[0], collection.vectors)
        for vector, report in zip(collection.vectors, reports):
            verdict, allowed = report.get("verdict", "no report"), worst[vector["name"]]
            named = any(f["verdict"] == verdict for f in report.get("findings", []))
            better = verdict not in RANK or RANK.index(verdict) > max(RANK.index(allowed), RANK.index("gap"))
            whole = vector["first"] is not None
            if better or not named or (whole and verdict != allowed):
                found.append((vector, f"{vector['why']}: {allowed} became {verdict}: {report.get('sentence')}"))
    return len(collection.vectors), found


def main():
    arguments = [a for a in sys.argv[1:] if a not in ("--full", "--write")]
    if len(arguments) != 1:
        sys.exit(__doc__)
    everything = {"--full", "--write"} & set(sys.argv) or os.environ.get("QUARRYMARK_FULL")
    step = 1 if everything else 3
    collection = Cases().build(step)
    if "--write" in sys.argv:
        collection.write(Path(arguments[0]))
        print(f"{len(collection.vectors)} cases written to {arguments[0]}")
        return
    binary = str(Path(arguments[0]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        collection.write(Path(folder))
        passed, failed = run_vectors.run_all(binary, Path(folder), collection.vectors)
    with tempfile.TemporaryDirectory() as folder:
        count, found = run_frauds(binary, Path(folder))
    for vector, complaint in found:
        print(f"FAILED: {vector['name']}: {complaint}")
    print(f"{passed + count - len(found)} passed, {failed + len(found)} failed")
    sys.exit(1 if failed + len(found) else 0)


if __name__ == "__main__":
    main()
