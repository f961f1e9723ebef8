"""Rules 3, 4, 6 to 12: heads, and the values of disclosed fields."""
import json

from formats import dump
from vectors.ledger import item, raw_disclosure, trust
from vectors.worlds import Small, Tiny

TRUST = trust([])
DIGEST = "A" * 43


def head_forms(add):
    def head(name, why, code="malformed", field="head", base=None, **hooks):
        made = Tiny(f"head {name}", **hooks)
        add(f"head-{name}", why, made.alone(), "invalid", code,
            {"packet": 1, "seq": 2, "field": field}, trust=TRUST)

    def text(name, why, old, new, code="malformed", field="head"):
        def change(written):
            assert old in written, (name, old, written)
            return written.replace(old, new, 1)
        head(name, why, code, field, head_text=change)

    def members(name, why, change, **more):
        head(name, why, head=change, **more)

    for name in ("type", "log", "at", "n", "inputs", "outputs", "fields"):
        members(f"without-{name}", f"the member {name} is left out; all seven are always there (rule 7)",
                lambda h, n=name: {k: v for k, v in h.items() if k != n})
    members("unknown-member", "a member that a head does not have (rule 3)", lambda h: {**h, "note": ""})
    members("member-order", "log stands before type (rule 2)", lambda h: {"log": h["log"], **h})
    text("member-twice", "n stands there twice (DESIGN §4)", '"n":0,', '"n":0,"n":0,')
    text("space", "white space in a head (rule 1)", '"n":0', '"n": 0')
    text("n-fraction", "n with a fraction (rule 4)", '"n":0', '"n":0.0')
    text("n-exponent", "n with an exponent (rule 4)", '"n":0', '"n":0e0')
    text("n-minus-zero", "n as −0 (rule 4)", '"n":0', '"n":-0')
    text("n-too-big", "n above 2^53−1 (rule 4)", '"n":0', '"n":9007199254740992')
    members("n-negative", "a negative counter (rule 7)", lambda h: {**h, "n": -1})
    members("n-null", "no counter in place of 0 (rule 7)", lambda h: {**h, "n": None})
    members("type-unknown", "an event type that does not exist (DESIGN §6)", lambda h: {**h, "type": "sell"})
    members("type-upper-case", "a type in upper case (DESIGN §6)", lambda h: {**h, "type": "Site"})
    members("type-empty", "an empty type (DESIGN §6)", lambda h: {**h, "type": ""})
    members("of-another-log", "the head names another log than its entry (DESIGN §4)",
            lambda h: {**h, "log": "quarrymark/" + DIGEST}, code="wrong_disclosure", field="head.log")
    for name, why, at in (
        ("with-z", "at has an offset, no Z (rule 8)", "2025-01-03T08:00:00Z"),
        ("fraction", "at has no fraction (rule 8)", "2025-01-03T08:00:00.000+00:00"),
        ("minus-zero-zone", "the offset −00:00 (rule 8)", "2025-01-03T08:00:00-00:00"),
        ("far-zone", "an offset of more than 14 hours (rule 8)", "2025-01-03T08:00:00+14:01"),
        ("zone-of-15-hours", "an offset of 15 hours (rule 8)", "2025-01-03T08:00:00-15:00"),
        ("zone-minutes-60", "an offset of 60 minutes (rule 8)", "2025-01-03T08:00:00+05:60"),
        ("zone-without-colon", "an offset without colon (rule 8)", "2025-01-03T08:00:00+0530"),
        ("without-zone", "no offset (rule 8)", "2025-01-03T08:00:00"),
        ("lower-case", "a lower-case t (rule 8)", "2025-01-03t08:00:00+00:00"),
        ("space", "a space in place of the T (rule 8)", "2025-01-03 08:00:00+00:00"),
        ("without-seconds", "no seconds (rule 8)", "2025-01-03T08:00+00:00"),
        ("second-60", "a second that is on no clock (rule 8)", "2025-01-03T08:00:60+00:00"),
        ("29-february", "a day that 2025 does not have (rule 8)", "2025-02-29T08:00:00+00:00"),
        ("day-zero", "a day zero (rule 8)", "2025-01-00T08:00:00+00:00"),
    ):
        members(f"at-{name}", why, lambda h, a=at: {**h, "at": a})
    members("at-number", "at as a number (rule 8)", lambda h: {**h, "at": 1735891200})
    members("inputs-null", "inputs may be [] and not null (rule 7)", lambda h: {**h, "inputs": None})
    members("outputs-negative", "a negative count of outputs", lambda h: {**h, "outputs": -1})
    members("outputs-1001", "more than 1,000 outputs (rule 10)", lambda h: {**h, "outputs": 1001})
    members("outputs-not-listed", "one output, and no out.0 among the fields (rule 9)", lambda h: {**h, "outputs": 1})
    members("outputs-string", "outputs as a string", lambda h: {**h, "outputs": "0"})
    field = lambda **more: lambda h: {**h, "fields": {**h["fields"], **more}}  # noqa: E731
    fields = lambda given: lambda h: {**h, "fields": given(h["fields"])}  # noqa: E731
    members("fields-array", "fields as an array (rule 9)", fields(lambda f: list(f.values())))
    members("field-upper-case", "a field name in upper case (rule 9)", fields(lambda f: {"Stone": DIGEST, **f}))
    members("field-dash", "a field name with a dash (rule 9)", fields(lambda f: {"a-b": DIGEST, **f}))
    members("field-digit-first", "a field name that begins with a digit (rule 9)", fields(lambda f: {"1a": DIGEST, **f}))
    members("field-empty", "an empty field name (rule 9)", fields(lambda f: {"": DIGEST, **f}))
    members("field-event", "the reserved name event (rule 9)", fields(lambda f: {"event": DIGEST, **f}))
    members("field-device", "the reserved name device (rule 9)", fields(lambda f: {"device": DIGEST, **f}))
    members("field-out-beyond", "out.0 in an event without outputs (rule 9)", fields(lambda f: {"out.0": DIGEST, **f}))
    members("field-out-word", "out.x is no field name (rule 9)", fields(lambda f: {"out.x": DIGEST, **f}))
    members("field-order", "field names do not ascend (rule 9)", field(a=DIGEST))
    members("field-null", "a digest as null (rule 5)", fields(lambda f: {"a": None, **f}))
    members("field-short", "a digest of 42 characters (rule 5)", fields(lambda f: {"a": DIGEST[:-1], **f}))
    members("field-spare-bits", "a digest whose spare bits are not zero (rule 5)", fields(lambda f: {"a": DIGEST[:-1] + "B", **f}))
    text("field-twice", "a field name stands there twice (DESIGN §4)", '"fields":{', '"fields":{"site":"' + DIGEST + '",')


