"""Logs whose bytes are the same on every run, and which can be made wrong in any one place.

Keys and salts are derived from names, which nobody but a maker of vectors may do (FORMATS rule 6).
"""
import copy

import formats
from formats import (
    Event, Key, Log, ascending, b64, b64u, digest, disclosure, dump, key_id, leaf_hash, multi_proof,
    root_hash, sha, signature_line, vkey,
)

COUNTRY = {"quarry operator": "IN", "factory": "CN"}


def seed(name):
    """From here on salts are those of `name`, so that what is added elsewhere changes no bytes."""
    drawn = 0

    def draw(count):
        nonlocal drawn
        drawn += 1
        return sha(f"salt/{name}/{drawn}".encode())[:count]

    formats.draw = draw


def key_of(name):
    return Key(sha(f"key/{name}".encode()))


def day(month, number, hour=8):
    return f"2025-{month:02d}-{number:02d}T{hour:02d}:00:00+00:00"


def item(number):
    return f"{number:016d}0"  # any text serves a verifier; a label would need its check character


def raw_disclosure(text):
    """A disclosure of this very text, right or wrong."""
    return b64u(text.encode() if isinstance(text, str) else text)


class Witness:
    def __init__(self, name, key=None):
        self.name, self.key = name, key or key_of(name)
        self.vkey = vkey(name, 4, self.key.raw)

    def cosign(self, text, time, name=None, kind=4):
        """The signature line of cosignature/v1 over a checkpoint's text."""
        message = f"cosignature/v1\ntime {time}\n{text}".encode()
        name = name or self.name
        data = key_id(name, kind, self.key.raw) + time.to_bytes(8, "big") + self.key.sign(message)
        return f"\u2014 {name} {b64(data)}\n"


class Monitor:
    def __init__(self, name):
        self.name, self.key = name, key_of(name)
        self.vkey = vkey(name, 1, self.key.raw)

    def sign(self, text):
        return text + "\n" + signature_line(self.name, 1, self.key, text.encode())

    def clear(self, logs, markers, time=1751241600):  # 2025-06-30
        """logs: (ledger, size); markers: marker → places (origin, seq), none for unseen."""
        lines = ["quarrymark/clear/v1", f"time {time}"]
        for log, size in sorted(logs, key=lambda pair: pair[0].origin):
            lines.append(f"log {log.origin} {size} {b64(log.root(size))}")
        for marker in sorted(markers):
            places = sorted(markers[marker])
            lines += [f"marker {marker} {origin} {seq}" for origin, seq in places]
            if not places:
                lines.append(f"marker {marker} unseen")
        return self.sign("\n".join(lines) + "\n")


class Device:
    """An enrolled phone: signs event ids and counts them."""

    def __init__(self, name):
        self.key, self.count = key_of(name), 0
        self.public = b64u(self.key.raw)

    def sign(self, event_id):
        return b64u(self.key.sign(f"quarrymark/device/v1\n{event_id}\n".encode()))


