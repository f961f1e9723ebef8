"""The reader's other files: contracts, scans and sightings that are refused. They are the reader's own, or
come from his devices, so there is an error and no verdict."""
from formats import dump, sighting
from vectors.ledger import Device
from vectors.worlds import NORTH, Small


def build(add):
    made = Small()
    whole = made.passport()

    def contract(name, why, content):
        add(f"contract-{name}", why, whole, None, trust=made.trust, contract=content, refused="contract")

    contract("empty", "an empty contract file", "")
    contract("array", "a contract is an object (Fields a verifier reads)", "[]")
    contract("without-criteria", "a contract without criteria (Fields a verifier reads)", {"id": "C1", "lines": NORTH["lines"]})
    contract("without-id", "a contract without id (Fields a verifier reads)", {"criteria": NORTH["criteria"], "lines": NORTH["lines"]})
    contract("unknown-criterion", "a criterion that does not exist cannot be passed over: the verdict would say less than it seems to",
             {**NORTH, "criteria": {"colour": "black"}})
    contract("empty-name", "a criterion that names nothing", {**NORTH, "criteria": {"quarry": " "}})
    contract("name-number", "a criterion as a number", {**NORTH, "criteria": {"quarry": 1}})
    line = {"amount": 1, "unit": "piece"}
    for name, why, change in (
        ("amount-zero", "a line of nothing", {"amount": 0}),
        ("amount-fraction", "a line of one and a half (rule 4)", {"amount": 1.5}),
        ("unit-unknown", "a line in a unit that does not exist (rule 11)", {"unit": "m2"}),
        ("size-two-sides", "a size of two sides", {"size": [600, 400]}),
        ("tolerance-negative", "a negative tolerance", {"tolerance": -1}),
    ):
        contract(f"line-{name}", why, {**NORTH, "lines": [{**line, **change}]})

    def scans(name, why, content):
        add(f"scans-{name}", why, whole, None, trust=made.trust, contract=NORTH, scans=content, refused="scans")

    scans("number", "a scan as a number", [1])
    scans("empty-object", "a scan without label, item or alias", [{}])
    scans("unknown-member", "a scan with a member it does not have", [{"alias": "B-1", "colour": "black"}])

    seen = sighting(made.town, Device("town phone").key, "2025-06-20T09:10:00+02:00", 520800000, 43100000, alias="B-1")

    def sightings(name, why, content):
        add(f"sightings-{name}", why, whole, None, trust=made.trust, contract=NORTH, sightings=content, refused="sightings")

    for member in seen:
        sightings(f"without-{member.replace('_', '-')}", f"a sighting without {member} (Sighting)", [{k: v for k, v in seen.items() if k != member}])
    sightings("unknown-member", "a sighting with a member it does not have (Sighting)", [{**seen, "note": ""}])
    sightings("member-order", "members of a sighting in another order (Sighting)", [{"item": None, **seen}])
    sightings("version-2", "a sighting of another version (Sighting)", [{**seen, "v": 2}])
    sightings("of-nothing", "a sighting of no item and no alias (Sighting)", [{**seen, "alias": None}])
    sightings("north-of-the-pole", "a latitude beyond 90 degrees (DESIGN §4)", [{**seen, "lat": 900000001}])
    sightings("beyond-the-date-line", "a longitude beyond 180 degrees (DESIGN §4)", [{**seen, "lon": 1800000001}])
    sightings("error-negative", "a negative position error (Sighting)", [{**seen, "error_mm": -1}])
    sightings("at-with-z", "a time as entries write it; sightings have an offset (rule 8)", [{**seen, "at": "2025-06-20T07:10:00Z"}])
    sightings("member-twice", "a member stands there twice (DESIGN §4)", "[" + dump(seen).replace('"v":1', '"v":1,"v":1', 1) + "]")