def numbered_outputs(add):
    """Outputs are fields of their own and ascend as text."""
    outputs = [{"amount": 1, "item": item(n), "kind": "slab", "unit": "piece"} for n in range(11)]

    def change(name, why, fields, first=None):
        made = Tiny(f"outputs {name}", outputs=outputs, head=lambda h: {**h, "fields": fields(h["fields"])})
        add(f"head-{name}", why, made.alone(), "invalid", "malformed",
            {"packet": 1, "seq": 2, "field": "head"}, trust=TRUST)

    def by_number(fields):
        return dict(sorted(fields.items(), key=lambda kv: (len(kv[0]), kv[0])))

    change("outputs-by-number", "out.2 stands before out.10; they ascend by bytes (rule 9)", by_number)
    change("outputs-one-missing", "out.5 of eleven outputs is missing (rule 9)", lambda f: {k: v for k, v in f.items() if k != "out.5"})
    change("outputs-zero-padded", "out.05 in place of out.5 (rule 9)",
           lambda f: dict(sorted({("out.05" if k == "out.5" else k): v for k, v in f.items()}.items())))


def inputs(add):
    """Inputs, in the dispatch of a block; the entry has a marker for each."""

    def change(name, why, edit, code="malformed", field="head", **facts):
        made = Small(f"input {name}", dispatch={"head": lambda h: {**h, "inputs": edit(h["inputs"])}})
        add(f"input-{name}", why, made.alone(), "invalid", code,
            {"packet": 1, "seq": 1, "field": field, **facts}, trust=TRUST)

    one = lambda **more: lambda inputs: [{**inputs[0], **more}]  # noqa: E731
    change("unknown-member", "a member that an input does not have (rule 3)", one(unit="piece"))
    change("member-order", "out stands before event (rule 2)", lambda i: [{"out": 0, "event": i[0]["event"], "amount": 1}])
    change("without-amount", "an input without amount (rule 10)", lambda i: [{k: i[0][k] for k in ("event", "out")}])
    change("event-padded", "an event id with padding (rule 5)", lambda i: [{**i[0], "event": i[0]["event"] + "="}])
    change("amount-zero", "an amount of 0 for goods (rule 10)", one(amount=0))
    change("amount-negative", "a negative amount (rule 10)", one(amount=-1))
    change("amount-string", "an amount as a string (rule 4)", one(amount="1"))
    change("record-with-amount", "a record state has amount 0 (rule 10)", one(out=-1))
    change("out-minus-two", "an output −2 (rule 10)", one(out=-2))
    change("out-1000", "an output 1000 (rule 10)", one(out=1000))
    change("twice", "a head names a state once (rule 10)", lambda i: i * 2)
    change("null", "an input as null (rule 10)", lambda i: [None])
    change("one-more-than-markers", "an input more than the entry has markers (rule 14)",
           lambda i: [*i, {"event": DIGEST, "out": 0, "amount": 1}], "wrong_marker", "spends")
    change("none-and-a-marker", "no input, and the entry has a marker (rule 14)", lambda i: [], "wrong_marker", "spends")
    many = [{"event": DIGEST, "out": n % 1000, "amount": 1} for n in range(1001)]
    change("1001", "more than 1,000 inputs (rule 10)", lambda i: many)
    change("amount-over-state", "more is drawn than the state holds (rule 10)", one(amount=2), "malformed", "inputs[0].amount")
    change("beyond-outputs", "the event has no such output (rule 10)", one(out=1), "malformed", "inputs[0].out")
    made = Small("spends without inputs", extract={"entry": lambda e: {**e, "spends": [DIGEST]}})
    add("input-none-of-an-extract", "an extract has no inputs, and its entry a marker (rule 14)", made.alone(),
        "invalid", "wrong_marker", {"packet": 1, "seq": 0, "field": "spends"}, trust=TRUST)


