// The judging half of the verifier: what the rest of it, and nothing else, reaches for.
export { judge } from "./judge.ts";
export type { Question } from "./case.ts";
export { parseContract, readContract, type Contract } from "./contract.ts";
export { readScans, type Scan } from "./scans.ts";
export { readSightings, type Sighting } from "./sightings.ts";
export { decodeEvent } from "./decode.ts";
export { exitCode, VERDICTS, writeReport, type Report } from "./report.ts";
