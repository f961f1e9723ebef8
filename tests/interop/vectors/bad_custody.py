"""Rules 10 to 14 and 17 to 22: markers, and events whose inputs and outputs do not fit."""
from vectors.ledger import chain, day, item, trust
from vectors.worlds import Small, Works

TRUST = trust([])
DIGEST = "A" * 43


def markers(add):
    def alter(name, why, spends, field="spends[0]"):
        made = Small(f"marker {name}", dispatch={"entry": lambda e: {**e, "spends": spends(e["spends"])}})
        add(f"marker-{name}", why, made.alone(), "invalid", "wrong_marker",
            {"packet": 1, "seq": 1, "field": field}, trust=TRUST)

    alter("altered", "the marker is no hash of anything shown (rule 14)", lambda s: [DIGEST])
    alter("one-bit", "one character of the marker is another (rule 14)",
          lambda s: [("A" if s[0][0] != "A" else "B") + s[0][1:]])
    alter("missing", "no marker for the input (rule 14)", lambda s: [], "spends")
    alter("one-more", "a marker more than inputs (rule 14)", lambda s: [*s, DIGEST], "spends")
    # Markers of other states than the input names.
    for name, why, state in (
        ("of-the-record", "the marker of the event's record in place of its output's (DESIGN §4)", lambda m: m.extract.state(-1)),
        ("of-another-event", "the marker of a state of another event (DESIGN §4)", lambda m: m.admit.state(-1)),
    ):
        first = Small(f"marker {name}")
        wrong = state(first)["_marker"]
        made = Small(f"marker {name}", dispatch={"entry": lambda e, w=wrong: {**e, "spends": [w]}})
        add(f"marker-{name}", why, made.alone(), "invalid", "wrong_marker",
            {"packet": 1, "seq": 1, "field": "spends[0]"}, trust=TRUST)
    made = Works("marker swap", pack={"entry": lambda e: {**e, "spends": e["spends"][::-1]}})
    add("marker-swapped", "two markers changed places: spends[i] is that of inputs[i] (rule 14)", made.alone(),
        "invalid", "wrong_marker", {"seq": 2, "field": "spends[0]"}, trust=TRUST)
    good = Works("marker moved")
    moved = good.d2.entry["spends"]
    made = Works("marker moved", pack={"entry": lambda e: {**e, "spends": [moved[0], e["spends"][1]]}})
    add("marker-moved", "a marker stands in the entry of another event (rule 14)", made.alone(),
        "invalid", "wrong_marker", {"seq": 2, "field": "spends[0]"}, trust=TRUST)


def remakes(add):
    """Rule 12: dispatch, receive and label remake what they consume, in order."""

    def sent(name, why, field, **change):
        made = Small(f"dispatch {name}")
        other = {**made.block, **change}
        made = Small(f"dispatch {name}", dispatch={"outputs": [other]})
        add(f"dispatch-{name}", why, made.alone(), "invalid", "malformed",
            {"packet": 1, "seq": 1, "field": field}, trust=TRUST)

    sent("another-item", "what leaves is another item than what was consumed (rule 12)", "out.0.item", item=item(2))
    sent("another-kind", "a slab leaves where a block was consumed (rule 12)", "out.0.kind", kind="slab")
    sent("grown", "more leaves than was consumed (rule 12)", "out.0.kind", kind="batch", amount=2)
    sent("another-unit", "a batch in grams leaves where a block was consumed (rule 12)", "out.0.kind", kind="batch", unit="g")
    block = Small("dispatch outputs").block
    for name, why, outputs in (("nothing-leaves", "a dispatch remakes each input (rule 12)", []),
                               ("two-leave", "two items leave where one was consumed (rule 12)", [block, {**block, "item": item(2)}])):
        made = Small(f"dispatch {name}", dispatch={"outputs": outputs})
        about = (made.dispatch, 0) if outputs else (made.dispatch, -1)
        add(f"dispatch-{name}", why, made.alone(about=about), "invalid", "malformed",
            {"packet": 1, "seq": 1, "field": "outputs"}, trust=TRUST)
    lot = {"amount": 100, "item": item(5), "kind": "batch", "unit": "piece"}
    for name, why, field, change in (
        ("batch-amount", "a batch of 100 leaves as 101 (rule 12)", "out.0.amount", {"amount": 101}),
        ("batch-shrunk", "a batch of 100 leaves as 99, and the rest as nothing (rule 12)", "out.0.amount", {"amount": 99}),
        ("batch-unit", "a batch of pieces leaves in grams (rule 12)", "out.0.unit", {"unit": "g"}),
    ):
        made = Small(f"dispatch {name}", extract={"outputs": [lot]}, dispatch={"outputs": [{**lot, **change}]})
        add(f"dispatch-{name}", why, made.alone(), "invalid", "malformed",
            {"packet": 1, "seq": 1, "field": field}, trust=TRUST)
    taken = Works("receive").block
    for name, why, field, change in (
        ("another-item", "another item arrives than was sent (rule 12)", "out.0.item", {"item": item(9)}),
        ("another-kind", "a slab arrives where a block was sent (rule 12)", "out.0.kind", {"kind": "slab"}),
    ):
        made = Works(f"receive {name}", r1={"outputs": [{**taken, **change}]})
        add(f"receive-{name}", why, made.alone(), "invalid", "malformed",
            {"seq": 0, "field": field}, trust=TRUST)
    made = Small("label kind")
    label = made.quarry.record("label", day(2, 5), inputs=[made.extract.state(0)], outputs=[{**made.block, "item": item(3)}],
                               label={"action": "bind"})
    add("label-another-item", "a label makes another item of it (rule 12)",
        chain([(label, 0)], [made.extract, label]), "invalid", "malformed",
        {"packet": 1, "seq": 3, "field": "out.0.item"}, trust=TRUST)
    made = Works("record spent")
    state = made.extract.state(-1)
    made = Works("record spent", d1={"inputs": [state]})
    add("record-spent-by-dispatch", "a record state is spent by correct, void and revoke alone (rules 19 and 20)",
        made.alone(), "invalid", "malformed", {"seq": 1, "field": "inputs[0]"}, trust=TRUST)


