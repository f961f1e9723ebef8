"""Changes single bytes all over a passport that matches; none of the results may match.

usage: alter_bytes.py BINARY DESK TRUST. Only bytes that a hash or a signature covers are changed:
entries, disclosures, proofs and the signed part of checkpoints.
"""
import json
import pathlib
import random
import subprocess
import sys

CHANGES = 40


def covered_places(packets):
    """(list or object, index or key) of every text that is covered."""
    for packet in packets:
        yield from ((packet["entries"], i) for i in range(len(packet["entries"])))
        yield from ((packet["proof"], i) for i in range(len(packet["proof"])))
        for disclosures in packet["disclosures"]:
            yield from ((disclosures, i) for i in range(len(disclosures)))
        yield packet, "checkpoint"


def other(character: str, draw: random.Random) -> str:
    return draw.choice([c for c in "ABCDXYZabcdxyz0123456789" if c != character])


def main() -> int:
    binary, desk, trust = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    original = (desk / "passports" / "delivery.json").read_text(encoding="utf-8")
    draw = random.Random(20250602)
    altered = pathlib.Path("altered.json")
    wrong = 0
    for _ in range(CHANGES):
        passport = json.loads(original)
        holder, place = draw.choice(list(covered_places(passport["packets"])))
        text = holder[place]
        end = text.index("\n\n") if place == "checkpoint" else len(text)
        at = draw.randrange(end)
        holder[place] = text[:at] + other(text[at], draw) + text[at + 1 :]
        altered.write_text(json.dumps(passport, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")
        run = subprocess.run(
            [binary, "contract", "check", "--json", "--contract", str(desk / "contract.json"), "--trust", trust, str(altered)],
            capture_output=True,
            text=True,
            check=False,
        )
        report = json.loads(run.stdout)
        if report["verdict"] == "match" or run.returncode != 3 or not report["findings"]:
            wrong += 1
            print(f"{report['verdict']} (exit {run.returncode}) after changing {text[:40]!r} at {at}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
