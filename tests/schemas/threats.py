"""Each line of the threat model names tests that exist: of the sources, vectors, or adversary cases."""
import re

from suite import ROOT, SCHEMAS, load

TESTS = re.compile(r"\b(?:TEST|TEST_F|TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\(\s*(\w+),\s*(\w+)")
FAMILIES = re.compile(r'f"((?:[a-z]+-)+)\{|f"([a-z]+)-\{')


def names():
    known = {v["name"] for v in load(SCHEMAS / "vectors" / "vectors.json")["vectors"]}
    for path in (ROOT / "tests").rglob("*.cpp"):
        known |= {".".join(found) for found in TESTS.findall(path.read_text(encoding="utf-8"))}
    text = (ROOT / "tests" / "interop" / "adversary.py").read_text(encoding="utf-8")
    known |= {f"adversary {(a or b).rstrip('-')}" for a, b in FAMILIES.findall(text)}
    return known | {"adversary fraud"} if "def run_frauds" in text else known


def check(suite):
    known = names()
    rows = [line for line in (ROOT / "docs" / "threat_model.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("| ") and not line.startswith(("| --- ", "| What "))]
    suite.check(len(rows) > 50, f"{len(rows)} lines in the threat model")
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        shown_by = re.findall(r"`([^`]+)`", cells[-1])
        suite.check(len(cells) == 3 and shown_by, f"threat model: {cells[0]}: names what shows it")
        for name in shown_by:
            suite.check(name in known, f"threat model: {cells[0]}: there is no {name}")
