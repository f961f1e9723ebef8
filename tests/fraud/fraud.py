#!/usr/bin/python3
"""Plays random chains of stone through the product, honest ones and one fraud each, and counts what is
noticed: by the node that records, and by the officer who checks with what she was handed.

    fraud.py BINARY [--chains N] [--seed N] [--json] [--strict]

--chains: how many, half of them honest (default 116). --seed: the same seed draws the same chains.
--strict: a test; ends in `N passed, N failed` and fails when an honest chain reads worse than it should
or a fraud that rules must notice goes unnoticed."""
import argparse
import json
import sys
import time
from pathlib import Path

from frauds import MODES
from honest import KINDS
from play import play_all
from table import honest_table, modes_table, sizes_table, summary


def drawn(count):
    """Kinds of chains, honest and fraudulent by turns, each as often as the others."""
    kinds = []
    while len(kinds) < count:
        number = len(kinds) // 2
        kinds += [KINDS[number % len(KINDS)], MODES[number % len(MODES)]]
    return kinds[:count]


def failures(outcomes):
    """What must not be: in the words that a reader needs to find it again."""
    found = []
    for one in outcomes:
        place = f"{one.mode}{f' ({one.chain.variant})' if one.chain.variant else ''}, seed {one.chain.seed}"
        if one.chain.honest and one.verdict != one.chain.expected:
            found.append(f"false alarm: {place}: expected {one.chain.expected}, got {one.verdict}: {one.sentence}")
        if not one.chain.honest and one.must_be_noticed() and not one.noticed():
            found.append(f"not noticed: {place}, size {one.chain.size:.1f}: {one.verdict}: {one.sentence}")
        found += [f"not refused: {place}: {what}" for what, refused in one.refusals if not refused]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--chains", type=int, default=116)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    binary, began, outcomes = str(Path(options.binary).resolve()), time.monotonic(), []
    for one in play_all(binary, drawn(options.chains), options.seed):
        outcomes.append(one)
        if not options.json and not options.strict and len(outcomes) % 24 == 0:
            print(f"{len(outcomes)} of {options.chains} chains", file=sys.stderr)
    seconds, wrong = time.monotonic() - began, failures(outcomes)
    if options.json:
        print(json.dumps({**summary(outcomes), "seed": options.seed, "seconds": round(seconds, 1), "wrong": wrong}, indent=2))
    else:
        for text in (honest_table(outcomes), modes_table(outcomes), *([] if options.strict else [sizes_table(outcomes)])):
            print(text + "\n")
        for line in wrong:
            print(f"FAILED: {line}")
        print(f"{len(outcomes)} chains of seed {options.seed} in {seconds:.0f} s, {60 * len(outcomes) / seconds:.0f} a minute")
    if options.strict:
        print(f"{len(outcomes) - min(len(outcomes), len(wrong))} passed, {len(wrong)} failed")
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
