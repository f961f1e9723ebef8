// Passports with which nothing is wrong.
import { Key, passport, trust } from "../builder.ts";
import { chain, clearNote, packetsOf, policy, trustOf, witness } from "../chain.ts";
import { add, built, framed } from "./table.ts";

built("a whole chain", null, undefined, {});
framed("an entry without its head", null, undefined, ({ packets }) => (packets[1].disclosures[1] = []));
framed("fields withheld", null, undefined, ({ packets }) => (packets[1].disclosures[0] = [packets[1].disclosures[0][0]]));
framed("a clear note by nobody the reader knows", null, undefined, (frame) => (frame.clear = clearNote([], new Key("x"), "x")));
framed("a clear note by a known monitor", null, undefined, (frame, { quarry, factory, extract }) => {
  const logs = [quarry, factory].sort((a, b) => (a.origin < b.origin ? -1 : 1));
  const lines = logs.map((log) => `log ${log.origin} ${log.recorded.length} ${log.rootOf(0, log.recorded.length).toString("base64")}`);
  const marker = JSON.parse(quarry.recorded[1].entry).spends[0];
  frame.clear = clearNote([...lines, `marker ${marker} ${quarry.origin} 1`]);
  void extract;
});
{
  const made = chain();
  made.factory.rotate(new Key("factory 2"));
  made.factory.rotate(new Key("factory 3"));
  add("two rotations", { code: null }, [passport([made.deliver.states[0]], packetsOf(made))], trustOf(made));
  add("a registrar trusted by a later key", { code: null }, [passport([made.deliver.states[0]], packetsOf(made))],
    trust({ registrars: [made.registrar.vkey(), made.factory.vkey(2)] }));
}
{
  const made = chain();
  const packets = packetsOf(made, { witnesses: [witness] });
  add("cosigned with a quorum", { code: null }, [passport([made.deliver.states[0]], packets)], trustOf(made, { policy }));
}
{
  const made = chain();
  const [registrar, quarry] = packetsOf(made);
  const first = made.factory.packet({ seqs: [0], size: 1 });
  const rest = made.factory.packet({ seqs: [1, 2] });
  add("two packets of one log", { code: null }, [passport([made.deliver.states[0]], [registrar, quarry, first, rest])], trustOf(made));
  add("two passports that add up", { code: null },
    [passport([made.receive.states[0]], [first]), passport([made.deliver.states[0]], [registrar, quarry, rest])], trustOf(made));
}
