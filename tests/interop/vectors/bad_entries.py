"""Rules 2, 13, 14, 16 and 28: entries, and the disclosures that belong to them."""
import re

from formats import b64u, decode, disclosure, dump, leaf_hash, unb64u
from vectors.bad_json import spare_bits
from vectors.ledger import chain, day, raw_disclosure, trust
from vectors.worlds import Device, Small, Tiny

TRUST = trust([])


def forms(add):
    """Entries that are proved, yet not in the one form."""

    def entry(name, why, change, code="malformed", field="entries[0]", whole=Tiny.alone, **facts):
        made = Tiny(f"entry {name}", entry_text=change)
        add(f"entry-{name}", why, whole(made), "invalid", code,
            {"packet": 1, **({"field": field} if field else {}), **facts}, trust=TRUST)

    def swap(old, new):
        def change(text):
            assert re.search(old, text), old
            return re.sub(old, new, text, count=1)
        return change

    entry("space", "white space in an entry (rule 1)", swap('"v":1,', '"v":1, '))
    entry("newline-after", "a newline after an entry (rule 1)", lambda t: t + "\n")
    entry("not-json", "an entry that is no JSON", lambda t: t[:-1])
    entry("empty", "an empty entry", lambda t: "")
    entry("unknown-member", "a member that an entry does not have (rule 3)", lambda t: t[:-1] + ',"note":""}')
    entry("unknown-member-in-front", "an unknown member in front (rule 3)", swap("{", '{"a":1,'))
    entry("member-twice", "spends stands there twice (DESIGN §4)", swap(',"spends":.*', ',"spends":[],"spends":[]}'))
    entry("member-order", "seq stands before log (rule 2)", swap('("log":"[^"]*"),("seq":2)', r"\2,\1"))
    for name in ("v", "log", "seq", "prev", "time", "event", "spends"):
        entry(f"without-{name}", f"the member {name} is left out (rule 13)",
              lambda t, n=name: re.sub(f',?"{n}":(\\[\\]|"[^"]*"|\\d+)', "", t, count=1).replace("{,", "{"))
    entry("version-2", "an entry of another version", swap('"v":1', '"v":2'))
    entry("backslash", "an entry holds no backslash (rule 1)", swap("quarrymark/", r"quarrymark\\/"))
    entry("not-ascii", "a character beyond ASCII (rule 1)", swap("quarrymark/", "quarrymärk/"))
    entry("seq-string", "seq as a string", swap('"seq":2', '"seq":"2"'))
    entry("seq-leading-zero", "seq with a leading zero (rule 4)", swap('"seq":2', '"seq":02'))
    entry("seq-fraction", "seq with a fraction (rule 4)", swap('"seq":2', '"seq":2.0'))
    entry("seq-negative", "a negative seq", swap('"seq":2', '"seq":-2'))
    entry("seq-too-big", "a seq above 2^53−1 (rule 4)", swap('"seq":2', '"seq":9007199254740992'))
    entry("prev-null", "prev is null at 0 and only there (rule 13)", swap('"prev":"[^"]*"', '"prev":null'))
    entry("prev-empty", "prev as an empty string (rule 13)", swap('"prev":"[^"]*"', '"prev":""'))
    entry("prev-padded", "prev with padding (rule 5)", swap('"prev":"([^"]*)"', r'"prev":"\1="'))
    entry("prev-spare-bits", "prev with spare bits (rule 5)",
          lambda t: re.sub('"prev":"([^"]*)"', lambda m: f'"prev":"{spare_bits(m[1])}"', t))
    entry("time-without-decimals", "time has exactly three decimals (rule 13)", swap(r"\.000Z", "Z"))
    entry("time-one-decimal", "time has exactly three decimals (rule 13)", swap(r"\.000Z", ".0Z"))
    entry("time-six-decimals", "time has exactly three decimals (rule 13)", swap(r"\.000Z", ".000000Z"))
    entry("time-with-zone", "time ends in Z (rule 13)", swap(r"\.000Z", ".000+00:00"))
    entry("time-without-zone", "time ends in Z (rule 13)", swap(r"\.000Z", ".000"))
    entry("time-lower-case", "a lower-case z (rule 13)", swap(r"\.000Z", ".000z"))
    entry("time-space", "a space in place of the T (rule 13)", swap("T08", " 08"))
    entry("time-comma", "a comma before the decimals (rule 13)", swap(r"\.000Z", ",000Z"))
    entry("time-30-february", "a day that is in no calendar", swap("2025-01-03", "2025-02-30"))
    entry("time-hour-24", "an hour that is on no clock", swap("T08", "T24"))
    entry("time-month-13", "a month that is in no calendar", swap("2025-01-03", "2025-13-03"))
    entry("time-number", "time as a number", swap('"time":"[^"]*"', '"time":1735891200'))
    entry("event-short", "42 characters are no digest (rule 5)", swap('"event":"[^"]', '"event":"'))
    entry("event-spare-bits", "an event id with spare bits (rule 5)",
          lambda t: re.sub('"event":"([^"]*)"', lambda m: f'"event":"{spare_bits(m[1])}"', t))
    entry("event-null", "an entry without an event", swap('"event":"[^"]*"', '"event":null'))
    entry("spends-null", "spends is always there, [] when empty (rule 13)", swap('"spends":\\[\\]', '"spends":null'))
    entry("spends-object", "spends is an array (rule 13)", swap('"spends":\\[\\]', '"spends":{}'))
    entry("spends-number", "a marker as a number (rule 5)", swap('"spends":\\[\\]', '"spends":[1]'))
    entry("spends-short", "a marker of 42 characters (rule 5)", swap('"spends":\\[\\]', '"spends":["' + "A" * 42 + '"]'))
    entry("spends-padded", "a marker with padding (rule 5)", swap('"spends":\\[\\]', '"spends":["' + "A" * 43 + '="]'))
    entry("spends-trailing-comma", "a comma after the last marker", swap('"spends":\\[\\]', '"spends":["' + "A" * 43 + '",]'))
    marker = '"' + "A" * 43 + '"'
    entry("marker-twice", "no marker stands twice in an entry (rule 14)", swap('"spends":\\[\\]', f'"spends":[{marker},{marker}]'))
    entry("device-null", "device is left out when none signed (rule 13)", lambda t: t[:-1] + ',"device":null}')
    entry("device-empty", "device as an empty string (rule 13)", lambda t: t[:-1] + ',"device":""}')
    many = ",".join(f'"{b64u(n.to_bytes(32, "big"))}"' for n in range(1420))
    entry("too-long", "an entry of more than 65,535 bytes (rule 4)", swap('"spends":\\[\\]', f'"spends":[{many}]'))
    entry("of-another-log", "an entry that names another log than its checkpoint (DESIGN §8)",
          swap('"log":"[^"]*"', '"log":"quarrymark/' + "A" * 43 + '"'), "wrong_chain")
    entry("seq-beyond-size", "a seq that is not below the size (DESIGN §8)", swap('"seq":2', '"seq":4'))
    entry("seq-skipped", "the third entry calls itself the fourth: the tree has it elsewhere (DESIGN §8)",
          swap('"seq":2', '"seq":3'), "wrong_proof", "proof")
    entry("prev-of-another", "prev is not the hash of the entry before, which is shown (rule 13)",
          swap('"prev":"[^"]*"', '"prev":"' + "A" * 43 + '"'), "wrong_chain", "prev", Tiny.passport, seq=2)


