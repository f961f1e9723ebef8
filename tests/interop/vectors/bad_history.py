"""Rules 13, 25, 29 and 30: what several packets, passports and notes say of one log."""
from formats import b64, vkey
from vectors.ledger import Ledger, Monitor, day, key_of, passport, trust
from vectors.worlds import MONITOR, NORTH, Small, Tiny

TRUST = trust([])


def splits(add):
    """A log that tells two stories."""
    good = Tiny()
    fork = good.log.fork()
    fork.entries, fork.events = fork.entries[:2], fork.events[:2]
    other = fork.record("site", day(1, 3), site={"kind": "yard", "name": "Another Yard"})
    fork.record("site", day(1, 4), site={"kind": "yard", "name": "Yard 3"})
    about = [(good.events[2], -1)]
    first, second = good.log.packet([good.events[2]]), fork.packet([other])
    add("split-one-size-two-roots", "one log signed two trees of four entries (rule 29)", passport(about, [first, second]),
        "invalid", "split_history", {"packet": 2, "field": "checkpoint"}, trust=TRUST)
    add("split-in-two-passports", "the two trees come in two passports (rule 29)",
        [passport(about, [first]), passport([(other, -1)], [second])], "invalid", "split_history",
        {"passport": 2, "packet": 1, "field": "checkpoint"}, trust=TRUST)
    shorter = fork.packet([other], size=3)
    add("split-one-seq-two-entries", "one log signed two third entries, in trees of two sizes (rule 29)",
        passport(about, [first, shorter]), "invalid", "split_history", {"packet": 2, "seq": 2}, trust=TRUST)
    add("split-one-seq-in-two-passports", "the two third entries come in two passports (rule 29)",
        [passport(about, [first]), passport([(other, -1)], [shorter])], "invalid", "split_history",
        {"passport": 2, "packet": 1, "seq": 2}, trust=TRUST)
    add("split-silent-entry", "the other third entry is shown without its head (rule 29)",
        passport(about, [first, fork.packet([], silent=[other], size=3)]), "invalid", "split_history",
        {"packet": 2, "seq": 2}, trust=TRUST)
    later = fork.packet([fork.events[3]], size=4)
    early = good.log.packet([good.events[2]], size=3)
    add("split-chain-broken", "the fourth entry, of another packet, does not follow the third (rules 13 and 29)",
        passport(about, [early, later]), "invalid", "wrong_chain", {"seq": 3, "field": "prev"}, trust=TRUST)


def swaps(add):
    """Parts of packets in other packets."""
    good = Small()
    reader = good.trust

    def changed(name, why, code, facts, change):
        whole = good.passport()
        change(whole["packets"])
        add(f"packets-{name}", why, whole, "invalid", code, facts, trust=reader, contract=NORTH)

    def exchange(member):
        def change(packets):
            packets[0][member], packets[1][member] = packets[1][member], packets[0][member]
        return change

    changed("keys-exchanged", "two packets changed keys (rule 24)", "wrong_key", {"packet": 1, "field": "checkpoint"}, exchange("key"))
    changed("checkpoints-exchanged", "two packets changed checkpoints (rule 24)", "wrong_key", {"packet": 1, "field": "checkpoint"}, exchange("checkpoint"))
    changed("proofs-exchanged", "two packets changed proofs (DESIGN §8)", "wrong_proof", {"packet": 1, "field": "proof"}, exchange("proof"))
    changed("entries-exchanged", "two packets changed entries (DESIGN §8)", "wrong_chain", {"packet": 1, "field": "entries[0]"}, exchange("entries"))
    changed("disclosures-exchanged", "two packets changed disclosures (rule 28)", "wrong_disclosure", {"packet": 1, "seq": 0, "field": "head"}, exchange("disclosures"))

    def replay(packets):
        packets[0]["entries"].append(packets[1]["entries"][1])
        packets[0]["disclosures"].append(packets[1]["disclosures"][1])
    changed("entry-replayed", "an entry of the quarry stands in the registrar's packet (DESIGN §8)", "wrong_chain",
            {"packet": 1, "field": "entries[2]"}, replay)

    def drop(packets):
        del packets[1]
    changed("item-without-packet", "the packet with the item's event is left out (rule 27)", "malformed", {"field": "items[0]"}, drop)


def trusted_keys(add):
    """Rule 25: a trusted key is one of the log's keys."""
    good = Small()
    stranger = key_of("stranger")
    wrong = vkey(good.reg.origin, 1, stranger.raw)
    add("trusted-registrar-key-not-used", "the reader trusts another key under the registrar's name (rule 25)", good.passport(),
        "invalid", "wrong_key", {"packet": 1, "field": "key"}, trust=trust([wrong]), contract=NORTH)
    pinned = {"log": vkey(good.quarry.origin, 1, stranger.raw), "name": "Quarry", "role": "quarry operator", "country": "IN"}
    add("pinned-key-not-used", "the reader pinned another key under the quarry's name (rule 25)", good.passport(),
        "invalid", "wrong_key", {"packet": 2, "field": "key"}, trust=trust([good.reg], pinned=[pinned]), contract=NORTH)


