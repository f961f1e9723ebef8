#!/usr/bin/python3
"""Runs schemas/vectors over a binary: verdict, exit code and first finding of each must be those of
the index. Usage: run_vectors.py BINARY [NAME…]"""
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "schemas" / "vectors"
EXIT = {"match": 0, None: 0, "invalid": 3, "mismatch": 3, "duplicate": 3, "over_yield": 3,
        "gap": 4, "mixed": 4, "partial": 4, "declared": 4, "not_verifiable": 5}


def path(name):
    return str(FOLDER / name)


def command_of(binary, vector, passports):
    if vector["contract"] is None:
        command = [binary, "passport", "verify"]
    else:
        command = [binary, "contract", "check", "--contract", path(vector["contract"]),
                   "--date", vector["date"]]
        for option in ("scans", "sightings"):
            if vector[option] is not None:
                command += [f"--{option}", path(vector[option])]
    return [*command, "--json", "--trust", path(vector["trust"]), *passports]


def complaints(vector, report, exit_code):
    """What differs from the index; nothing when all is as it should be."""
    if vector["refused"] is not None:
        if "error" not in report or exit_code != 1:
            return [f"expected the {vector['refused']} to be refused, got {report.get('verdict')}"]
        return []
    if "verdict" not in report:
        return [f"no report: {report}"]
    found = []
    if report["verdict"] != vector["verdict"]:
        found.append(f"verdict: expected {vector['verdict']}, got {report['verdict']}: {report['sentence']}")
    if exit_code != EXIT[vector["verdict"]]:
        found.append(f"exit code: expected {EXIT[vector['verdict']]}, got {exit_code}")
    first = next((f for f in report["findings"] if f["verdict"] is not None), None)
    expected = vector["first"]
    if expected is None and first is not None:
        found.append(f"expected no finding, got {first['code']}: {first['sentence']}")
    if expected is not None:
        facts = (first or {}).get("facts", {})
        if first is None or first["code"] != expected["code"]:
            found.append(f"first finding: expected {expected['code']}, got {first and (first['code'], first['sentence'])}")
        else:
            found += [f"{name}: expected {value}, got {facts.get(name)} ({first['sentence']})"
                      for name, value in expected["facts"].items() if facts.get(name) != value]
    codes = [f["code"] for f in report["findings"]]
    found += [f"expected a finding {code}, got {codes}" for code in vector["also"] if code not in codes]
    found += [f"expected no finding {code}" for code in vector.get("absent", []) if code in codes]
    return found


def run(command):
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def report_of(binary, vector):
    """The report, or what was printed in its place, and the exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        passports, done = [path(name) for name in vector["passports"]], None
        for number, letter in enumerate(vector.get("letters", [])):
            opened = str(Path(scratch) / f"{number}.json")
            done = run([binary, "passport", "open", passports[0], "--letter", path(letter), "--key",
                        path(vector["key"]), "-o", opened, "--json"])
            if done.returncode != 0:
                break
            passports = [opened]
        if done is None or done.returncode == 0:
            done = run(command_of(binary, vector, passports))
    try:
        return json.loads(done.stdout or done.stderr), done.returncode
    except ValueError:
        return {"no report": f"{done.stdout[:200]} {done.stderr[:200]}"}, done.returncode


def run_all(binary, folder, vectors):
    global FOLDER
    FOLDER = folder
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for vector, found in zip(vectors, pool.map(lambda v: complaints(v, *report_of(binary, v)), vectors)):
            failed += bool(found)
            for complaint in found:
                print(f"FAILED: {vector['name']} ({vector['why']}): {complaint}")
    return len(vectors) - failed, failed


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: run_vectors.py BINARY [NAME...]")
    binary, names = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    vectors = json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))["vectors"]
    passed, failed = run_all(binary, FOLDER, [v for v in vectors if not names or v["name"] in names])
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