def orders(add):
    good = Tiny()

    def change(name, why, entries, disclosures, code, field, **facts):
        whole = good.passport()
        packet = whole["packets"][0]
        packet["entries"] = [packet["entries"][i] for i in entries]
        packet["disclosures"] = [packet["disclosures"][i] for i in disclosures]
        add(f"entries-{name}", why, whole, "invalid", code, {"packet": 1, "field": field, **facts}, trust=TRUST)

    change("descending", "entries ascend by seq (rule 28)", [1, 0], [1, 0], "malformed", "entries[1]")
    change("twice", "an entry stands twice in one packet (rule 28)", [0, 1, 1], [0, 1, 1], "malformed", "entries[2]")
    change("disclosures-exchanged", "the disclosures of two entries changed places (rule 28)", [0, 1], [1, 0],
           "wrong_disclosure", "head", seq=1)
    event_twice(add)


def event_twice(add):
    """Rule 16. The log records the same head again, in its third entry."""
    good = Tiny("event twice")
    log = good.log
    again = good.events[1]
    text = log.entries[2].replace(good.events[2].id, again.id)
    log.replace(good.events[2], text)
    whole = {"v": 1, "items": [{"event": again.id, "out": -1}], "packets": [], "clear": None}
    packet = log.packet(good.events[1:3])
    packet["disclosures"][1] = packet["disclosures"][0]
    add("event-id-twice", "an event id stands in two entries of one log (rule 16)",
        {**whole, "packets": [packet]}, "invalid", "wrong_chain", {"seq": 2, "field": "event"}, trust=TRUST)
    silent = log.packet([again], silent=[good.events[2]])
    add("event-id-twice-silently", "the second entry with the same event id is shown without its head (rule 16)",
        {**whole, "packets": [silent]}, "invalid", "wrong_chain", {"seq": 2, "field": "event"}, trust=TRUST)
    parts = [log.packet([again]), log.packet([], silent=[good.events[2]])]
    add("event-id-twice-in-two-packets", "the two entries stand in two packets of the log (rules 16 and 29)",
        {**whole, "packets": parts}, "invalid", "wrong_chain", {"seq": 2, "field": "event"}, trust=TRUST)


