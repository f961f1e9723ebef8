#!/usr/bin/python3
"""Hands random chains with frauds in them to both verifiers and expects the same report of both,
byte for byte. Usage: differential.py BINARY VERIFY_MJS [COUNT [FIRST_SEED]]

VERIFY_MJS is scanner/app/dist/verify.mjs (`node build.mjs verifier` there). The choices of a chain
follow from its seed, its keys and salts do not; the files of a chain on which the verifiers differ
are kept, and their folder is named."""
import difflib
import os
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from chains import Chain  # noqa: E402


def arguments(folder, files):
    options = ["--json", "--date", "2025-07-20"]
    for name in ("trust", "contract", "scans", "sightings"):
        if f"{name}.json" in files:
            options += [f"--{name}", str(folder / f"{name}.json")]
    return options + [str(folder / name) for name in files if name.startswith("passport")]


def report_of(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode not in (0, 3, 4, 5):
        return f"exit {done.returncode}: {done.stderr.strip()}\n"
    return f"{done.stdout.rstrip()}\nexit {done.returncode}\n"


def compare(binary, verifier, folder, seed):
    """None where both say the same, else what differs; the first verifier's verdict."""
    folder.mkdir()
    files = Chain(seed).files()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    given = arguments(folder, files)
    first = report_of([binary, "contract", "check", *given])
    second = report_of(["node", verifier, *given])
    verdict = first.split('"verdict": ', 1)[-1].split(",", 1)[0] if first.startswith("{") else first
    if first == second and first.startswith("{"):
        return None, verdict
    lines = difflib.unified_diff(first.split("\n"), second.split("\n"), "first", "second", lineterm="", n=2)
    return "\n".join(list(lines)[:40]) or first, verdict


def main():
    binary, verifier = str(Path(sys.argv[1]).resolve()), str(Path(sys.argv[2]).resolve())
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    start = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    root = Path(tempfile.mkdtemp(prefix="differential-"))
    verdicts, failed = Counter(), 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        seeds = range(start, start + count)
        results = pool.map(lambda seed: compare(binary, verifier, root / str(seed), seed), seeds)
        for seed, (difference, verdict) in zip(seeds, results):
            verdicts[verdict] += 1
            if difference is None:
                for file in (root / str(seed)).iterdir():
                    file.unlink()
                (root / str(seed)).rmdir()
                continue
            failed += 1
            print(f"FAILED: chain {seed}, files in {root / str(seed)}\n{difference}")
    print("verdicts: " + ", ".join(f"{name} {number}" for name, number in sorted(verdicts.items())))
    print(f"{count - failed} passed, {failed} failed")
    if failed == 0:
        root.rmdir()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
