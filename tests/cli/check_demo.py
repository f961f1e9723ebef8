"""What `quarrymark demo --json` printed, against the verdict schema and the manifest.

usage: check_demo.py SCHEMAS DATA_SET DEMO_JSON
"""
import json
import pathlib
import sys

import jsonschema


def validator(schemas: pathlib.Path) -> jsonschema.Draft202012Validator:
    store = {}
    for path in schemas.glob("*.schema.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        store[schema["$id"]] = schema
    verdict = json.loads((schemas / "verdict.schema.json").read_text(encoding="utf-8"))
    resolver = jsonschema.RefResolver(verdict["$id"], verdict, store=store)
    return jsonschema.Draft202012Validator(verdict, resolver=resolver)


def main() -> int:
    schemas, data_set, demo = map(pathlib.Path, sys.argv[1:4])
    outcome = json.loads(demo.read_text(encoding="utf-8"))
    manifest = json.loads((data_set / "manifest.json").read_text(encoding="utf-8"))
    check = validator(schemas)
    problems = []
    for contract in outcome["contracts"]:
        for number, report in enumerate(contract["checks"], 1):
            for error in check.iter_errors(report):
                place = "/".join(str(part) for part in error.absolute_path)
                problems.append(f"{contract['id']}, check {number}, {place}: {error.message[:200]}")
        if contract["verdict"] != contract["checks"][-1]["verdict"]:
            problems.append(f"{contract['id']}: the last check is not the verdict")
    got = {contract["id"]: contract["verdict"] for contract in outcome["contracts"]}
    if got != manifest["expected"]:
        problems.append(f"expected {manifest['expected']}, got {got}")
    wanted = {}
    for one in manifest["checks"]:
        wanted[one["contract"]] = wanted.get(one["contract"], 0) + 1
    made = {contract["id"]: len(contract["checks"]) for contract in outcome["contracts"]}
    if made != wanted:
        problems.append(f"expected so many checks: {wanted}, got {made}")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