def disclosures(add):
    good = Small()
    names = ["event", *sorted(good.extract.fields)]

    def change(name, why, texts, code, field, seq=0, **facts):
        whole = good.alone()
        lists = whole["packets"][0]["disclosures"]
        lists[seq] = texts(lists[seq])
        if field:
            facts["field"] = field
        add(f"disclosure-{name}", why, whole, "invalid", code, {"packet": 1, "seq": seq, **facts}, trust=TRUST)

    def at(position, new):
        return lambda texts: [*texts[:position], new(texts[position]), *texts[position + 1:]]

    block, out, place, stone = (names.index(n) for n in ("block", "out.0", "site", "stone"))

    def other_value(text):
        salt, name, value = decode(text)
        return raw_disclosure(dump([salt, name, {**value, "name": "Another Stone"}]))

    change("head-dropped", "fields are disclosed and the head is not: it comes first (rule 28)", lambda t: t[1:], "wrong_disclosure", "head")
    change("head-twice", "the head stands there twice (rule 28)", lambda t: [t[0], *t], "wrong_disclosure", None)
    change("head-last", "the head stands after a field (rule 28)", lambda t: [t[1], t[0], *t[2:]], "wrong_disclosure", "head")
    change("head-of-another-event", "the head of another event of the same log (rule 28)", lambda t: [good.dispatch.head_text], "wrong_disclosure", "head")
    change("head-of-another-log", "the head of an event of another log (rule 28)", lambda t: [good.admit.head_text], "wrong_disclosure", "head")
    change("twice", "a field is disclosed twice (rule 28)", lambda t: [*t[: stone + 1], t[stone]], "wrong_disclosure", "stone")
    change("order", "two fields changed places: they follow the head's order (rule 28)",
           lambda t: [*t[:place], t[stone], t[place], *t[stone + 1:]], "wrong_disclosure", "site")
    change("of-another-event", "the output of another event in the place of this one's (rule 28)",
           at(out, lambda t: good.dispatch.fields["out.0"]), "wrong_disclosure", "out.0")
    change("not-of-this-event", "a field that this event does not have (rule 28)",
           lambda t: [*t, good.dispatch.fields["to"]], "wrong_disclosure", None)
    change("device-of-no-device", "a device's disclosure, yet no device signed (rule 28)",
           lambda t: [*t, disclosure("device", {"key": "A" * 43, "sig": "A" * 86})], "wrong_disclosure", "device")
    change("value-changed", "one field has another value (DESIGN §4)", at(stone, other_value), "wrong_disclosure", "stone")
    change("salt-changed", "the same value under another salt (DESIGN §4)",
           at(stone, lambda t: raw_disclosure(dump([b64u(bytes(16)), *decode(t)[1:]]))), "wrong_disclosure", "stone")
    change("renamed", "a disclosure under the name of another field (rule 9)",
           at(block, lambda t: raw_disclosure(dump([decode(t)[0], "site", decode(t)[2]]))), "wrong_disclosure", "site")
    change("space", "the same array with white space (rule 1)",
           at(stone, lambda t: raw_disclosure(unb64u(t).replace(b'",', b'", ', 1))), "malformed", f"disclosure {stone}")
    change("padded", "base64url with padding (rule 5)", at(stone, lambda t: t + "=" * (-len(t) % 4 or 4)), "malformed", f"disclosure {stone}")
    change("standard-base64", "a disclosure in the alphabet of notes (rule 5)", at(stone, lambda t: "+/" + t[2:]), "malformed", f"disclosure {stone}")
    change("empty", "an empty disclosure (rule 28)", at(stone, lambda t: ""), "malformed", f"disclosure {stone}")
    change("cut", "a disclosure that is cut off", at(stone, lambda t: t[:-8]), "malformed", f"disclosure {stone}")
    swapped = good.alone()
    lists = swapped["packets"][0]["disclosures"]
    there = 1 + sorted(good.dispatch.fields).index("out.0")
    lists[0][out], lists[1][there] = lists[1][there], lists[0][out]
    add("disclosure-exchanged-between-entries", "the outputs of two events changed places (rule 28)", swapped,
        "invalid", "wrong_disclosure", {"packet": 1, "seq": 0, "field": "out.0"}, trust=TRUST)
    two = good.alone()
    mine = two["packets"][0]["disclosures"][0]
    mine[stone] = other_value(mine[stone])
    add("two-readers-two-values", "two passports show different values of one field (DESIGN §4)",
        [good.alone(), two], "invalid", "wrong_disclosure",
        {"passport": 2, "packet": 1, "seq": 0, "field": "stone"}, trust=TRUST)


