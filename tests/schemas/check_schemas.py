#!/usr/bin/python3
"""Holds schemas/ together: schemas are valid, examples follow them, spoilt input is refused, the lists agree.

Needs Debian's python3-jsonschema. Ends with "N passed, N failed"; exit code 1 when something failed.
"""
import sys

from suite import BASE, EXAMPLES, SCHEMAS, Draft202012Validator, Schemas, Suite, load, load_lines, parse

import event_table
import refusals
import threats
import values
import words
from recorded import recorded
from replay import DataSet

BANNED = ["guarantee", "risk-free", "risk free", "authentic", "certified", "100 %", "100%", "blockchain", "child-labour-free"]


def check_schemas_themselves(suite, schemas):
    for path in schemas.files:
        schema, name = load(path), path.relative_to(SCHEMAS).as_posix()
        try:
            Draft202012Validator.check_schema(schema)
            suite.check(True, name)
        except Exception as error:
            suite.check(False, f"{name} is no schema: {error}")
        suite.equal(schema["$id"], BASE + name, f"$id of {name}")
        suite.check(schema.get("title") and schema.get("description"), f"{name} says what it is")
        for reference in references(schema):
            suite.check(resolves(schemas, schema["$id"], reference), f"{name}: {reference} leads somewhere")


def references(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def resolves(schemas, base, reference):
    from urllib.parse import urljoin
    address, _, pointer = urljoin(base, reference).partition("#")
    target = schemas.by_id.get(address)
    for step in pointer.strip("/").split("/") if pointer else []:
        target = target.get(step) if isinstance(target, dict) else None
    return target is not None


def check_lists(suite, schemas):
    verdicts, findings = load(SCHEMAS / "verdicts.json"), load(SCHEMAS / "findings.json")
    for name, value in (("verdicts", verdicts), ("findings", findings)):
        complaint = schemas.complaint(f"{name}.schema.json", value)
        suite.check(complaint is None, f"{name}.json: {complaint}")
    order = [v["value"] for v in verdicts["verdicts"]]
    suite.equal([v["rank"] for v in verdicts["verdicts"]], list(range(1, 11)), "ranks, worst first")
    suite.equal(order, schemas.by_id[BASE + "verdict.schema.json"]["properties"]["verdict"]["enum"][:-1], "verdicts in the verdict schema")
    suite.equal(order, schemas.by_id[BASE + "verdicts.schema.json"]["properties"]["verdicts"]["items"]["properties"]["value"]["enum"], "verdicts in the list's schema")
    suite.equal({v["value"] for v in verdicts["verdicts"] if v["exit_code"] == 3}, {"invalid", "mismatch", "duplicate", "over_yield"}, "exit code 3")
    suite.equal({v["value"] for v in verdicts["verdicts"] if v["exit_code"] == 0}, {"match"}, "exit code 0")
    suite.equal(len({v["shape"] for v in verdicts["verdicts"]}), 10, "each verdict has a shape of its own")
    colours = {v["value"]: v["colour"] for v in verdicts["verdicts"]}
    suite.equal([v for v, colour in colours.items() if colour == colours["not_verifiable"]], ["not_verifiable"], "verdicts that look like not_verifiable")
    suite.equal([v for v, colour in colours.items() if colour == "green"], ["match"], "green verdicts")
    codes = [f["code"] for f in findings["findings"]]
    suite.equal(len(set(codes)), len(codes), "finding codes are distinct")
    suite.equal(codes, schemas.by_id[BASE + "verdict.schema.json"]["$defs"]["code"]["enum"], "finding codes in the verdict schema")
    for finding in findings["findings"]:
        led_to = sorted(finding["verdicts"], key=order.index)
        suite.equal(led_to[0] if led_to else None, finding["worst"], f"worst verdict of {finding['code']}")
    for path in (SCHEMAS / "verdicts.json", SCHEMAS / "findings.json"):
        text = path.read_text(encoding="utf-8").lower()
        suite.equal([word for word in BANNED if word in text], [], f"banned words in {path.name}")
    for name, schema in (("letter", "letter"), ("shown", "passport"), ("delivery", "passport"), ("contract", "contract"), ("trust", "trust")):
        complaint = schemas.complaint(f"{schema}.schema.json", load(EXAMPLES / "sealed" / f"{name}.json"))
        suite.check(complaint is None, f"sealed/{name}.json: {complaint}")
    types = schemas.by_id[BASE + "record.schema.json"]["properties"]["type"]["enum"]
    suite.equal({p.name for p in (SCHEMAS / "events").glob("*.json")}, {t + ".schema.json" for t in types} | {"erase.schema.json", "rotate.schema.json"}, "an event schema for each type that can be recorded")
    profiles = load(SCHEMAS / "profiles.json")
    complaint = schemas.complaint("profiles.schema.json", profiles)
    suite.check(complaint is None, f"profiles.json: {complaint}")
    fields = set(schemas.by_id[BASE + "fields.schema.json"]["$defs"]) | {"device"}
    for profile in profiles["profiles"]:
        names = [field["field"].split(".")[-1] for field in profile["fields"]]
        suite.equal([name for name in names if name not in fields], [], f"unknown fields in profile {profile['name']}")
        suite.equal(names, sorted(names), f"fields of profile {profile['name']} ascend")


def check_line(suite, schemas, line, log, where):
    complaint = schemas.complaint("record.schema.json", line)
    suite.check(complaint is None, f"{where}: {complaint}")
    complaint = schemas.complaint(f"events/{line['type']}.schema.json", recorded(line, log))
    suite.check(complaint is None, f"{where}, as recorded: {complaint}")


def check_data_set(suite, schemas, name):
    data = DataSet(name, suite)
    for what, value in (("data_set.schema.json", data.manifest), ("data_set.schema.json#/$defs/sightings", data.sightings)):
        complaint = schemas.complaint(what, value)
        suite.check(complaint is None, f"{name}, {what}: {complaint}")
    for contract, value in data.contracts.items():
        complaint = schemas.complaint("contract.schema.json", value)
        suite.check(complaint is None and value["id"] == contract, f"{name}, contract {contract}: {complaint}")
    for event in data.events:
        check_line(suite, schemas, event.line, data.organisations[event.code]["name"], f"{name}: {event.code} {event.key}")
    data.replay()
    data.check_manifest()
    return data


def recompute(suite, part, data):
    """Values of a set whose replay already failed may be missing altogether: that too is one failed check."""
    try:
        part(data, suite)
    except (KeyError, IndexError, TypeError) as error:
        suite.check(False, f"{data.name}: values cannot be computed: {error!r}")


def check_refusals(suite, schemas, year):
    for code, key, change, what in refusals.RECORD:
        line = refusals.spoil(year.by_key[code, key].line, change)
        suite.check(not schemas.accepts("record.schema.json", line), f"refused by record: {what}")
    good = refusals.frames()
    for name, instance in good.items():
        complaint = schemas.complaint(f"{name}.schema.json", instance)
        suite.check(complaint is None, f"good {name}: {complaint}")
    for name, change, what in refusals.FRAMES:
        suite.check(not schemas.accepts(f"{name}.schema.json", refusals.spoil(good[name], change)), f"refused by {name}: {what}")
    for change, what in refusals.MANIFEST:
        suite.check(not schemas.accepts("data_set.schema.json", refusals.spoil(year.manifest, change)), f"refused by data_set: {what}")
    for text in refusals.TEXTS:
        try:
            parse(text)
            suite.check(False, f"refused before any schema: {text}")
        except ValueError:
            suite.check(True, text)


def check_recorded_refusals(suite, schemas, year):
    """A recorded event is refused with a field, output or input its type does not have, or without one it must have."""
    for code, key, listed in (("KHM", "khm-0417", "site"), ("F1", "f1-acquire-7731", "source"), ("T", "t-load-1019", "to"), ("VER", "ver-resolve-1066", "kind")):
        good = recorded(year.by_key[code, key].line, code)
        kind = good["head"]["type"]
        for what, change in ((f"no {listed}", refusals.drop("head", "fields", listed)), ("a field it does not have", refusals.put("head", "fields", "colour", refusals.D)),
                             ("another type", refusals.put("head", "type", "dispose")), ("no party", refusals.drop("head", "fields", "party")),
                             ("a spoilt party", refusals.put("fields", "party", {"names": "x"}))):
            suite.check(not schemas.accepts(f"events/{kind}.schema.json", refusals.spoil(good, change)), f"refused as recorded {kind}: {what}")
        withheld = refusals.spoil(good, refusals.drop("fields", listed))
        suite.check(schemas.accepts(f"events/{kind}.schema.json", withheld), f"recorded {kind} with {listed} withheld")


def check_vectors(suite, schemas):
    """The index follows its schema, and names every file that is there and none that is not."""
    folder = SCHEMAS / "vectors"
    index = load(folder / "vectors.json")
    complaint = schemas.complaint("vectors/vectors.schema.json", index)
    suite.check(complaint is None, f"vectors.json: {complaint}")
    vectors = index["vectors"]
    suite.equal(len({v["name"] for v in vectors}), len(vectors), "vectors have distinct names")
    named = {name for v in vectors for name in [*v["passports"], v["trust"], v["contract"], v["scans"], v["sightings"],
                                          *v.get("letters", []), v.get("key")] if name}
    suite.equal(named, {f"files/{p.name}" for p in (folder / "files").iterdir()}, "files of the vectors")
    worst = {f["code"]: f["verdicts"] for f in load(SCHEMAS / "findings.json")["findings"]}
    for v in vectors:
        agrees = v["first"] is None if v["verdict"] in ("match", None) else v["first"] and v["verdict"] in worst[v["first"]["code"]]
        suite.check(agrees, f"vector {v['name']}: the first finding leads to {v['verdict']}")
    good = sum(v["verdict"] in ("match", None) and v["refused"] is None for v in vectors)
    suite.check(good >= 25 and len(vectors) - good >= 200, f"{good} good vectors and {len(vectors) - good} others")


def main():
    suite, schemas = Suite(), Schemas()
    check_schemas_themselves(suite, schemas)
    check_lists(suite, schemas)
    words.check(suite, schemas)
    check_vectors(suite, schemas)
    threats.check(suite)
    event_table.check(suite, schemas)
    year = check_data_set(suite, schemas, "stone-year")
    recompute(suite, values.check_year, year)
    recompute(suite, values.check_second, check_data_set(suite, schemas, "two-quarries"))
    for number, line in enumerate(load_lines(EXAMPLES / "other-events.ndjson"), 1):
        check_line(suite, schemas, line, "Example", f"other-events.ndjson, line {number}")
    check_refusals(suite, schemas, year)
    check_recorded_refusals(suite, schemas, year)
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
