"""Turns a line of `record` input into the shape of the recorded event, with made-up digests and numbers.

Good enough to hold the schemas in schemas/events/ and the frames against every example line.
"""
import base64
import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def origin(name):
    return "quarrymark/" + digest("log " + name)


def item(name):
    raw = hashlib.sha256(("item " + name).encode()).digest()
    return "".join(ALPHABET[b % 32] for b in raw[:17])


def serial(name):
    return item("serial " + name)[:8]


def signature(text):
    return base64.urlsafe_b64encode(hashlib.sha512(text.encode()).digest()).decode().rstrip("=")


def vkey(name):
    return f"{name}+0a1b2c3d+" + base64.b64encode(b"\x01" + hashlib.sha256(name.encode()).digest()).decode()


def event_id(text):
    return text if not text.startswith("key:") else digest("event " + text[4:])


def field_value(event_type, name, value):
    value = dict(value) if isinstance(value, dict) else value
    if name == "site" and event_type != "site":
        value["site"] = digest("site " + value["site"])
    elif name == "sites":
        value = [{**site, "site": digest("site " + site["site"])} for site in value]
    elif name == "involved":
        value = [{**who, "log": who["log"] and origin(who["log"])} for who in value]
    elif name in ("to", "member") and "log" in value:
        value["log"] = origin(value["log"])
        if "contract" in value:
            value["contract"] = digest("contract " + value["contract"])
    elif name in ("corrects", "voids", "received"):
        value["event"] = event_id(value["event"])
    elif name == "label" and value.get("old_serial") == "recorded":
        value["old_serial"] = serial("old")
    elif name == "accept" and "sampled" in value:
        value["sampled"] = [item(sample) for sample in value["sampled"]]
    elif name == "enrol" and value.startswith("device:"):
        value = digest(value)
    elif name == "about":
        value = about(value)
    return value


def about(value):
    if "event" in value:
        return {"event": event_id(value["event"])}
    if "item" in value:
        return {"item": item(value["item"])}
    if "site" in value:
        return {"site": digest("site " + value["site"])}
    if "sightings" in value:
        out = {"sightings": [digest(name) for name in value["sightings"]]}
        if "genuine" in value:
            out["genuine"] = digest(value["genuine"])
        return out
    return value


def outputs(line):
    kind = line["type"]
    if "received" in line.get("fields", {}) or kind == "accept":
        return []
    if kind in ("dispatch", "receive", "label", "correct") and "kind" not in line.get("outputs", [{}])[0]:
        made = [{"kind": "crate", "amount": 1, "unit": "piece"} for _ in line.get("inputs", line.get("outputs", []))]
    elif kind == "unpack":
        made = [{"kind": "batch", "amount": 44, "unit": "piece"}]
    else:
        made = []
        for output in line.get("outputs", []):
            one = {k: v for k, v in output.items() if k not in ("count", "label")}
            one = {"amount": 1, "unit": "piece", **one}
            if output.get("label"):
                one["serial"] = serial("new")
            made += [dict(one) for _ in range(output.get("count", 1))]
    for number, output in enumerate(made):
        output.setdefault("item", item(str(number)))
    return made


def recorded(line, log):
    """{"head", "fields"} as schemas/events/<type>.schema.json describes it."""
    kind = line["type"]
    fields = {"party": {"name": log}}
    for name, value in line.get("fields", {}).items():
        fields[name] = field_value(kind, name, value)
    made = outputs(line)
    for number, output in enumerate(made):
        fields[f"out.{number}"] = output
    inputs = [{"event": digest("made " + str(entry)), "out": 0, "amount": 1} for entry in line.get("inputs", [])]
    if kind in ("correct", "void", "revoke"):
        inputs = [{"event": digest("record"), "out": -1, "amount": 0}] + inputs
    if kind == "correct":
        inputs += [{"event": digest("record"), "out": n, "amount": 1} for n in range(len(made))]
    head = {"type": kind, "log": origin(log), "at": line.get("at", "2025-01-01T00:00:00+00:00"), "n": 0, "inputs": inputs,
            "outputs": len(made), "fields": {name: digest(name + str(value)) for name, value in sorted(fields.items())}}
    return {"head": head, "fields": fields}