def build_devices(add):
    def device(name, why, code, field="device", **hooks):
        made = Small(f"device {name}", device=True, extract=hooks)
        facts = {"packet": 1, "seq": 0, **({"field": field} if field else {})}
        add(f"device-{name}", why, made.alone(), "invalid", code, facts, trust=TRUST)

    stranger = Device("stranger")
    device("signature-altered", "one bit of the device's signature is another (rule 15)", "wrong_signature",
           signed=lambda v, e: {**v, "sig": b64u(bytes([unb64u(v["sig"])[0] ^ 1]) + unb64u(v["sig"])[1:])})
    device("signature-of-another-event", "the device signed another event (DESIGN §4)", "wrong_signature",
           signed=lambda v, e: {**v, "sig": b64u(Device("quarry phone").key.sign(b"quarrymark/device/v1\n" + b"A" * 43 + b"\n"))})
    device("signature-without-context", "the signature covers the event id alone (DESIGN §4)", "wrong_signature",
           signed=lambda v, e: {**v, "sig": b64u(Device("quarry phone").key.sign(e.id.encode()))})
    device("signature-by-another-key", "another key signed than the one shown (rule 15)", "wrong_signature",
           signed=lambda v, e: {**v, "sig": stranger.sign(e.id)})
    device("signature-63-bytes", "a signature of 63 bytes (rule 15)", "malformed",
           signed=lambda v, e: {**v, "sig": b64u(unb64u(v["sig"])[:63])})
    device("key-31-bytes", "a key of 31 bytes (rule 15)", "malformed", signed=lambda v, e: {**v, "key": b64u(bytes(31))})
    device("key-padded", "a key with padding (rule 5)", "malformed", signed=lambda v, e: {**v, "key": v["key"] + "="})
    device("unknown-member", "a member the device's disclosure does not have (rule 3)", "malformed",
           signed=lambda v, e: {**v, "time": 1})
    device("without-sig", "no signature in the device's disclosure (rule 15)", "malformed", signed=lambda v, e: {"key": v["key"]})
    device("sig-before-key", "members in another order (rules 2 and 15)", "malformed", None,
           signed=lambda v, e: {"sig": v["sig"], "key": v["key"]})
    device("value-string", "a key alone in place of the object (rule 15)", "malformed", signed=lambda v, e: v["key"])
    device("counter-zero", "a device signed, yet its counter is 0 (rule 7)", "malformed", "head.n", n=0)
    made = Small("counter without device", extract={"n": 1})
    add("device-counter-without-device", "no device signed, yet the counter is not 0 (rule 7)", made.alone(),
        "invalid", "malformed", {"packet": 1, "seq": 0, "field": "head.n"}, trust=TRUST)
    made = Small("device disclosures", device=True)

    def change(name, why, texts, code="wrong_disclosure", seq=0):
        whole = made.alone()
        lists = whole["packets"][0]["disclosures"]
        lists[seq] = texts(lists[seq])
        add(f"device-{name}", why, whole, "invalid", code, {"packet": 1, "seq": seq, "field": "device"}, trust=TRUST)

    change("before-fields", "the device's disclosure comes last (rule 28)", lambda t: [t[0], t[-1], *t[1:-1]])
    change("twice", "the device's disclosure stands there twice (rule 28)", lambda t: [*t, t[-1]])
    other = disclosure("device", {"key": stranger.public, "sig": stranger.sign(made.extract.id)})
    change("exchanged", "a stranger's device in the place of the one that signed (rule 28)", lambda t: [*t[:-1], other])
    replay_in_another_log(add)


def replay_in_another_log(add):
    """A device signed an event of the quarry; another log records the same head as its own."""
    made = Small("replayed", device=True)
    thief = made.town
    thief.record("site", day(2, 1), site={"kind": "yard", "name": "Yard"})
    text = made.quarry.entries[0].replace(made.quarry.origin, thief.origin).replace('"seq":0', '"seq":1')
    text = text.replace('"prev":null', f'"prev":"{b64u(leaf_hash(thief.entries[0]))}"')
    thief.entries.append(text)
    twin = type("Replayed", (), {})()
    twin.__dict__.update(made.extract.__dict__, log=thief, seq=1)
    thief.events.append(twin)
    add("device-event-in-another-log", "an event signed by the quarry's device is recorded in another log (DESIGN §4)",
        chain([(made.extract, 0)], [twin]), "invalid", "wrong_disclosure",
        {"packet": 1, "seq": 1, "field": "head.log"}, trust=TRUST)


def build(add):
    forms(add)
    orders(add)
    disclosures(add)
    build_devices(add)
