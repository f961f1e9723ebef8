// All checks of what came out of a step against what went in.
import { isOver, type YieldCheck } from "./balance.ts";
import { checkCounts } from "./counts.ts";
import type { Graph } from "./graph.ts";
import { compareRatios, ratio, type Ratio } from "./ratio.ts";
import { checkStacks } from "./stacks.ts";
import { checkMasses, checkVolumes } from "./volumes.ts";

export function checkYields(graph: Graph): YieldCheck[] {
  return [...checkStacks(graph), ...checkVolumes(graph), ...checkMasses(graph), ...checkCounts(graph)];
}

// For each over-declared step, which part of its outputs is explained: limit ÷ count, the least
// where several limits are exceeded (RULES.md, rule 8).
export function explainedParts(checks: YieldCheck[]): Map<string, Ratio> {
  const parts = new Map<string, Ratio>();
  for (const check of checks.filter(isOver)) {
    const part = ratio(check.limit, check.count);
    for (const split of check.splits) {
      const known = parts.get(split.id);
      if (known === undefined || compareRatios(part, known) < 0) parts.set(split.id, part);
    }
  }
  return parts;
}