def wrappers(add):
    """What a disclosure is: salt, name, value."""
    def whole(name, why, change, code="malformed"):
        made = Tiny(f"wrapper {name}", head_whole=change)
        add(f"disclosure-{name}", why, made.alone(), "invalid", code,
            {"packet": 1, "seq": 2, "field": "head"}, trust=TRUST)

    whole("two-elements", "a disclosure without salt (DESIGN §4)", lambda t: dump(json.loads(t)[1:]))
    whole("four-elements", "a disclosure of four elements (DESIGN §4)", lambda t: dump([*json.loads(t), 1]))
    whole("object", "a disclosure as an object (DESIGN §4)", lambda t: dump({"event": json.loads(t)[2]}))
    whole("salt-short", "a salt of 21 characters (rule 6)", lambda t: t[:2] + t[3:])
    whole("salt-long", "a salt of 23 characters (rule 6)", lambda t: t[:2] + "A" + t[2:])
    whole("salt-padded", "a salt with padding (rule 5)", lambda t: t[:24] + "==" + t[24:])
    whole("salt-spare-bits", "a salt whose spare bits are not zero (rule 5)", lambda t: t[:2] + "A" * 21 + "B" + t[24:])
    whole("salt-number", "a salt as a number (rule 6)", lambda t: "[1" + t[25:])
    whole("name-number", "a name as a number (DESIGN §4)", lambda t: t.replace('"event"', "1", 1))
    whole("newline-after", "a newline after the array (rule 1)", lambda t: t + "\n")
    whole("byte-order-mark", "a byte-order mark before the array (rule 1)", lambda t: "\ufeff" + t)
    whole("head-string", "the head as a string (DESIGN §4)", lambda t: dump([json.loads(t)[0], "event", dump(json.loads(t)[2])]))


