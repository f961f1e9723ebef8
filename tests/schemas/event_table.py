"""docs/events.md: a row for each event type of the schemas, and every test it names exists."""
import re

from suite import BASE, ROOT
from threats import names


def check(suite, schemas):
    known = names() | {f"vector {name}" for name in names()}
    known |= set(re.findall(r"^def (\w+)\(w\)", (ROOT / "tests" / "cli" / "movement.py").read_text(encoding="utf-8"), re.M))
    types = schemas.by_id[BASE + "common.schema.json"]["$defs"]["event_type"]["enum"]
    text = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()
            if line.startswith("| ") and not line.startswith(("| --- ", "| type ", "| what "))]
    described = [re.fullmatch(r"`(\w+)`", row[0]).group(1) for row in rows if len(row) == 7]
    suite.equal(sorted(described), sorted(types), "event types with a row in docs/events.md")
    for row in rows:
        suite.check(len(row) in (3, 7) and all(row), f"docs/events.md, {row[0]}: every cell is filled")
        shown_by = re.findall(r"`([^`]+)`", row[-1])
        suite.check(bool(shown_by), f"docs/events.md, {row[0]}: names what shows it")
        for name in shown_by:
            suite.check(name in known, f"docs/events.md, {row[0]}: there is no {name}")
