// Disclosures, and what binds them to entries.
import { base64url, disclose, type PacketJson } from "../builder.ts";
import { type Chain } from "../chain.ts";
import { type Frame, framed, lastOf } from "./table.ts";

const disclosures = (change: (list: string[], made: Chain, packets: PacketJson[]) => string[] | void) => (frame: Frame, made: Chain) => {
  const { packets } = frame;
  packets[1].disclosures[0] = change(packets[1].disclosures[0], made, packets) ?? packets[1].disclosures[0];
};
const firstEntry = { packet: 2, seq: 0 };
const raw = (value: unknown) => base64url(Buffer.from(JSON.stringify(value)));
framed("a field of another event", "wrong_disclosure", "stone", disclosures((list, { quarry }) => {
  const { names } = quarry.recorded[0];
  return list.map((text, i) => (names[i] === "stone" ? disclose("stone", { family: "marble", name: "White" }) : text));
}), firstEntry);
framed("a field the head does not have", "wrong_disclosure", '"remarks"', disclosures((list) => [...list.slice(0, -1), disclose("remarks", {}), lastOf(list)]), firstEntry);
framed("a second head", "wrong_disclosure", '"event"', disclosures((list) => [list[0], list[0], ...list.slice(1)]), firstEntry);
framed("fields in another order", "wrong_disclosure", "block", disclosures((list) => [list[0], list[2], list[1], ...list.slice(3)]), firstEntry);
framed("a field twice", "wrong_disclosure", "block", disclosures((list) => [list[0], list[1], list[1], ...list.slice(2)]), firstEntry);
framed("the head not first", "wrong_disclosure", "head", disclosures((list) => [list[1], list[0], ...list.slice(2)]), firstEntry);
framed("the head of another event", "wrong_disclosure", "head", disclosures((list, { quarry }) => [quarry.recorded[1].disclosures[0], ...list.slice(1)]), firstEntry);
framed("the disclosures of another event", "wrong_disclosure", "head", ({ packets }) => packets[1].disclosures.reverse(), { packet: 2 });
framed("the device's disclosure not last", "wrong_disclosure", "device", disclosures((list) => [list[0], lastOf(list), ...list.slice(1, -1)]), firstEntry);
framed("another device's disclosure", "wrong_disclosure", "device", disclosures((list) => [...list.slice(0, -1), disclose("device", { key: "a", sig: "b" })]), firstEntry);
framed("a device's disclosure where none signed", "wrong_disclosure", "device", ({ packets }) => packets[1].disclosures[1].push(lastOf(packets[1].disclosures[0])), { packet: 2, seq: 1 });
framed("a disclosure that is no base64url", "malformed", "disclosure 1", disclosures((list) => [list[0], `${list[1]}=`, ...list.slice(2)]), firstEntry);
framed("a disclosure that is no JSON", "malformed", "disclosure 1", disclosures((list) => [list[0], base64url(Buffer.from("x")), ...list.slice(2)]), firstEntry);
framed("a disclosure with a short salt", "malformed", "disclosure 1", disclosures((list) => [list[0], raw(["abc", "block", {}]), ...list.slice(2)]), firstEntry);
framed("a disclosure with four parts", "malformed", "disclosure 1", disclosures((list) => [list[0], raw(["A".repeat(22), "block", {}, 1]), ...list.slice(2)]), firstEntry);
framed("a disclosure with its members in another order", "malformed", "disclosure 1", disclosures((list) => [list[0], raw(["A".repeat(22), "block", { b: 1, a: 1 }]), ...list.slice(2)]), firstEntry);
framed("a disclosure nested too deep", "malformed", "disclosure 1", disclosures((list) => [list[0], raw(["A".repeat(22), "block", [[[[[[[[]]]]]]]]]), ...list.slice(2)]), firstEntry);
framed("a head that is no base64url", "malformed", "head", disclosures((list) => [`${list[0]}!`, ...list.slice(1)]), firstEntry);
