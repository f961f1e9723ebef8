"""Good instances of the frames, and lines and frames spoilt in one place that must be refused.

Every case starts from something that is accepted, so a refusal is due to the one change.
"""
import copy

from recorded import digest, item, origin, serial, signature, vkey

D, O = digest("a"), origin("a")


def put(*path_and_value):
    """Sets a member (or list element) to a value; the path is keys and indexes."""
    *path, value = path_and_value

    def change(target):
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value
    return change


def drop(*path):
    def change(target):
        for step in path[:-1]:
            target = target[step]
        del target[path[-1]]
    return change


# (organisation, key, change, what it spoils)
RECORD = [
    ("KHM", "khm-0417", put("type", "quarried"), "unknown event type"),
    ("KHM", "khm-0417", drop("type"), "no type"),
    ("KHM", "khm-0417", put("note", "x"), "unknown member of the line"),
    ("KHM", "khm-0417", put("key", ""), "empty key"),
    ("KHM", "khm-0417", put("key", "k" * 129), "key of 129 characters"),
    ("KHM", "khm-0417", put("at", "2025-02-03T09:10:00Z"), "claimed time with Z"),
    ("KHM", "khm-0417", put("at", "2025-02-03T09:10:00"), "claimed time without zone"),
    ("KHM", "khm-0417", put("at", "2025-02-03T09:10:00.000+05:30"), "claimed time with a fraction"),
    ("KHM", "khm-0417", put("at", "2025-02-03T09:10:00-00:00"), "offset -00:00"),
    ("KHM", "khm-0417", put("at", "2025-02-03T09:10:00+14:30"), "offset beyond 14 hours"),
    ("KHM", "khm-0417", put("at", "2025-13-03T09:10:00+05:30"), "month 13"),
    ("KHM", "khm-0417", put("inputs", ["KHM-0400"]), "extract with inputs"),
    ("KHM", "khm-0417", drop("outputs"), "extract without outputs"),
    ("KHM", "khm-0417", put("outputs", []), "extract with no outputs"),
    ("KHM", "khm-0417", drop("fields", "site"), "extract without site"),
    ("KHM", "khm-0417", drop("fields", "stone"), "extract without stone"),
    ("KHM", "khm-0417", drop("fields", "block"), "block without block number"),
    ("KHM", "khm-0417", put("fields", "saw", {"axis": "w", "kerf": 7, "thickness": 60}), "saw in an extract"),
    ("KHM", "khm-0417", put("fields", "stone", "family", "slate-ish"), "unknown stone family"),
    ("KHM", "khm-0417", put("fields", "how", "by", "guessed"), "unknown way of recording"),
    ("KHM", "khm-0417", put("fields", "how", {}), "empty how"),
    ("KHM", "khm-0417", put("fields", "typed", 0, "value", 2.7), "typed value as a number"),
    ("KHM", "khm-0417", put("fields", "site", "quarry", "KHM"), "unknown member of site"),
    ("KHM", "khm-0417", put("fields", "colour", {"text": "black"}), "unknown field"),
    ("KHM", "khm-0417", put("outputs", 0, "kind", "boulder"), "unknown kind"),
    ("KHM", "khm-0417", put("outputs", 0, "amount", 2), "two of one block"),
    ("KHM", "khm-0417", put("outputs", 0, "unit", "g"), "a block in grams"),
    ("KHM", "khm-0417", put("outputs", 0, "label", "yes"), "label as a word"),
    ("KHM", "khm-0417", put("outputs", 0, "item", "KHM-0417"), "item that is no item number"),
    ("KHM", "khm-0417", put("outputs", 0, "aliases", ["KHM-0417", "KHM-0417"]), "alias twice"),
    ("KHM", "khm-0417", put("outputs", 0, "aliases", ["KHM-{n}"]), "{n} without count"),
    ("KHM", "khm-0417", put("outputs", 0, "measure", "net", [2700, 1600]), "two dimensions"),
    ("KHM", "khm-0417", put("outputs", 0, "measure", "net", [2700, 1600, 0]), "dimension of nothing"),
    ("KHM", "khm-0417", put("outputs", 0, "measure", "net", [2700, 1600, 100001]), "dimension over 100 m"),
    ("KHM", "khm-0417", put("outputs", 0, "measure", "mass", 20.6), "mass with a fraction"),
    ("KHM", "khm-0417", put("outputs", 0, "measure", "mass", -1), "mass below nothing"),
    ("KHM", "khm-0417", put("outputs", 0, "measure", "mass", 2 ** 53), "mass beyond 2^53-1"),
    ("KHM", "khm-0417", put("outputs", 0, "measure", {}), "empty measure"),
    ("KHM", "khm-0417", put("outputs", 0, "measure", "weight", 5), "unknown member of measure"),
    ("KHM", "khm-0417", put("outputs", 0, "contents", [{"in": 0, "amount": 1}]), "contents in an extract"),
    ("KHM", "khm-0418-fix", drop("fields", "reason"), "correct without reason"),
    ("KHM", "khm-0418-fix", put("fields", "corrects", "event", "khm-0418"), "event reference without key:"),
    ("KHM", "khm-0418-fix", put("fields", "to", {"name": "x"}), "correct that changes to"),
    ("KHM", "khm-0418-fix", put("outputs", 0, "kind", "slab"), "correct that changes kind"),
    ("KHM", "khm-0418-fix", put("outputs", 0, "item", item("x")), "correct that changes item"),
    ("KHM", "khm-dispatch-1", drop("inputs"), "dispatch of nothing"),
    ("KHM", "khm-dispatch-1", put("inputs", []), "dispatch of an empty list"),
    ("KHM", "khm-dispatch-1", drop("fields", "to"), "dispatch to nowhere"),
    ("KHM", "khm-dispatch-1", put("fields", "to", {"log": "A", "name": "B"}), "dispatch to a log and a name"),
    ("KHM", "khm-dispatch-1", put("fields", "to", {"contract": "K1"}), "dispatch to a contract without its log"),
    ("KHM", "khm-dispatch-1", put("inputs", 0, {"item": "KHM-0417", "amount": 0}), "draw of nothing"),
    ("KHM", "khm-dispatch-1", put("inputs", 0, 17), "input as a number"),
    ("KHM", "khm-dispatch-1", put("outputs", [{"kind": "block"}]), "dispatch that says the kind again"),
    ("F1", "f1-receive-0417", put("inputs", []), "receive without inputs and with changes only"),
    ("F1", "f1-saw-0417", drop("inputs"), "split of nothing"),
    ("F1", "f1-saw-0417", drop("outputs"), "split into nothing"),
    ("F1", "f1-saw-0417", put("fields", "saw", "axis", "x"), "unknown axis"),
    ("F1", "f1-saw-0417", put("fields", "saw", "kerf", -1), "kerf below nothing"),
    ("F1", "f1-saw-0417", put("fields", "saw", "thickness", 0), "slab of no thickness"),
    ("F1", "f1-saw-0417", drop("fields", "saw", "kerf"), "saw without kerf"),
    ("F1", "f1-saw-0417", put("outputs", 0, "count", 0), "count of nothing"),
    ("F1", "f1-saw-0417", put("outputs", 0, "count", 1001), "1,001 outputs"),
    ("F1", "f1-saw-0417", put("outputs", 0, "aliases", ["0417"]), "one alias for many items"),
    ("F1", "f1-saw-0417", put("outputs", 0, "item", item("x")), "one number for many items"),
    ("F1", "f1-saw-0417", put("fields", "source", {"words": "x"}), "source in a split"),
    ("F1", "f1-tiles-0417", put("outputs", 0, "unit", "kg"), "unknown unit"),
    ("F1", "f1-tiles-0417", put("outputs", 0, "amount", "264"), "amount as text"),
    ("F1", "f1-pack-k1", drop("outputs", 0, "contents"), "crate without contents"),
    ("F1", "f1-pack-k1", put("outputs", 0, "contents", 0, "in", -1), "contents from input -1"),
    ("F1", "f1-pack-k1", put("outputs", 0, "contents", 0, "amount", 0), "contents of nothing"),
    ("F1", "f1-pack-k1", put("outputs", 0, "kind", "batch"), "pack that makes a batch"),
    ("F1", "f1-acquire-7731", drop("fields", "source"), "acquire without source"),
    ("F1", "f1-acquire-7731", put("fields", "source", {}), "acquire with an empty source"),
    ("F1", "f1-attest-7731", drop("fields", "about"), "attest about nothing"),
    ("F1", "f1-attest-7731", drop("fields", "kind"), "attest without kind"),
    ("F1", "f1-attest-7731", put("fields", "kind", "certify"), "unknown kind of attest"),
    ("F1", "f1-attest-7731", put("fields", "about", {"event": "key:a", "item": "b"}), "attest about two things"),
    ("F1", "f1-attest-7731", put("outputs", [{"kind": "block"}]), "attest that makes something"),
    ("VER", "ver-resolve-1066", put("fields", "kind", "confirm"), "genuine outside a resolve"),
    ("VER", "ver-resolve-1066", put("fields", "about", "sightings", []), "resolve of no sightings"),
    ("VER", "ver-resolve-1066", put("fields", "about", "sightings", ["duinstad-1066"]), "sighting without its prefix"),
    ("T", "t-inspect-k1", drop("fields", "statement"), "inspection without statement"),
    ("T", "t-load-1019", put("fields", "transport", "container", "TSTU401019"), "container number too short"),
    ("T", "t-load-1019", put("fields", "transport", "vgm", "13.96 t"), "VGM as text"),
    ("T", "t-po-gra-77", drop("fields", "contract", "lines"), "contract without lines"),
    ("DUI", "dui-contract-k1", put("fields", "contract", "criteria", "price", "low"), "unknown criterion"),
    ("DUI", "dui-contract-k1", put("fields", "contract", "lines", []), "contract of no lines"),
    ("DUI", "dui-contract-k1", put("fields", "contract", "lines", 0, "unit", "m2"), "contract in m2"),
    ("DUI", "dui-contract-k1", put("fields", "contract", "lines", 0, "tolerance", -5), "tolerance below nothing"),
    ("DUI", "dui-contract-k1", drop("fields", "contract", "id"), "contract without id"),
    ("DUI", "dui-accept-k1", drop("inputs"), "accepting nothing"),
    ("DUI", "dui-accept-k1", put("fields", "accept", "result", "fine"), "unknown result"),
    ("DUI", "dui-accept-k1", put("outputs", [{"kind": "crate"}]), "accept that makes something"),
    ("IB", "ib-relabel-k6-3", put("fields", "label", "action", "repaint"), "unknown label action"),
    ("IB", "ib-relabel-k6-3", put("fields", "label", "old_serial", "unknown"), "old serial that is none"),
    ("IB", "ib-relabel-k6-3", put("fields", "label", "photo", "photo.jpg"), "photo that is no digest"),
    ("IB", "ib-relabel-k6-3", put("outputs", [{"kind": "crate"}]), "label that states its outputs"),
    ("REG", "site-khm", drop("fields", "site", "lon"), "latitude alone"),
    ("REG", "site-khm", put("fields", "site", "lat", 17.2), "position with a fraction"),
    ("REG", "site-khm", put("fields", "site", "lat", 900000001), "north of the pole"),
    ("REG", "site-khm", put("fields", "site", "country", "India"), "country in words"),
    ("REG", "site-khm", put("fields", "site", "kind", "mine"), "unknown kind of site"),
    ("REG", "site-khm", drop("fields", "site", "quarry"), "quarry without its name"),
    ("REG", "admit-khm", drop("fields", "member"), "admit of nobody"),
    ("REG", "admit-khm", drop("fields", "party"), "admit without a name"),
    ("REG", "admit-khm", put("fields", "member", "role", "mine"), "unknown role"),
    ("REG", "admit-khm", put("fields", "sites", 0, "from", "2025-02-30x"), "date that is none"),
    ("REG", "admit-khm", put("fields", "sites", 0, "to", "2025-02-30"), "30 February"),
    ("REG", "admit-khm", drop("fields", "sites", 0, "parcels"), "admitted site without parcels"),
    ("REG", "admit-dui", put("fields", "enrol", "a phone"), "device key that is none"),
    ("CY7", "cy7-setts-cb55", put("fields", "home_work", {"per_mille": 1001}), "home work over the whole"),
    ("CY7", "cy7-setts-cb55", put("fields", "waste", {}), "empty waste"),
]