def corrections(add):
    """Rules 19 and 20."""

    def after(name, why, event_type, field, inputs, outputs=lambda m: [m.block], about=None, of="extract", **fields):
        made = Small(f"{event_type} {name}")
        event = made.quarry.record(event_type, day(2, 4), inputs=inputs(made), outputs=outputs(made), **fields)
        shown = [made.extract, event] if of == "extract" else [made.extract, made.dispatch, event]
        add(f"{event_type}-{name}", why, chain([about or (event, -1)], shown), "invalid", "malformed",
            {"packet": 1, "seq": 3, "field": field}, trust=TRUST)

    both = lambda m: [m.extract.state(-1), m.extract.state(0)]  # noqa: E731
    after("without-record", "a correction spends the record first (rule 20)", "correct", "inputs[0]", lambda m: [m.extract.state(0)])
    after("record-last", "the record stands after the output (rule 20)", "correct", "inputs[0]", lambda m: both(m)[::-1])
    after("without-inputs", "a correction of nothing (rule 20)", "correct", "inputs", lambda m: [], lambda m: [])
    after("another-item", "a correction may not change the item (rule 20)", "correct", "out.0.item", both, lambda m: [{**m.block, "item": item(8)}])
    after("another-kind", "a correction may not change the kind (rule 20)", "correct", "out.0.kind", both, lambda m: [{**m.block, "kind": "slab"}])
    after("more-outputs", "a correction remakes what it consumes and no more (rule 20)", "correct", "outputs", both,
          lambda m: [m.block, {**m.block, "item": item(8)}])
    after("record-alone-with-output", "an output without the state it remakes (rule 20)", "correct", "outputs", lambda m: [m.extract.state(-1)])
    after("output-of-another-event", "the record of one event and the output of another (rule 20)", "correct", "inputs[1]",
          lambda m: [m.extract.state(-1), m.dispatch.state(0)], of="dispatch")
    sent = lambda m: [m.dispatch.state(-1), m.dispatch.state(0)]  # noqa: E731
    after("to-changed", "a correction may not change to (rule 20)", "correct", "to", sent, of="dispatch", to={"log": "quarrymark/" + DIGEST})
    after("to-name-for-log", "a correction makes a name of the log in to (rule 20)", "correct", "to", sent, of="dispatch", to={"name": "The Town"})
    after("without-record", "a void spends the record first (rule 19)", "void", "inputs[0]", lambda m: [m.dispatch.state(0)], of="dispatch")
    after("without-inputs", "a void of nothing (rule 19)", "void", "inputs", lambda m: [], lambda m: [])
    after("part-of-an-extract", "a void spends every output of what it undoes (rule 19)", "void", "inputs",
          lambda m: [m.extract.state(-1)], lambda m: [])
    after("remakes-nothing", "a void remakes what the dispatch consumed (rule 19)", "void", "outputs", sent, lambda m: [], of="dispatch")
    after("remakes-another-item", "a void brings back another item (rule 19)", "void", "out.0.item", sent,
          lambda m: [{**m.block, "item": item(8)}], of="dispatch")
    after("of-an-extract-remakes", "a void of an extract has nothing to bring back (rule 19)", "void", "outputs", both)
    after("with-inputs", "an attest consumes nothing (DESIGN §6)", "attest", "inputs[0]", lambda m: [m.extract.state(-1)], lambda m: [], kind="confirm")
    after("spends-goods", "an attest consumes nothing (DESIGN §6)", "attest", "inputs", lambda m: [m.extract.state(0)], lambda m: [], kind="confirm")
    after("with-inputs", "an erasure consumes nothing (rule 22)", "erase", "inputs", lambda m: [m.extract.state(0)], lambda m: [])
    another = lambda m: [{**m.block, "item": item(8)}]  # noqa: E731
    after("consumes-goods", "an extract consumes nothing (DESIGN §6)", "extract", "inputs", lambda m: [m.extract.state(0)], another)
    after("consumes-goods", "an acquire consumes nothing (DESIGN §6)", "acquire", "inputs", lambda m: [m.extract.state(0)], another)
    after("to-nobody", "a dispatch says to whom (rule 18)", "dispatch", "to", lambda m: [m.extract.state(0)])
    after("names-another-event", "a void names another event than the one whose record it spends (rule 19)", "void", "voids", sent,
          of="dispatch", voids={"event": DIGEST})
    after("of-a-dispatch", "a revocation spends the record of an admit (rule 20)", "revoke", "inputs[0]",
          lambda m: [m.dispatch.state(-1)], lambda m: [], of="dispatch")
    after("with-goods", "a revocation spends a record and nothing else (rule 20)", "revoke", "inputs",
          lambda m: [m.extract.state(-1), m.dispatch.state(0)], lambda m: [], of="dispatch")
    after("refused-consumes", "a refused accept consumes nothing (rule 19)", "accept", "inputs", lambda m: [m.extract.state(0)], lambda m: [],
          accept={"result": "refused"})
    made = Works("void receive")
    voided = made.factory.record("void", day(2, 22), inputs=[made.r1.state(-1), made.r1.state(0)], outputs=[made.block])
    add("void-of-a-receive", "a receive is not voided: goods go back by dispatch (rule 19)",
        chain([(voided, 0)], [made.extract, made.d1, made.r1, voided]),
        "invalid", "malformed", {"seq": 4, "field": "inputs[0]"}, trust=TRUST)
    made = Works("correct order", slabs=2)
    states = [made.saw.state(-1), made.saw.state(1), made.saw.state(0)]
    corrected = made.factory.record("correct", day(2, 24), inputs=states, outputs=[made.saw.outputs[1], made.saw.outputs[0]])
    add("correct-outputs-descending", "a correction remakes outputs ascending (rule 20)",
        chain([(corrected, 0)], [made.extract, made.d1, made.r1, made.saw, corrected]),
        "invalid", "malformed", {"seq": 4, "field": "inputs[2]"}, trust=TRUST)


