"""Fields that were erased for good: FORMATS 22, docs/erasure.md, docs/withholding.md."""
from vectors.ledger import chain, day
from vectors.worlds import NORTH, Small, contract


def build(add):
    def erased(name, why, verdict="match", code=None, *, hide=("stone",), names=("stone",), by="quarry", asked=NORTH,
               of="extract", value=None, also=("erased",), absent=(), facts=None):
        made = Small(f"erased {name}")
        event = getattr(made, of)
        done = {"disclosures": [{"event": event.id, "name": n} for n in names], "reason": "asked for"}
        log = getattr(made, by)
        erase = log.record("erase", day(3, 1), erased=done if value is None else value(done))
        content = chain([(made.dispatch, 0)], [*made.events, made.other, erase], hide=[(event, n) for n in hide])
        add(f"erased-{name}", why, content, verdict, code, facts, also=also, absent=absent, trust=made.trust, contract=asked)

    none = {"also": (), "absent": ("erased",)}
    erased("remark", "the quarry erased the stone of its extract; the contract does not ask for it (docs/erasure.md)")
    erased("needed", "an erased field reads as withheld: what the contract needs is a gap (FORMATS 22)", "gap", "not_shown",
           asked=contract(stone="North Black"))
    erased("needed-site", "the site of the extract was erased: the origin is not shown (DESIGN §9)", "gap", "not_shown",
           hide=("site",), names=("site",))
    erased("two-fields", "one event erases two fields", hide=("block", "stone"), names=("block", "stone"))
    erased("null-reason", "an erasure may leave its reason out", value=lambda v: {**v, "reason": None})
    erased("by-another-log", "only the log that made an event can erase something of it (docs/erasure.md)", by="reg", **none)
    erased("still-shown", "the field is shown: nothing is gone (docs/withholding.md)", hide=(), **none)
    erased("never-there", "the event never had such a field", hide=(), names=("remarks",), **none)
    erased("outside-the-chain", "a field of an event that the delivery does not come from", hide=("site",), names=("site",), of="other", **none)

    def bad(name, why, value, field):
        erased(f"bad-{name}", why, "invalid", "malformed", hide=(), value=value, also=(), facts={"field": field})

    one = lambda **more: lambda v: {**v, "disclosures": [{**v["disclosures"][0], **more}]}  # noqa: E731
    bad("no-list", "the list is a text (FORMATS 22)", lambda v: {**v, "disclosures": "stone"}, "erased.disclosures")
    bad("event-short", "an event id of 42 characters (rule 5)", one(event="A" * 42), "erased.disclosures[0].event")
    bad("event-spare-bits", "an event id whose spare bits are not zero (rule 5)", one(event="A" * 42 + "B"), "erased.disclosures[0].event")
    bad("output", "outputs are never erased (FORMATS 22)", one(name="out.0"), "erased.disclosures[0].name")
    bad("head", "heads are never erased (FORMATS 22)", one(name="event"), "erased.disclosures[0].name")
    bad("reason-number", "the reason is a number", lambda v: {**v, "reason": 7}, "erased.reason")
    made = Small("erase with goods")
    erase = made.quarry.record("erase", day(3, 1), inputs=[made.dispatch.state(0)],
                               erased={"disclosures": [{"event": made.extract.id, "name": "stone"}], "reason": ""})
    add("erase-spends-goods", "an erase consumes nothing (FORMATS 22)",
        chain([(made.dispatch, 0)], [*made.events, erase]), "invalid", "malformed",
        trust=made.trust, contract=NORTH)
