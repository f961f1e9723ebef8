#!/usr/bin/python3
"""Writes schemas/vectors, or with --check compares what is there with what would be written.

Verdicts and first findings are written by hand in `vectors/`, from the rules. No verifier is run.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from vectors import MODULES  # noqa: E402
from vectors.index import Collection  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "schemas" / "vectors"


def collect():
    collection = Collection()
    for module in MODULES:
        module.build(collection.add)
    return collection


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit("usage: make_vectors.py [--check]")
    collection = collect()
    if not check:
        collection.write(FOLDER)
    wrong = collection.differences(FOLDER)
    for name in wrong:
        print(f"FAILED: schemas/vectors/{name} is not what make_vectors.py writes")
    bad = sum(v["verdict"] == "invalid" or v["refused"] is not None for v in collection.vectors)
    size = sum(map(len, collection.contents().values()))
    print(f"{len(collection.vectors)} vectors, {bad} of them refused or invalid, {size} bytes")
    print(f"{len(collection.contents()) - len(wrong)} passed, {len(wrong)} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