def clear_notes(add):
    """Rule 30, with a monitor the reader knows and with one he does not."""
    good, other = Tiny(), Ledger("another log")
    other.record("site", day(1, 1), site={"kind": "yard", "name": "Yard"})
    known = trust([], monitors=[MONITOR])
    logs = [(good.log, 4), (other, 1)]
    marks = sorted(e.state(-1)["_marker"] for e in good.events[1:3])
    right = MONITOR.clear(logs, {m: [] for m in marks})
    text = right.split("\n\n")[0] + "\n"
    lines = text.splitlines()

    def note(name, why, content, code="malformed", reader=known):
        add(f"clear-{name}", why, {**good.passport(), "clear": content}, "invalid", code, {"field": "clear"}, trust=reader)

    def signed(name, why, changed, **more):
        note(name, why, MONITOR.sign("\n".join(changed) + "\n"), **more)

    note("empty", "an empty note", "")
    note("not-a-note", "text that is no note", "unseen")
    note("unsigned", "no signature line (rule 30)", text + "\n")
    note("carriage-returns", "lines end in CR LF", right.replace("\n", "\r\n"))
    note("without-empty-line", "no empty line before the signature", right.replace("\n\n", "\n"))
    note("without-final-newline", "the note does not end with a newline", right[:-1])
    note("ascii-hyphen", "a signature line with a hyphen", right.replace("\u2014", "-"))
    signed("another-context", "another context line (rule 30)", ["quarrymark/clear/v2", *lines[1:]])
    signed("without-time", "no time (rule 30)", [lines[0], *lines[2:]])
    signed("time-negative", "a time before 1970", [lines[0], "time -1", *lines[2:]])
    signed("time-leading-zero", "a time with a leading zero", [lines[0], "time 01", *lines[2:]])
    signed("time-as-date", "a time as a date (rule 30)", [lines[0], "time 2025-06-30", *lines[2:]])
    signed("logs-descending", "logs ascend by origin (rule 30)", [*lines[:2], lines[3], lines[2], *lines[4:]])
    signed("log-twice", "a log stands there twice (rule 30)", [*lines[:3], lines[2], *lines[3:]])
    signed("markers-descending", "markers ascend (rule 30)", [*lines[:4], lines[5], lines[4]])
    signed("marker-twice", "a marker is unseen twice (rule 30)", [*lines, lines[-1]])
    signed("marker-before-logs", "a marker line before the log lines (rule 30)", [*lines[:2], lines[4], *lines[2:4], lines[5]])
    signed("marker-short", "a marker of 42 characters (rule 5)", [*lines[:4], f"marker {marks[0][:-1]} unseen"])
    signed("marker-seen", "a marker is unseen or has places (rule 30)", [*lines[:4], f"marker {marks[0]} seen"])
    signed("marker-unseen-and-placed", "a marker is unseen and has a place (rule 30)", [*lines, f"marker {marks[1]} {good.log.origin} 0"])
    signed("place-in-unlisted-log", "a place in a log that the note does not list (rule 30)",
           [*lines[:4], f"marker {marks[0]} quarrymark/{'A' * 43} 0"])
    signed("place-beyond-size", "a place that is not below the size of its log (rule 30)",
           [*lines[:4], f"marker {marks[0]} {good.log.origin} 4"])
    places = [f"marker {marks[0]} {good.log.origin} {seq}" for seq in (2, 1)]
    signed("places-descending", "places of a marker ascend (rule 30)", [*lines[:4], *places])
    signed("size-leading-zero", "a size with a leading zero", [*lines[:2], lines[2].replace(" 4 ", " 04 ").replace(" 1 ", " 01 "), *lines[3:]])
    signed("root-short", "a root of 31 bytes", [*lines[:3], f"log {lines[3].split()[1]} 4 {b64(bytes(31))}", *lines[4:]])
    signed("unknown-line", "a line that is neither log nor marker (rule 30)", [*lines, "remark none"])
    signed("two-spaces", "two spaces in a log line (rule 30)", [*lines[:2], lines[2].replace(" ", "  ", 1), *lines[3:]])
    stranger = Monitor("stranger.example")
    note("unknown-monitor-bad-form", "of a monitor the reader does not know the form is checked all the same (rule 30)",
         stranger.sign("\n".join([*lines[:4], lines[5], lines[4]]) + "\n"))
    note("signature-altered", "one bit of the monitor's signature is another (rule 30)",
         right[:-6] + ("A" if right[-6] != "A" else "B") + right[-5:], "wrong_signature")
    later = MONITOR.clear(logs, {m: [] for m in marks}, time=1751328000)
    note("signature-of-another-note", "the signature of another note of the monitor (rule 30)",
         text + "\n" + later.split("\n\n")[1], "wrong_signature")
    fork = good.log.fork()
    fork.entries = [*fork.entries[:3], fork.entries[3].replace("T08", "T09")]
    note("another-root", "the monitor saw another tree of this size (rules 29 and 30)",
         MONITOR.clear([(fork, 4)], {m: [] for m in marks}), "split_history")


def build(add):
    splits(add)
    swaps(add)
    trusted_keys(add)
    clear_notes(add)
