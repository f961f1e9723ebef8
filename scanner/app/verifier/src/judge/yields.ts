// All checks of what came out of a step against what went in.
import { isOver, type YieldCheck } from "./balance.ts";
import { checkCounts } from "./counts.ts";
import type { Graph } from "./graph.ts";
import { compareRatios, type Ratio } from "./ratio.ts";
import { checkStacks } from "./stacks.ts";
import { checkMasses, checkVolumes } from "./volumes.ts";

export function checkYields(graph: Graph): YieldCheck[] {
  return [...checkStacks(graph), ...checkVolumes(graph), ...checkMasses(graph), ...checkCounts(graph)];
}

// For each over-declared step, which part of its outputs is explained: limit ÷ count, the least
// where several limits are exceeded (RULES.md, rule 8).
export function explainedParts(checks: YieldCheck[]): Map<string, Ratio> {
  const parts = new Map<string, Ratio>();
  for (const { splits, explained } of checks.filter(isOver))
    for (const { id } of splits) {
      const known = parts.get(id);
      if (known === undefined || compareRatios(explained, known) < 0) parts.set(id, explained);
    }
  return parts;
}
