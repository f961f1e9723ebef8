"""Plays data sets through the product and collects what it said of each chain."""
import json
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plan import Plan

CHAINS_A_SET = 24


class Outcome:
    """What was said of one chain: refusals and doubts when it was recorded, and the officer's report."""

    def __init__(self, chain, report, doubts, refusals):
        self.chain, self.verdict = chain, report["verdict"]
        self.findings = unique([*report["findings"], *(f for unit in report["units"] for f in unit["findings"])])
        self.doubts, self.refusals = doubts, refusals
        self.sentence = report["sentence"]

    @property
    def mode(self):
        return self.chain.kind if self.chain.honest else self.chain.mode

    def noticed_when_recorded(self):
        return any(self.chain.noticed(one) for one in self.doubts) or any(refused for _, refused in self.refusals)

    def noticed_in_verdict(self):
        return self.verdict != self.chain.expected

    def noticed_in_remark(self):
        return any(self.chain.noticed(one) for one in self.remarks())

    def noticed(self):
        return self.noticed_when_recorded() or self.noticed_in_verdict() or self.noticed_in_remark()

    def must_be_noticed(self):
        """By rule. What lies beneath its limits cannot be told from honest stone."""
        return self.chain.must

    def remarks(self):
        return [f for f in self.findings if f["verdict"] is None]


def unique(findings):
    return list({(f["code"], f["sentence"]): f for f in findings}.values())


def run(command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)


def refused(binary, nodes, party, event):
    """Whether the node of `party` refuses an event that its owner tries."""
    done = run([binary, "record", "--dir", nodes / party, "--dry-run", "--json", "-"], input=json.dumps(event))
    if done.returncode not in (0, 1):
        raise RuntimeError(f"record --dry-run: {done.stderr[:300]}")
    return done.returncode == 1


def check_again(binary, folder, chain):
    """The officer's check of what now lies on her desk."""
    desk = folder / "authorities" / "TOWN" / chain.id
    done = run([binary, "contract", "check", "--json", "--contract", desk / "contract.json", "--trust", desk.parent / "trust.json",
                "--date", chain.now.strftime("%Y-%m-%d"), *sorted((desk / "passports").iterdir())])
    return json.loads(done.stdout)


def play(binary, number, kinds, seed, keep=None):
    """One data set: `kinds` are the classes of its chains, in order."""
    plan = Plan()
    chains = [kind(plan, n, f"{seed}/{number}/{n}/{kind.__name__}") for n, kind in enumerate(kinds, 1)]
    scratch = Path(tempfile.mkdtemp(prefix="fraud-"))
    try:
        plan.write(scratch / "set")
        done = run([binary, "demo", "--quiet", "--json", "--data", scratch / "set", "--dir", scratch / "out"])
        if done.returncode != 0:
            if keep:
                shutil.copytree(scratch / "set", Path(keep) / str(number), dirs_exist_ok=True)
            raise RuntimeError(f"the product refused data set {number} of seed {seed}: {done.stdout[:500]}{done.stderr[:500]}")
        answer = json.loads(done.stdout)
        reports = {one["id"]: one["checks"][-1] for one in answer["contracts"]}
        doubts = {(one["organisation"], one["key"]): one["doubts"] for one in answer["doubts"]}
        outcomes = []
        for chain in chains:
            if chain.tamper(scratch / "out"):
                reports[chain.id] = check_again(binary, scratch / "out", chain)
            tried = [(what, refused(binary, scratch / "out" / "nodes", party, event)) for party, what, event in chain.attempts]
            outcomes.append(Outcome(chain, reports[chain.id], [one for key in chain.keys for one in doubts.get(key, [])], tried))
        return outcomes
    finally:
        shutil.rmtree(scratch)


def play_all(binary, kinds, seed, workers=2):
    """Outcomes of all of `kinds`, in sets of a size that a set costs little more than its events."""
    sets = [kinds[i:i + CHAINS_A_SET] for i in range(0, len(kinds), CHAINS_A_SET)]
    with ThreadPoolExecutor(workers) as pool:
        for outcomes in pool.map(lambda one: play(binary, one[0], one[1], seed), enumerate(sets)):
            yield from outcomes