def frames():
    """Schema name → one accepted instance."""
    entry = {"v": 1, "log": O, "seq": 7, "prev": D, "time": "2026-03-02T09:14:03.120Z", "event": D, "spends": [digest("m")]}
    head = {"type": "split", "log": O, "at": "2026-03-02T14:44:03+05:30", "n": 0,
            "inputs": [{"event": D, "out": -1, "amount": 0}, {"event": D, "out": 0, "amount": 5}], "outputs": 1,
            "fields": {"out.0": D, "party": digest("p")}}
    note = f"{O}\n12\n" + "A" * 43 + f"=\n\n— {O} " + "B" * 90 + "\n"
    packet = {"key": vkey(O), "rotations": [], "checkpoint": note,
              "entries": [f'{{"v":1,"log":"{O}","seq":0,"prev":null,"time":"2026-03-02T09:14:03.120Z","event":"{D}","spends":[]}}'],
              "disclosures": [["W" * 60]], "proof": [D]}
    sighting = {"v": 1, "item": item("c"), "serial": serial("c"), "alias": "095211410000001066", "at": "2025-06-20T09:10:00+02:00",
                "lat": 520830000, "lon": 43200000, "error_mm": 10000, "log": O, "key": D, "sig": signature("s")}
    unit = {"item": item("c"), "aliases": ["C1"], "amount": 10, "unit": "mm2", "verdict": "match", "findings": [], "shares": [
        {"per_mille": 1000, "amount": 10, "quarry": "Q", "area": "A", "parcel": None, "operator": None, "factory": "F", "stone": "S",
         "status": "supported", "stated_by": "Q Ltd"}]}
    verdict = {"v": 1, "verdict": "match", "contract": "K1", "date": "2025-06-02", "sentence": "s", "documents": {}, "quantity": {},
               "amount": {"value": 10, "unit": "mm2", "text": "t"}, "covered": {"value": 10, "unit": "mm2", "text": "t"},
               "criteria": [{"criterion": "quarry", "named": "Q", "supported": 10, "declared": 0, "contradicted": 0, "unknown": 0,
                             "unchecked": 0, "unit": "mm2", "status": "supported"}], "units": [unit],
               "findings": [{"code": "corrected", "verdict": None, "sentence": "s", "ask": "", "facts": {}}],
               "steps": [{"type": "extract", "by": "Q Ltd", "role": "quarry operator", "country": "IN", "at": "2025-02-03",
                          "date_known_by": "witness", "independence": "self"}],
               "chain_length": {"hand_overs": 4, "at_least": False}, "withheld_parties": 0, "custody_model": "identity_preserved",
               "dates": [], "slack": [], "remarks": [], "does_not_show": "what it does not show"}
    return {
        "entry": entry, "head": head, "disclosure": ["_26bc4LT-ac6q2KI6cBW5A"[:21] + "A", "event", head],
        "passport": {"v": 1, "items": [{"event": D, "out": 0}], "packets": [packet], "clear": None},
        "trust": {"v": 1, "registrars": [vkey(O)], "monitors": [vkey("monitor.example")], "verifiers": [O],
                  "pinned": [{"log": vkey(O), "name": "A", "role": "factory", "country": "CN"}], "policy": ""},
        "sighting": sighting,
        "scans": ["HTTPS://Q.EXAMPLE/Q/0123456789ABCDEFG/01234567", {"alias": "095211410000001066"}, sighting],
        "verdict": verdict,
        "letter": {"v": 1, "to": D, "enc": digest("e"), "ct": "Q" * 60},
        "record_heads": {"disclosures": ["W" * 60, "X" * 60, "Y" * 60], "key": "k"},
        "events/rotate": {"head": {**head, "type": "rotate", "inputs": [], "outputs": 0, "fields": {"party": D, "rotation": digest("r")}},
                          "fields": {"rotation": f"quarrymark/rotate/v1\n{O}\n{vkey(O)}\n\n— {O} " + "B" * 90 + f"\n— {O} " + "C" * 90 + "\n"}},
    }


