"""Tables of what was noticed."""
from collections import Counter

# Remarks that say what happened, and doubt nothing.
NEUTRAL = {"not_checked_for_later", "corrected", "voided", "relabelled", "home_work", "declared_only", "origin_unknown",
           "statement", "one_sided", "not_shown"}


def by_mode(outcomes, honest):
    groups = {}
    for one in outcomes:
        if one.chain.honest == honest:
            groups.setdefault(one.mode, []).append(one)
    return groups


def warnings(one):
    """Doubts about an honest chain, other than what its kind is about."""
    codes = [f["code"] for f in one.remarks()] + [d["code"] for d in one.doubts]
    return sorted({code for code in codes if code not in NEUTRAL and code not in one.chain.natural})


def honest_row(group):
    codes = Counter(code for one in group for code in warnings(one))
    return {"chains": len(group), "expected": group[0].chain.expected,
            "false_verdicts": sum(one.verdict != one.chain.expected for one in group),
            "with_warnings": sum(bool(warnings(one)) for one in group), "warnings": dict(sorted(codes.items()))}


def mode_row(group):
    count = lambda of: sum(bool(of(one)) for one in group)  # noqa: E731
    unseen = [one for one in group if not one.noticed()]
    return {"chains": len(group), "when_recorded": count(lambda one: one.noticed_when_recorded()),
            "in_the_verdict": count(lambda one: one.noticed_in_verdict()), "in_a_remark": count(lambda one: one.noticed_in_remark()),
            "noticed": len(group) - len(unseen), "rate_per_mille": 1000 * (len(group) - len(unseen)) // len(group),
            "must_be_noticed": count(lambda one: one.must_be_noticed()),
            "missed": sum(one.must_be_noticed() for one in unseen)}


def sizes(group):
    """How many of each size were there and noticed; a size is below its bound."""
    bounds = group[0].chain.bounds
    rows = []
    for low, high in zip((0, *bounds), (*bounds, None)):
        inside = [one for one in group if low <= one.chain.size and (high is None or one.chain.size < high)]
        if inside:
            rows.append({"from": low, "to": high, "chains": len(inside), "noticed": sum(one.noticed() for one in inside)})
    return rows


def variants(group):
    names = sorted({one.chain.variant for one in group if one.chain.variant})
    return [{"variant": name, "chains": sum(one.chain.variant == name for one in group),
             "noticed": sum(one.chain.variant == name and one.noticed() for one in group)} for name in names]


def summary(outcomes):
    modes = {}
    for mode, group in by_mode(outcomes, False).items():
        unseen = [one.chain.size for one in group if not one.noticed()]
        modes[mode] = {**mode_row(group), "measured": group[0].chain.measured, "sizes": sizes(group) if group[0].chain.bounds else [],
                       "variants": variants(group), "greatest_unnoticed": round(max(unseen), 1) if unseen and group[0].chain.bounds else None,
                       "not_seen": group[0].chain.blind}
    return {"honest": {kind: honest_row(group) for kind, group in by_mode(outcomes, True).items()}, "frauds": modes}


def _table(head, rows):
    widths = [max(len(str(row[i])) for row in [head, *rows]) for i in range(len(head))]
    return "\n".join("  ".join(str(cell).ljust(width) if i == 0 else str(cell).rjust(width)
                               for i, (cell, width) in enumerate(zip(row, widths))).rstrip() for row in [head, *rows])


def honest_table(outcomes):
    rows = []
    for kind, group in sorted(by_mode(outcomes, True).items()):
        row = honest_row(group)
        rows.append([kind, row["chains"], row["expected"], row["false_verdicts"], row["with_warnings"],
                     ", ".join(f"{n} {code}" for code, n in row["warnings"].items())])
    return _table(["honest chains", "chains", "expected", "false verdicts", "with a warning", "which"], rows)


def modes_table(outcomes):
    rows = []
    for mode, group in by_mode(outcomes, False).items():
        row = mode_row(group)
        rows.append([mode, row["chains"], row["when_recorded"], row["in_the_verdict"], row["in_a_remark"], row["noticed"],
                     f"{row['rate_per_mille'] / 10:.0f} %", row["must_be_noticed"], row["missed"]])
    return _table(["frauds", "chains", "when recorded", "verdict", "remark", "noticed", "rate", "must be", "missed"], rows)


def sizes_table(outcomes):
    """What is noticed of a fraud of which size, and what of it nobody can see."""
    parts = ["How great a fraud is noticed, and what is not:"]
    for mode, group in by_mode(outcomes, False).items():
        chain = group[0].chain
        parts.append(f"{mode}" + (f" ({chain.measured})" if chain.measured else ""))
        for row in sizes(group) if chain.bounds else []:
            span = f"{row['from']} to {row['to']}" if row["to"] is not None else f"{row['from']} and more"
            parts.append(f"    {span:<14} {row['noticed']:>4} of {row['chains']}")
        for row in variants(group):
            parts.append(f"    {row['variant']:<46} {row['noticed']:>4} of {row['chains']}")
        parts.append(f"    not seen: {chain.blind}")
    return "\n".join(parts)