class Ledger(Log):
    """A log. What is wrong with an event is said by functions that change its parts on the way:
    `texts` the disclosures of the fields, `head` the head, `head_text` its JSON, `head_whole` what
    is encoded around it, `signed` the value of the device's disclosure, `entry` and `entry_text`."""

    def __init__(self, name, role="quarry operator", key=None):
        super().__init__(name, role, COUNTRY.get(role, "NL"), key or key_of(name))
        self.keys, self.rotations = [self.key], []

    def fork(self):
        """The same log up to here; what is recorded from now on is another story of it."""
        twin = copy.copy(self)
        twin.entries, twin.events = list(self.entries), list(self.events)
        return twin

    def record(self, event_type, at, inputs=(), outputs=(), time=None, device=None, n=None,
               texts=None, head=None, head_text=None, head_whole=None, signed=None, entry=None,
               entry_text=None, **fields):
        found = {name: disclosure(name, ascending(value)) for name, value in fields.items()}
        for number, value in enumerate(outputs):
            found[f"out.{number}"] = disclosure(f"out.{number}", ascending(value))
        if texts:
            texts(found)
        if device:
            device.count += 1
        values = {
            "type": event_type, "log": self.origin, "at": at,
            "n": n if n is not None else device.count if device else 0,
            "inputs": [{k: s[k] for k in ("event", "out", "amount")} for s in inputs],
            "outputs": len(outputs),
            "fields": {name: digest(found[name]) for name in sorted(found)},
        }
        values = head(values) or values if head else values
        written = head_text(dump(values)) if head_text else dump(values)
        written = f'["{b64u(formats.draw(16))}","event",{written}]'
        event = Event(self, raw_disclosure(head_whole(written) if head_whole else written), found,
                      list(outputs))
        event.head, event.seq, event.device = values, len(self.entries), None
        values = {
            "v": 1, "log": self.origin, "seq": event.seq,
            "prev": b64u(leaf_hash(self.entries[-1])) if self.entries else None,
            "time": time or at[:19] + ".000Z", "event": event.id,
            "spends": [s["_marker"] for s in inputs],
        }
        if device:
            value = {"key": device.public, "sig": device.sign(event.id)}
            value = signed(value, event) if signed else value
            event.device = disclosure("device", value)
            values["device"] = digest(event.device)
        values = entry(values) or values if entry else values
        text = entry_text(dump(values)) if entry_text else dump(values)
        event.entry = values
        self.entries.append(text)
        self.events.append(event)
        return event

    def leaves(self, size=None):
        return [leaf_hash(e) for e in self.entries[: len(self.entries) if size is None else size]]

    def root(self, size=None):
        return root_hash(self.leaves(size))

    def text(self, size=None, root=None):
        """The text of a checkpoint."""
        size = len(self.entries) if size is None else size
        return f"{self.origin}\n{size}\n{b64(root or self.root(size))}\n"

    def sign(self, text, key=None, name=None):
        return signature_line(name or self.origin, 1, key or self.keys[-1], text.encode())

    def checkpoint(self, size=None, cosigners=(), text=None):
        text = text or self.text(size)
        lines = "".join(w.cosign(text, time) for w, time in cosigners)
        return text + "\n" + self.sign(text) + lines

    def rotation(self, new, old=None, signers=None, text=None, origin=None):
        """The note that hands the log over to `new`, signed by the old key and the new."""
        origin = origin or self.origin
        text = text or f"quarrymark/rotate/v1\n{origin}\n{vkey(origin, 1, new.raw)}\n"
        signers = signers if signers is not None else [old or self.keys[-1], new]
        return text + "\n" + "".join(self.sign(text, key) for key in signers)

    def rotate(self, new, note=None):
        self.rotations.append(note or self.rotation(new))
        self.keys.append(new)

    def packet(self, events, hide=(), silent=(), size=None, cosigners=()):
        """`hide`: (event, field name) not disclosed; `silent`: events shown without their head."""
        seqs = sorted({e.seq for e in [*events, *silent]})
        shown = []
        for seq in seqs:
            event = self.events[seq]
            if event in silent:
                shown.append([])
                continue
            names = [n for n in sorted(event.fields) if (event, n) not in hide]
            shown.append([event.head_text] + [event.fields[n] for n in names])
            if event.device and (event, "device") not in hide:
                shown[-1].append(event.device)
        return {
            "key": self.vkey, "rotations": list(self.rotations),
            "checkpoint": self.checkpoint(size, cosigners),
            "entries": [self.entries[s] for s in seqs], "disclosures": shown,
            "proof": [b64u(h) for h in multi_proof(self.leaves(size), seqs)],
        }

    def replace(self, event, text):
        """Another text for an entry that was recorded; the tree is made of it from now on."""
        self.entries[event.seq] = text


def ref(event, out):
    return {"event": event.id, "out": out}


def passport(items, packets, clear=None):
    return {"v": 1, "items": [ref(*i) for i in items], "packets": packets, "clear": clear}


def chain(items, events, hide=(), silent=(), clear=None, cosigners=(), sizes=()):
    """A passport of these events, one packet for each log in the order they are first met."""
    logs = []
    for event in [*events, *silent]:
        if event.log not in logs:
            logs.append(event.log)
    packets = [
        log.packet([e for e in events if e.log is log], hide, [e for e in silent if e.log is log],
                   dict(sizes).get(log), cosigners(log) if callable(cosigners) else cosigners)
        for log in logs
    ]
    return passport(items, packets, clear)


def trust(registrars=(), witnesses=(), quorum="none", monitors=(), verifiers=(), pinned=(),
          policy=None):
    lines = [f"witness {w.name} {w.vkey}\n" for w in witnesses]
    return {
        "v": 1, "registrars": [r if isinstance(r, str) else r.vkey for r in registrars],
        "monitors": [m.vkey for m in monitors], "verifiers": [v.origin for v in verifiers],
        "pinned": list(pinned),
        "policy": policy if policy is not None else "".join(lines) + f"quorum {quorum}\n",
    }
