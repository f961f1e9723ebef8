"""Rules 1, 4, 5 and 27: the file itself. All of them are refused as malformed."""
from formats import dump
from vectors.ledger import b64u, passport, ref
from vectors.worlds import Tiny

LAST = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def spare_bits(text):
    """The same 32 bytes with a spare bit set: another spelling, which is not allowed."""
    return text[:-1] + LAST[LAST.index(text[-1]) | 1]


def swapped(text, old, new):
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def texts(good):
    """Name, why and the changed text of the file."""
    event = good.events[2].id
    text = dump(good.passport())
    key = f'"key":"{good.log.vkey}"'
    yield "leading-space", "a space before the file's object: no white space (rule 1)", " " + text
    yield "trailing-newline", "a newline after the file's object: no final newline (rule 1)", text + "\n"
    yield "trailing-space", "a space after the file's object (rule 1)", text + " "
    yield "byte-order-mark", "a byte-order mark before the file (rule 1)", "\ufeff" + text
    yield "space-after-colon", "a space after a colon (rule 1)", swapped(text, '"v":1', '"v": 1')
    yield "space-after-comma", "a space after a comma (rule 1)", swapped(text, ',"items"', ', "items"')
    yield "newline-between-members", "a newline between two members (rule 1)", swapped(text, ',"packets"', ',\n"packets"')
    yield "tab-in-array", "a tab inside an array (rule 1)", swapped(text, '"items":[', '"items":[\t')
    yield "carriage-return", "a carriage return after a comma (rule 1)", swapped(text, ',"packets"', ',\r"packets"')
    yield "empty-file", "an empty file is no passport (rule 27)", ""
    yield "not-json", "text that is no JSON (rule 27)", "passport"
    yield "cut-short", "the last byte is missing", text[:-1]
    yield "cut-in-half", "the second half of the file is missing", text[: len(text) // 2]
    yield "two-values", "a second value after the first", text + "{}"
    yield "trailing-comma", "a comma after the last member", text[:-1] + ",}"
    yield "single-quotes", "a member name in single quotes", swapped(text, '"v"', "'v'")
    yield "comment", "a comment, which JSON does not have", swapped(text, '"v":1', '"v":1/**/')
    yield "nul-byte", "a NUL byte after the file's object", text + "\0"
    yield "array-outside", "an array around the passport (rule 27)", f"[{text}]"
    yield "string-outside", "the passport as a JSON string (rule 27)", dump(text)
    yield "unknown-member", "a member the passport does not have (rule 3)", text[:-1] + ',"note":""}'
    yield "unknown-member-before", "an unknown member in front (rule 3)", swapped(text, '{"v"', '{"a":1,"v"')
    yield "missing-clear", "the member clear is left out; it is null without a note (rule 27)", swapped(text, ',"clear":null', "")
    yield "missing-v", "the member v is left out (rule 27)", swapped(text, '"v":1,', "")
    yield "member-twice", "the member v stands there twice (DESIGN §4)", swapped(text, '"v":1', '"v":1,"v":1')
    yield "clear-twice", "the member clear stands there twice (DESIGN §4)", text[:-1] + ',"clear":null}'
    yield "member-order", "items stand before v (rule 2)", swapped(swapped(text, '"v":1,', ""), ',"packets"', ',"v":1,"packets"')
    yield "version-2", "a version that does not exist", swapped(text, '"v":1', '"v":2')
    yield "version-string", "the version as a string", swapped(text, '"v":1', '"v":"1"')
    yield "version-true", "the version as a truth value", swapped(text, '"v":1', '"v":true')
    yield "number-with-fraction", "1.0 is not the shortest form of a whole number (rule 4)", swapped(text, '"v":1', '"v":1.0')
    yield "number-with-exponent", "1e0 is not the shortest form of a whole number (rule 4)", swapped(text, '"v":1', '"v":1e0')
    yield "number-with-plus", "+1 is no JSON number", swapped(text, '"v":1', '"v":+1')
    yield "number-with-zero", "01 is no JSON number", swapped(text, '"v":1', '"v":01')
    yield "out-minus-zero", "−0 is not allowed (rule 4)", swapped(text, '"out":-1', '"out":-0')
    yield "out-too-big", "an integer above 2^53−1 (rule 4)", swapped(text, '"out":-1', '"out":9007199254740992')
    yield "out-minus-two", "only −1 names a record state (rule 10)", swapped(text, '"out":-1', '"out":-2')
    yield "out-thousand", "no event has an output 1000 (rule 10)", swapped(text, '"out":-1', '"out":1000')
    yield "out-string", "out as a string", swapped(text, '"out":-1', '"out":"-1"')
    yield "out-null", "out as null", swapped(text, '"out":-1', '"out":null')
    yield "escaped-slash", "\\/ is an escape that RFC 8785 does not write (rule 1)", swapped(text, "quarrymark/", "quarrymark\\/")
    yield "escaped-letter", "a letter written as an escape (rule 1)", swapped(text, '"quarrymark/', '"\\u0071uarrymark/')
    yield "escaped-newline-as-u", "a newline as \\u000a instead of \\n (rule 1)", swapped(text, "\\n", "\\u000a")
    yield "escaped-upper-case", "an escape with upper-case digits (rule 1)", swapped(text, key, '"key":"\\u001F"')
    yield "escaped-dash", "the em dash of a signature line as an escape (rule 1)", swapped(text, "\u2014", "\\u2014")
    yield "escaped-pair", "a pair of surrogate escapes instead of the character (rule 1)", swapped(text, key, '"key":"\\ud83d\\ude00"')
    yield "lone-surrogate-escape", "a lone surrogate as an escape (rule 1)", swapped(text, key, '"key":"\\ud800"')
    yield "lone-surrogate-bytes", "a lone surrogate as three bytes, which is no UTF-8 (rule 1)", swapped(text, key, '"key":"\ud800"')
    yield "unknown-escape", "\\a is no escape", swapped(text, key, '"key":"\\a"')
    yield "raw-newline", "a newline inside a string, not escaped", swapped(text, "\\n", "\n")
    yield "raw-tab", "a tab inside a string, not escaped", swapped(text, key, '"key":"\t"')
    yield "depth-nine", "nine levels deep; eight are allowed (rule 4)", swapped(text, '"clear":null', '"clear":' + "[" * 8 + "]" * 8)
    yield "items-empty", "no item: a passport is about at least one state (rule 27)", text.replace(dump([ref(good.events[2], -1)]), "[]", 1)
    yield "items-object", "items as an object (rule 27)", text.replace(dump([ref(good.events[2], -1)]), "{}", 1)
    yield "items-null", "items as null (rule 27)", text.replace(dump([ref(good.events[2], -1)]), "null", 1)
    yield "item-order", "out stands before event in an item (rule 2)", text.replace(dump(ref(good.events[2], -1)), f'{{"out":-1,"event":"{event}"}}', 1)
    yield "item-unknown-member", "an item with a member it does not have (rule 3)", swapped(text, '"out":-1', '"out":-1,"amount":1')
    yield "item-without-out", "an item without its output (rule 27)", swapped(text, ',"out":-1', "")
    yield "item-event-padded", "base64url with padding in JSON (rule 5)", swapped(text, event, event + "=")
    yield "item-event-short", "42 characters are no digest (rule 5)", swapped(text, event, event[:-1])
    yield "item-event-spare-bits", "a digest whose spare bits are not zero (rule 5)", swapped(text, event, spare_bits(event))
    yield "item-event-null", "an item that names no event (rule 27)", swapped(text, f'"event":"{event}","out"', '"event":null,"out"')
    yield "packets-null", "packets as null (rule 27)", dump({"v": 1, "items": [ref(good.events[2], -1)], "packets": None, "clear": None})
    yield "packet-string", "a packet as a string (rule 28)", dump({"v": 1, "items": [ref(good.events[2], -1)], "packets": ["x"], "clear": None})
    yield "clear-false", "clear is null or a note (rule 30)", swapped(text, '"clear":null', '"clear":false')
    yield "clear-object", "clear is null or a note (rule 30)", swapped(text, '"clear":null', '"clear":{}')


def raw_bytes(good):
    text = dump(good.passport()).encode()
    key = f'"key":"{good.log.vkey}"'.encode()
    yield "invalid-utf8", "a byte that begins nothing in UTF-8 (rule 1)", text.replace(key, b'"key":"\xff"', 1)
    yield "overlong-utf8", "a slash in two bytes, which UTF-8 forbids (rule 1)", text.replace(b"quarrymark/", b"quarrymark\xc0\xaf", 1)
    yield "cut-utf8", "a character that is cut off (rule 1)", text.replace(key, b'"key":"\xe2\x80"', 1)
    yield "utf-16", "the file in UTF-16 (rule 1)", dump(good.passport()).encode("utf-16-le")
    yield "gzip", "the file as gzip writes it: nobody unpacks it here (rule 1)", b"\x1f\x8b\x08\x00" + text[:64]


def items(add, good):
    """Items that are well-formed and name what the passport does not carry."""
    first, shown = good.events[0], good.events[2]

    def change(name, why, given, field):
        add(f"items-{name}", why, passport(given, [good.log.packet(good.events[1:3])]), "invalid",
            "malformed", {"field": field}, trust=good.trust)

    change("not-carried", "the item's entry is not in the passport (rule 27)", [(first, -1)], "items[0]")
    change("twice", "items are distinct states; one is named twice (rule 27)", [(shown, -1), (shown, -1)], "items[1]")
    change("second-not-carried", "the second item's entry is not in the passport (rule 27)", [(shown, -1), (first, -1)], "items[1]")
    change("beyond-outputs", "the event has no outputs, so no output 0 (rule 10)", [(shown, 0)], "items[0]")
    add("items-head-not-shown", "the item's entry is shown without its head (rule 27)",
        passport([(shown, -1)], [good.log.packet([good.events[1]], silent=[shown])]), "invalid",
        "malformed", {"field": "items[0]"}, trust=good.trust)
    other = passport([(shown, -1)], [])
    add("packets-empty", "no packet, so the item's entry is not in the passport (rule 27)", other,
        "invalid", "malformed", {"field": "items[0]"}, trust=good.trust)


def build(add):
    good = Tiny()
    for name, why, content in [*texts(good), *raw_bytes(good)]:
        add(f"json-{name}", why, content, "invalid", "malformed", trust=good.trust)
    items(add, good)