def late_dispatches(add):
    """Rule 12: a dispatch recorded after the goods were received one-sidedly."""

    def late(name, why, field, received, outputs=lambda m: [], to=True):
        made = Small(f"late {name}")
        town = made.town
        taken = town.record("receive", day(2, 3), outputs=[made.block])
        attest = town.record("attest", day(2, 4), kind="confirm", about={"event": taken.id})
        made.taken, made.attest = taken, attest
        event = made.quarry.record("dispatch", day(2, 6), inputs=[made.extract.state(0)], outputs=outputs(made),
                                   to={"log": town.origin}, received=received(made))
        add(f"late-dispatch-{name}", why, chain([(taken, 0)], [made.extract, event, taken, attest]),
            "invalid", "malformed", {"packet": 1, "seq": 3, "field": field}, trust=TRUST)

    named = lambda m: {"event": m.taken.id, "outs": [0]}  # noqa: E731
    late("with-outputs", "a late dispatch has no outputs (rule 12)", "outputs", named, lambda m: [m.block])
    late("too-many-outs", "received names two outputs for one input (rule 12)", "received.outs", lambda m: {"event": m.taken.id, "outs": [0, 0]})
    late("without-outs", "received names no output for its input (rule 12)", "received.outs", lambda m: {"event": m.taken.id, "outs": []})
    late("out-beyond", "received names an output that the receive does not have (rule 12)", "received.outs", lambda m: {"event": m.taken.id, "outs": [1]})
    late("of-no-receive", "received names an event that is no receive (rule 12)", "received.event", lambda m: {"event": m.attest.id, "outs": [0]})
    late("event-short", "received names no event id (rule 5)", "received.event", lambda m: {"event": m.taken.id[:-1], "outs": [0]})
    late("outs-negative", "received names an output −1 (rule 12)", "received.outs", lambda m: {"event": m.taken.id, "outs": [-1]})


def build(add):
    markers(add)
    remakes(add)
    corrections(add)
    late_dispatches(add)
