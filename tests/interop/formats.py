"""The formats of Quarrymark, written down a second time: disclosures, heads, entries, markers,
trees, multi-proofs, checkpoints, passports, trust files and sightings."""
import base64
import hashlib
import json
import os
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64u(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64u(text):
    assert re.fullmatch(r"[A-Za-z0-9_-]*", text), text
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert b64u(data) == text, "spare bits"
    return data


def b64(data):
    return base64.b64encode(data).decode()


def sha(data):
    return hashlib.sha256(data).digest()


def dump(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def ascending(value):
    if isinstance(value, dict):
        return {k: ascending(value[k]) for k in sorted(value)}
    if isinstance(value, list):
        return [ascending(v) for v in value]
    return value


def digest(text):
    return b64u(sha(text.encode("ascii")))


draw = os.urandom  # where salts come from; the vectors put something in its place that repeats


def disclosure(name, value):
    return b64u(dump([b64u(draw(16)), name, value]).encode())


def decode(text):
    return json.loads(unb64u(text))


def marker(event, out_disclosure):
    return b64u(sha(b"quarrymark/spend/v1\0" + event.encode() + b"\0" + out_disclosure.encode()))


# --- the tree of RFC 9162


def leaf_hash(entry):
    return sha(b"\0" + entry.encode())


def node_hash(left, right):
    return sha(b"\1" + left + right)


def split_at(size):
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def root_hash(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split_at(len(leaves))
    return node_hash(root_hash(leaves[:k]), root_hash(leaves[k:]))


def multi_proof(leaves, wanted, begin=0):
    """The hashes of subtrees that hold none of the wanted leaves, left before right."""
    inside = [i for i in wanted if begin <= i < begin + len(leaves)]
    if not inside:
        return [root_hash(leaves)]
    if len(leaves) == 1:
        return []
    k = split_at(len(leaves))
    return multi_proof(leaves[:k], wanted, begin) + multi_proof(leaves[k:], wanted, begin + k)


def root_of_proof(size, shown, proof):
    """Root from {index: leaf hash} and proof; all of the proof must be used."""
    rest = list(proof)

    def walk(begin, count):
        if not any(begin <= i < begin + count for i in shown):
            return rest.pop(0)
        if count == 1:
            return shown[begin]
        k = split_at(count)
        left = walk(begin, k)
        return node_hash(left, walk(begin + k, count - k))

    root = walk(0, size)
    assert not rest, "proof left over"
    return root


# --- keys and notes


class Key:
    def __init__(self, seed=None):
        make = Ed25519PrivateKey.from_private_bytes
        self.private = make(seed) if seed else Ed25519PrivateKey.generate()
        self.raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message):
        return self.private.sign(message)


def key_id(name, kind, raw):
    return sha(name.encode() + b"\n" + bytes([kind]) + raw)[:4]


def vkey(name, kind, raw):
    return f"{name}+{key_id(name, kind, raw).hex()}+{b64(bytes([kind]) + raw)}"


def parse_vkey(text):
    name, hexed, encoded = text.split("+", 2)
    data = base64.b64decode(encoded, validate=True)
    assert key_id(name, data[0], data[1:]).hex() == hexed
    return name, data[0], data[1:]


def signature_line(name, kind, key, message):
    return f"\u2014 {name} {b64(key_id(name, kind, key.raw) + key.sign(message))}\n"


def cosignature_line(name, key, seconds, text):
    signed = key.sign(f"cosignature/v1\ntime {seconds}\n".encode() + text)
    return f"\u2014 {name} {b64(key_id(name, 4, key.raw) + seconds.to_bytes(8, 'big') + signed)}\n"


def split_note(note):
    text, _, lines = note.rpartition("\n\n")
    return text + "\n", lines.splitlines()


def verify_note(note, vkey_text):
    name, kind, raw = parse_vkey(vkey_text)
    text, lines = split_note(note)
    for line in lines:
        dash, line_name, encoded = line.split(" ")
        data = base64.b64decode(encoded, validate=True)
        if dash == "\u2014" and line_name == name and data[:4] == key_id(name, kind, raw):
            try:
                Ed25519PublicKey.from_public_bytes(raw).verify(data[4:], text.encode())
                return True
            except InvalidSignature:
                return False
    return False


# --- logs


class Event:
    """A recorded event: its id and the disclosures of its fields."""

    def __init__(self, log, head_text, fields, outputs):
        self.log = log
        self.head_text = head_text
        self.id = digest(head_text)
        self.fields = fields  # name → disclosure text
        self.outputs = outputs  # values
        self.seq = None

    def state(self, out):
        text = self.head_text if out < 0 else self.fields[f"out.{out}"]
        amount = 0 if out < 0 else self.outputs[out]["amount"]
        return {"event": self.id, "out": out, "amount": amount, "_marker": marker(self.id, text)}


class Log:
    def __init__(self, name, role, country, key=None):
        self.name, self.role, self.country = name, role, country
        self.key = key or Key()
        self.origin = "quarrymark/" + b64u(sha(self.key.raw))
        self.vkey = vkey(self.origin, 1, self.key.raw)
        self.entries, self.events = [], []

    def record(self, event_type, at, inputs=(), outputs=(), time=None, **fields):
        texts = {name: disclosure(name, ascending(value)) for name, value in fields.items()}
        for number, value in enumerate(outputs):
            texts[f"out.{number}"] = disclosure(f"out.{number}", ascending(value))
        head = {
            "type": event_type,
            "log": self.origin,
            "at": at,
            "n": 0,
            "inputs": [{k: s[k] for k in ("event", "out", "amount")} for s in inputs],
            "outputs": len(outputs),
            "fields": {name: digest(texts[name]) for name in sorted(texts)},
        }
        event = Event(self, disclosure("event", head), texts, list(outputs))
        event.head = head
        event.seq = len(self.entries)
        prev = b64u(leaf_hash(self.entries[-1])) if self.entries else None
        self.entries.append(
            dump(
                {
                    "v": 1,
                    "log": self.origin,
                    "seq": event.seq,
                    "prev": prev,
                    "time": time or at[:19] + ".000Z",
                    "event": event.id,
                    "spends": [s["_marker"] for s in inputs],
                }
            )
        )
        self.events.append(event)
        return event

    def checkpoint(self, size=None, cosigners=()):
        """`size`: of an earlier tree; `cosigners`: (name, key, POSIX seconds) of witnesses."""
        leaves = [leaf_hash(e) for e in self.entries[:size]]
        text = f"{self.origin}\n{len(leaves)}\n{b64(root_hash(leaves))}\n"
        lines = [signature_line(self.origin, 1, self.key, text.encode())]
        lines += [cosignature_line(*cosigner, text.encode()) for cosigner in cosigners]
        return text + "\n" + "".join(lines)

    def packet(self, events, hide=(), silent=(), size=None, cosigners=()):
        """`hide`: (event, field name) pairs; `silent`: events shown without their head."""
        seqs = sorted({e.seq for e in events})
        leaves = [leaf_hash(e) for e in self.entries[:size]]
        shown = []
        for seq in seqs:
            event = self.events[seq]
            if event in silent:
                shown.append([])
                continue
            names = [n for n in sorted(event.fields) if (event, n) not in hide]
            shown.append([event.head_text] + [event.fields[n] for n in names])
        return {
            "key": self.vkey,
            "rotations": [],
            "checkpoint": self.checkpoint(size, cosigners),
            "entries": [self.entries[s] for s in seqs],
            "disclosures": shown,
            "proof": [b64u(h) for h in multi_proof(leaves, seqs)],
        }


def passport(items, events, hide=(), silent=()):
    """items: (event, out); events: everything shown, of any log."""
    logs = []
    for event in events:
        if event.log not in logs:
            logs.append(event.log)
    return {
        "v": 1,
        "items": [{"event": e.id, "out": out} for e, out in items],
        "packets": [
            log.packet([e for e in events if e.log is log], hide, silent) for log in logs
        ],
        "clear": None,
    }


def clear_note(monitor, time, logs, markers):
    """`markers`: marker → [(log, seq)], none where it was not seen."""
    text = f"quarrymark/clear/v1\ntime {time}\n"
    for log in sorted(logs, key=lambda log: log.origin):
        root = b64(root_hash([leaf_hash(e) for e in log.entries]))
        text += f"log {log.origin} {len(log.entries)} {root}\n"
    for name in sorted(markers):
        places = sorted((log.origin, seq) for log, seq in markers[name])
        for origin, seq in places:
            text += f"marker {name} {origin} {seq}\n"
        if not places:
            text += f"marker {name} unseen\n"
    return text + "\n" + signature_line(monitor.origin, 1, monitor.key, text.encode())


def trust(registrar, verifiers=()):
    return {
        "v": 1,
        "registrars": [registrar.vkey],
        "monitors": [],
        "verifiers": [v.origin for v in verifiers],
        "pinned": [],
        "policy": "quorum none\n",
    }


def sighting(log, device, at, lat, lon, item=None, serial=None, alias=None, error_mm=10000):
    body = {
        "v": 1, "item": item, "serial": serial, "alias": alias, "at": at, "lat": lat, "lon": lon,
        "error_mm": error_mm, "log": log.origin, "key": b64u(device.raw),
    }
    message = b"quarrymark/sighting/v1\n" + dump(body).encode()
    return {**body, "sig": b64u(device.sign(message))}


# --- reading what somebody else wrote


def check_passport(data):
    """Asserts every proof of a passport; returns {event id: (head, {name: value})}."""
    doc = json.loads(data)
    assert dump(doc).encode() == data, "not in the exact form"
    assert list(doc) == ["v", "items", "packets", "clear"] and doc["v"] == 1 and doc["items"]
    events, texts, spends = {}, {}, []
    for packet in doc["packets"]:
        assert list(packet) == ["key", "rotations", "checkpoint", "entries", "disclosures", "proof"]
        origin, kind, raw = parse_vkey(packet["key"])
        assert kind == 1 and origin == "quarrymark/" + b64u(sha(raw))
        assert verify_note(packet["checkpoint"], packet["key"])
        lines = split_note(packet["checkpoint"])[0].splitlines()
        assert len(lines) == 3 and lines[0] == origin
        shown = {}
        for text, disclosures in zip(packet["entries"], packet["disclosures"], strict=True):
            entry = json.loads(text)
            assert dump(entry) == text and entry["log"] == origin
            assert not shown or entry["seq"] > max(shown)
            shown[entry["seq"]] = leaf_hash(text)
            if not disclosures:
                continue
            assert digest(disclosures[0]) == entry["event"]
            salt, name, head = decode(disclosures[0])
            assert name == "event" and len(salt) == 22 and head["log"] == origin
            assert list(head["fields"]) == sorted(head["fields"])
            fields = {}
            for field in disclosures[1:]:
                salt, name, value = decode(field)
                assert head["fields"][name] == digest(field), name
                assert dump(ascending(value)) == dump(value), name
                fields[name] = value
                texts[(entry["event"], name)] = field
            texts[(entry["event"], None)] = disclosures[0]
            events[entry["event"]] = (head, fields)
            assert len(entry["spends"]) == len(head["inputs"])
            spends += list(zip(head["inputs"], entry["spends"]))
        proof = [unb64u(h) for h in packet["proof"]]
        assert b64(root_of_proof(int(lines[1]), shown, proof)) == lines[2], "root"
    checked = 0
    for state, shown_marker in spends:
        name = None if state["out"] < 0 else f"out.{state['out']}"
        text = texts.get((state["event"], name))
        if text is not None:
            assert marker(state["event"], text) == shown_marker
            checked += 1
    return events, checked
