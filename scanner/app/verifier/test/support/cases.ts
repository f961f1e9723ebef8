// Passports with one thing wrong, and what is to be found first. Each is checked here and, where it
// was built, by the C++ command: docs/verification_order.md is held to this table. In `cases/`, by
// what is wrong; `table.ts` has the ways to make a case.
import "./cases/whole.ts";
import "./cases/frame.ts";
import "./cases/keys.ts";
import "./cases/checkpoints.ts";
import "./cases/entries.ts";
import "./cases/disclosures.ts";
import "./cases/heads.ts";
import "./cases/log.ts";
import "./cases/fields.ts";
import "./cases/shape.ts";

export { cases } from "./cases/table.ts";
