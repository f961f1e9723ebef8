// A small passport, checked before anybody waits for one: the first check of a page is several times as
// slow as the next, because the browser still has its cryptography to wake and all that a check runs
// through to compile. What it finds is not used.
import contract from "../../../../schemas/vectors/files/good-quarry-and-factory.contract.json";
import passport from "../../../../schemas/vectors/files/good-quarry-and-factory.json";
import trust from "../../../../schemas/vectors/files/good-quarry-and-factory.trust.json";
import { utf8 } from "../../verifier/src/base/bytes.ts";
import { check } from "../../verifier/src/verify.ts";

const times = 8; // after these the browser has compiled what matters

export async function rehearse(): Promise<void> {
  const bytes = (value: object): Uint8Array => utf8(JSON.stringify(value));
  for (let i = 0; i < times; i++) {
    // Between two of them the page can answer to its user.
    await new Promise((goOn) => setTimeout(goOn));
    await check({ passports: [bytes(passport)], trust: bytes(trust), contract: bytes(contract), date: "2025-07-01" });
  }
}
