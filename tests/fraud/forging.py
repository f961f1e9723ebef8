"""What a presenter or a log's owner can do to files after the fact. The formats are those of
`tests/interop/formats.py`."""
import base64
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interop"))
from formats import (  # noqa: E402
    Key, b64, b64u, decode, digest, dump, leaf_hash, marker, multi_proof, root_hash, signature_line,
)


def key_of(folder):
    """A log's own key, as its node keeps it."""
    pem = (folder / "keys" / "0.pem").read_text().splitlines()
    return Key(base64.b64decode("".join(pem[1:-1]))[-32:])


def encode(parts):
    return b64u(dump(parts).encode())


def with_other_size(text):
    """The disclosure of a block, ten centimetres longer."""
    salt, name, value = decode(text)
    for sides in (value["measure"]["gross"], value["measure"]["net"]):
        sides[0] += 100
    return encode([salt, name, value])


def packet_with(passport, event_type):
    """The first packet with such an event, and its place there."""
    for packet in passport["packets"]:
        for place, shown in enumerate(packet["disclosures"]):
            if shown and decode(shown[0])[2]["type"] == event_type:
                return packet, place
    raise AssertionError(f"no {event_type} in the passport")


def edit_value(passport):
    """The block's size is edited where it stands, and nothing else."""
    packet, place = packet_with(passport, "extract")
    shown = packet["disclosures"][place]
    at = next(i for i, text in enumerate(shown) if i > 0 and decode(text)[1] == "out.0")
    shown[at] = with_other_size(shown[at])


def rewrite_history(passport, key):
    """The owner of the extracting log records its part anew, with a greater block, and signs it."""
    packet, first = packet_with(passport, "extract")
    size = int(packet["checkpoint"].split("\n")[1])
    now, texts = {}, {}  # old event id → new one; (new id, out) → disclosure
    entries = [json.loads(text) for text in packet["entries"]]
    leaves = [leaf_hash(f"an entry that is not shown {seq}") for seq in range(size)]
    for place, (entry, shown) in enumerate(zip(entries, packet["disclosures"], strict=True)):
        before = entries[place - 1] if place and entries[place - 1]["seq"] == entry["seq"] - 1 else None
        if before:
            entry["prev"] = b64u(leaf_hash(dump(before)))
        if shown:
            if place == first:
                at = next(i for i, text in enumerate(shown) if i > 0 and decode(text)[1] == "out.0")
                shown[at] = with_other_size(shown[at])
            salt, name, head = decode(shown[0])
            for text in shown[1:]:
                head["fields"][decode(text)[1]] = digest(text)
            for number, spent in enumerate(head["inputs"]):
                if spent["event"] in now:
                    spent["event"] = now[spent["event"]]
                    entry["spends"][number] = marker(spent["event"], texts[(spent["event"], spent["out"])])
            shown[0] = encode([salt, name, head])
            now[entry["event"]] = entry["event"] = digest(shown[0])
            for text in shown[1:]:
                if decode(text)[1].startswith("out."):
                    texts[(entry["event"], int(decode(text)[1][4:]))] = text
        leaves[entry["seq"]] = leaf_hash(dump(entry))
    seqs = [entry["seq"] for entry in entries]
    origin = packet["checkpoint"].split("\n")[0]
    text = f"{origin}\n{size}\n{b64(root_hash(leaves))}\n"
    packet.update(entries=[dump(entry) for entry in entries], checkpoint=text + "\n" + signature_line(origin, 1, key, text.encode()),
                  proof=[b64u(h) for h in multi_proof(leaves, seqs)])