def field_values(add):
    """JSON inside a disclosed field, and values a verifier reads."""

    def raw(name, why, value):
        def change(texts):
            texts["stone"] = raw_disclosure('["' + "A" * 22 + '","stone",' + value + "]")
        made = Small(f"value {name}", extract={"texts": change})
        position = 1 + sorted(made.extract.fields).index("stone")
        add(f"value-{name}", why, made.alone(), "invalid", "malformed",
            {"packet": 1, "seq": 0, "field": f"disclosure {position}"}, trust=TRUST)

    raw("fraction", "a number with a fraction (rule 4)", '{"density":2.7,"name":"Black"}')
    raw("one-point-zero", "1.0 is not the shortest form (rule 4)", '{"density":1.0,"name":"Black"}')
    raw("exponent", "a number with an exponent (rule 4)", '{"density":1e2,"name":"Black"}')
    raw("minus-zero", "−0 (rule 4)", '{"density":-0,"name":"Black"}')
    raw("too-big", "an integer above 2^53−1 (rule 4)", '{"density":9007199254740992,"name":"Black"}')
    raw("too-small", "an integer below −(2^53−1) (rule 4)", '{"density":-9007199254740992,"name":"Black"}')
    raw("depth-nine", "nine levels, the disclosure's array counted (rule 4)", '{"name":' + "[" * 7 + "]" * 7 + "}")
    raw("not-ascending", "members of a field's value ascend (rule 2)", '{"name":"Black","family":"dolerite"}')
    raw("not-ascending-inside", "members ascend at every depth (rule 2)", '{"name":"Black","of":{"b":1,"a":1}}')
    raw("member-twice", "a member stands there twice (DESIGN §4)", '{"name":"Black","name":"Black"}')
    raw("lone-surrogate", "a lone surrogate (rule 1)", '{"name":"\\ud800"}')
    raw("escaped-letter", "an escape that RFC 8785 does not write (rule 1)", '{"name":"\\u0042lack"}')
    raw("space", "white space (rule 1)", '{"name": "Black"}')
    raw("raw-control", "a control character, not escaped (rule 1)", '{"name":"Bl\x07ck"}')
    raw("escaped-delete", "the character 7F as an escape: it is written raw (rule 1)", '{"name":"\\u007f"}')
    raw("cut-off", "JSON that is cut off", '{"name":"Black"')

    def output(name, why, field, block=None, drop=()):
        values = {"amount": 1, "item": item(1), "kind": "block", "unit": "piece", **(block or {})}
        values = {k: values[k] for k in sorted(values) if k not in drop}

        def change(texts):
            texts["out.0"] = raw_disclosure(dump(["A" * 22, "out.0", values]))

        made = Small(f"output {name}", extract={"outputs": [{"amount": 1, **values}], "texts": change})
        add(f"output-{name}", why, made.alone([made.extract], (made.extract, 0)), "invalid", "malformed",
            {"packet": 1, "seq": 0, "field": field}, trust=TRUST)

    output("amount-zero", "an output has an amount of at least 1 (rule 11)", "out.0.amount", {"amount": 0})
    output("amount-string", "an amount as a string (rule 11)", "out.0.amount", {"amount": "1"})
    output("without-amount", "every output has an amount (rule 11)", "out.0.amount", drop=("amount",))
    output("without-item", "every output has an item (rule 11)", "out.0.item", drop=("item",))
    output("without-kind", "every output has a kind (rule 11)", "out.0.kind", drop=("kind",))
    output("without-unit", "every output has a unit (rule 11)", "out.0.unit", drop=("unit",))
    output("item-number", "an item number as a number (rule 11)", "out.0.item", {"item": 1})
    output("kind-unknown", "a kind that does not exist (DESIGN §3)", "out.0.kind", {"kind": "stone"})
    output("unit-unknown", "a unit that does not exist (rule 11)", "out.0.unit", {"unit": "kg"})
    output("two-blocks", "only a batch has an amount other than 1 piece (rule 11)", "out.0.amount", {"amount": 2})
    output("block-in-grams", "only a batch has an amount other than 1 piece (rule 11)", "out.0.amount", {"unit": "g"})
    output("two-sides", "gross has three sides (Fields a verifier reads)", "out.0.measure.gross", {"measure": {"gross": [1, 2]}})
    output("side-zero", "a side of 0 mm", "out.0.measure.gross[1]", {"measure": {"gross": [1, 0, 1]}})
    output("mass-zero", "a mass of 0 g", "out.0.measure.mass", {"measure": {"mass": 0}})
    output("contents-beyond-inputs", "contents name an input that is not there (rule 17)", "out.0.contents",
           {"kind": "crate", "contents": [{"amount": 1, "in": 0}]})


def read_fields(add):
    """Values of fields that a verifier reads and cannot read."""

    def dispatch(name, why, field, **fields):
        made = Small(f"field {name}", dispatch=fields)
        add(f"field-{name}", why, made.alone(), "invalid", "malformed",
            {"packet": 1, "seq": 1, "field": field}, trust=TRUST)

    def extract(name, why, field, **fields):
        made = Small(f"field {name}", extract=fields)
        add(f"field-{name}", why, made.alone(), "invalid", "malformed",
            {"packet": 1, "seq": 0, "field": field}, trust=TRUST)

    dispatch("to-empty", "to names nobody (rule 18)", "to", to={})
    dispatch("to-log-and-name", "to names a log and a name (rule 18)", "to", to={"log": "quarrymark/" + DIGEST, "name": "Town"})
    dispatch("to-contract-without-log", "a contract without the log that holds it (rule 18)", "to.contract", to={"contract": DIGEST, "name": "Town"})
    dispatch("to-string", "to as a string (rule 18)", "to", to="quarrymark/" + DIGEST)
    dispatch("to-log-number", "the log as a number (rule 18)", "to.log", to={"log": 1})
    extract("site-string", "site as a string (Fields a verifier reads)", "site", site="North")
    extract("site-without-event", "a place without its site (Fields a verifier reads)", "site.site", site={"parcel": "P1"})
    extract("party-without-name", "a party without name (Fields a verifier reads)", "party.name", party={"names": "x"})
    extract("stone-name-number", "a stone's name as a number (Fields a verifier reads)", "stone.name", stone={"name": 1})


def build(add):
    head_forms(add)
    numbered_outputs(add)
    inputs(add)
    wrappers(add)
    field_values(add)
    read_fields(add)