FRAMES = [
    ("letter", put("v", 2), "letter of version 2"),
    ("letter", put("to", "A" * 42), "letter to a short key"),
    ("letter", put("from", "somebody"), "letter that names its sender"),
    ("letter", drop("enc"), "letter without its encapsulated key"),
    ("letter", put("ct", "a+b/" * 10), "letter in the other base64"),
    ("entry", put("v", 2), "entry of version 2"),
    ("entry", put("prev", None), "no previous hash after the first entry"),
    ("entry", put("seq", 0), "previous hash at the first entry"),
    ("entry", put("time", "2026-03-02T09:14:03Z"), "node time without milliseconds"),
    ("entry", put("time", "2026-03-02T09:14:03.120+00:00"), "node time with an offset"),
    ("entry", put("log", "quarrymark/short"), "origin too short"),
    ("entry", put("event", D[:42] + "B"), "digest with spare bits"),
    ("entry", put("spends", [D, D]), "marker twice"),
    ("entry", put("note", 1), "unknown member of an entry"),
    ("entry", drop("spends"), "entry without spends"),
    ("head", put("type", "saw"), "head of unknown type"),
    ("head", put("inputs", 0, "amount", 1), "amount of a record state"),
    ("head", put("inputs", 1, "amount", 0), "input of nothing"),
    ("head", put("inputs", 1, "out", -2), "output -2"),
    ("head", put("outputs", 1001), "1,001 outputs in a head"),
    ("head", put("fields", "event", D), "reserved field event"),
    ("head", put("fields", "device", D), "reserved field device"),
    ("head", put("fields", "Party", D), "field in capitals"),
    ("head", put("fields", "out.01", D), "output with a leading zero"),
    ("head", put("fields", "party", D + "="), "padded digest"),
    ("head", drop("n"), "head without n"),
    ("disclosure", put(0, "short"), "salt too short"),
    ("disclosure", put(1, "Event"), "name of a disclosure in capitals"),
    ("disclosure", lambda d: d.append(1), "disclosure of four"),
    ("disclosure", lambda d: d.pop(), "disclosure of two"),
    ("disclosure", put(2, "n", -1), "spoilt head inside a disclosure"),
    ("disclosure", lambda d: d.__setitem__(slice(1, 3), ["device", {"key": D, "sig": D}]), "device signature too short"),
    ("passport", put("items", []), "passport about nothing"),
    ("passport", put("items", [{"event": D, "out": 0}] * 2), "one state twice"),
    ("passport", put("packets", []), "passport without packets"),
    ("passport", put("packets", 0, "checkpoint", "x"), "checkpoint that is no note"),
    ("passport", lambda p: p["packets"][0].__setitem__("checkpoint", p["packets"][0]["checkpoint"].replace("=\n\n", "=\nmore\n\n")),
     "checkpoint with an extension line"),
    ("passport", put("packets", 0, "entries", []), "packet without entries"),
    ("passport", put("packets", 0, "entries", 0, '{"v": 1}'), "entry with white space"),
    ("passport", put("packets", 0, "key", "quarrymark/x+1+y"), "key that is no vkey"),
    ("passport", put("packets", 0, "proof", ["AAAA"]), "proof of short hashes"),
    ("passport", put("packets", 0, "seal", ""), "unknown member of a packet"),
    ("passport", drop("clear"), "passport without clear"),
    ("passport", put("clear", "quarrymark/clear/v2\n"), "clear note of another version"),
    ("trust", put("registrars", [vkey("example.com")]), "registrar key that names no log"),
    ("trust", put("verifiers", ["Voorbeeld Keuring"]), "verifier by name"),
    ("trust", put("pinned", 0, "role", "friend"), "pinned log of unknown role"),
    ("trust", drop("policy"), "trust file without policy"),
    ("trust", put("trusted", True), "unknown member of a trust file"),
    ("sighting", put("lat", 52.083), "sighting with a fraction"),
    ("sighting", put("lon", 1800000001), "sighting beyond 180 degrees"),
    ("sighting", put("sig", D), "sighting with a short signature"),
    ("sighting", drop("log"), "sighting by nobody"),
    ("sighting", lambda s: (s.pop("item"), s.pop("alias")), "sighting of nothing"),
    ("scans", put(1, {}), "empty scan"),
    ("scans", put(1, {"serial": "01234567"}), "scan of a serial alone"),
    ("scans", put(0, ""), "label without text"),
    ("scans", put(2, "key", "x"), "spoilt sighting among scans"),
    ("record_heads", put("disclosures", ["W" * 60]), "built event without a device"),
    ("record_heads", put("disclosures", 1, "no base64url!" * 5), "built event with text that is no disclosure"),
    ("record_heads", put("device", "Y" * 60), "unknown member of a built event"),
    ("record_heads", put("key", ""), "built event with an empty key"),
    ("record_heads", drop("disclosures"), "built event of nothing"),
    ("events/rotate", put("fields", "rotation", "x"), "rotation that is no note"),
    ("events/rotate", drop("head", "fields", "rotation"), "rotate without rotation"),
    ("events/rotate", lambda e: e["fields"].__setitem__("rotation", e["fields"]["rotation"].rsplit("— ", 1)[0]), "rotation with one signature"),
    ("verdict", put("verdict", "certified"), "unknown verdict"),
    ("verdict", put("score", 7), "score beside a verdict"),
    ("verdict", put("findings", 0, "code", "suspicious"), "unknown finding"),
    ("verdict", put("criteria", 0, "status", "likely"), "unknown standing"),
    ("verdict", put("criteria", 0, "supported", 0.6), "share as a fraction"),
    ("verdict", put("does_not_show", ""), "silence about what it does not show"),
    ("verdict", put("units", 0, "shares", 0, "per_mille", 1001), "share over the whole"),
]

MANIFEST = [
    (put("registrar", "reg"), "code in small letters"),
    (put("organisations", []), "nobody"),
    (put("organisations", 0, "events", "../reg.ndjson"), "file outside the folder"),
    (put("expected", "K1", "fine"), "unknown expected verdict"),
    (put("hand_overs", 0, "accept", []), "hand-over that is received and accepted"),
    (put("checks", 0, "at", "2025-06-02"), "check without time"),
    (put("recorded", "F1", "f1-attest-7731", "2025-07-16T10:00:00+08:00"), "entry clock in local time"),
]

TEXTS = ['{"type":"site","type":"site"}', '{"type":"site",', '{"n":1.5}', '{"n":1e3}', '{"a":{"b":1,"b":2}}', '{"n":NaN}x']


def spoil(good, change):
    value = copy.deepcopy(good)
    change(value)
    return value
