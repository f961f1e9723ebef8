"""Rules 5, 23, 24, 25 and 28: keys, rotations, checkpoints, cosignatures and proofs."""
import base64

from formats import b64, b64u, key_id, signature_line, unb64u, vkey
from vectors.bad_json import LAST, spare_bits
from vectors.ledger import Ledger, key_of, passport, trust
from vectors.worlds import WITNESSES, Tiny, posix

STANDARD = LAST[:62] + "+/"
TRUST = trust([])


class Changes:
    """Adds passports made from the good one by changing its only packet."""

    def __init__(self, add, prefix, good, reader=TRUST, **made):
        self.add, self.prefix, self.good, self.reader, self.made = add, prefix, good, reader, made

    def __call__(self, name, why, change, code, field=None, verdict="invalid", **facts):
        whole = self.good.passport(**self.made)
        packet = whole["packets"][0]
        whole["packets"][0] = change(packet) or packet
        if field:
            facts["field"] = field
        if code != "malformed" or not field or not field.startswith("packets["):
            facts.setdefault("packet", 1)
        self.add(f"{self.prefix}-{name}", why, whole, verdict, code, facts, trust=self.reader)


def put(**members):
    return lambda packet: {**packet, **members}


def frames(add, good):
    """The packet's own form: refused before anything is proved."""
    change = Changes(add, "packet", good)

    def refused(name, why, made, place=""):
        change(name, why, made, "malformed", field="packets[0]" + place)

    whole = good.passport()["packets"][0]
    text = lambda member: whole[member]  # noqa: E731
    for member in ("key", "rotations", "checkpoint", "entries", "disclosures", "proof"):
        refused(f"without-{member}", f"the member {member} is left out (rule 28)",
                lambda p, m=member: {k: v for k, v in p.items() if k != m}, f".{member}")
    refused("checkpoint-before-key", "members in another order (rule 2)",
            lambda p: {"checkpoint": p["checkpoint"], **p}, ".key")
    add("packet-unknown-member", "a packet with a member it does not have (rule 3)",
        passport([(good.events[2], -1)], [{**whole, "size": 4}]), "invalid", "malformed",
        trust=TRUST)
    refused("entries-empty", "a packet proves at least one entry (DESIGN §8)",
            put(entries=[], disclosures=[]), ".entries")
    refused("disclosures-too-few", "disclosures[i] belongs to entries[i]: one list is missing (rule 28)",
            put(disclosures=text("disclosures")[:1]), ".disclosures")
    refused("disclosures-too-many", "a list of disclosures more than entries (rule 28)",
            put(disclosures=text("disclosures") + [[]]), ".disclosures")
    refused("disclosures-null", "the list of an entry's disclosures as null (rule 28)",
            put(disclosures=[text("disclosures")[0], None]), ".disclosures[1]")
    refused("disclosures-flat", "disclosures as one list instead of one for each entry (rule 28)",
            put(disclosures=sum(text("disclosures"), [])), ".disclosures[0]")
    refused("disclosure-number", "a disclosure as a number (rule 28)",
            put(disclosures=[text("disclosures")[0], [1]]), ".disclosures[1][0]")
    refused("entry-object", "an entry as an object; it is a string that holds the exact text (rule 28)",
            put(entries=[{"v": 1}, text("entries")[1]]), ".entries[0]")
    refused("key-null", "the key as null (rule 28)", put(key=None), ".key")
    refused("rotations-null", "rotations as null instead of [] (rule 28)", put(rotations=None), ".rotations")
    refused("rotation-number", "a rotation as a number (rule 28)", put(rotations=[1]), ".rotations[0]")
    refused("checkpoint-array", "the checkpoint as lines in an array (rule 28)",
            put(checkpoint=text("checkpoint").splitlines()), ".checkpoint")
    proof = text("proof")
    refused("proof-padded", "a hash with padding (rule 5)", put(proof=[proof[0] + "=", *proof[1:]]), ".proof[0]")
    refused("proof-spare-bits", "a hash whose spare bits are not zero (rule 5)",
            put(proof=[*proof[:-1], spare_bits(proof[-1])]), f".proof[{len(proof) - 1}]")
    refused("proof-short", "a hash of 42 characters (rule 5)", put(proof=[proof[0][:-1], *proof[1:]]), ".proof[0]")
    refused("proof-hex", "a hash in hexadecimal (rule 5)", put(proof=[unb64u(proof[0]).hex(), *proof[1:]]), ".proof[0]")
    refused("proof-standard-base64", "a hash in the alphabet of notes (rule 5)",
            put(proof=["+/" + proof[0][2:], *proof[1:]]), ".proof[0]")
    refused("proof-null", "a hash as null (rule 5)", put(proof=[None, *proof[1:]]), ".proof[0]")


def proofs(add, good):
    change = Changes(add, "proof", good)
    good_proof = good.passport()["packets"][0]["proof"]

    def wrong(name, why, proof):
        change(name, why, put(proof=proof), "wrong_proof", "proof")

    assert len(good_proof) == 2
    wrong("empty", "no hashes, where two subtrees hold none of the entries (DESIGN §8)", [])
    wrong("one-short", "the last hash is missing (DESIGN §8)", good_proof[:-1])
    wrong("one-more", "a hash is left over: all are used (DESIGN §8)", good_proof + [good_proof[0]])
    wrong("swapped", "left before right: two hashes changed places (DESIGN §8)", good_proof[::-1])
    flipped = bytearray(unb64u(good_proof[0]))
    flipped[5] ^= 4
    wrong("bit-flipped", "one bit of a hash is another (DESIGN §8)", [b64u(bytes(flipped)), good_proof[1]])
    wrong("twice-the-same", "the first hash in place of the second (DESIGN §8)", [good_proof[0]] * 2)
    other = Tiny("another tiny log")
    other_packet = other.passport()["packets"][0]
    wrong("of-another-log", "the proof of another log's packet (DESIGN §8)", other_packet["proof"])
    change("entry-replaced", "an entry of the same log in the place of another: the root differs",
           lambda p: {**p, "entries": [p["entries"][0], p["entries"][1].replace('T08', 'T09')]},
           "wrong_proof", "proof")
    change("entries-left-out", "one of the two entries is left out and the proof stays (DESIGN §8)",
           lambda p: {**p, "entries": p["entries"][1:], "disclosures": p["disclosures"][1:]},
           "wrong_proof", "proof")
    change("size-of-another-tree", "a checkpoint of three entries with the proof of four",
           lambda p: {**p, "checkpoint": good.log.checkpoint(3)}, "wrong_proof", "proof")


def keys(add, good):
    change = Changes(add, "key", good)
    log, own = good.log, good.log.keys[0].raw
    stranger = key_of("stranger").raw
    origin, hexed, encoded = log.vkey.split("+", 2)

    def key(name, why, text, code, field="key"):
        change(name, why, put(key=text), code, field)

    key("empty", "no key at all (rule 24)", "", "malformed")
    key("without-id", "a vkey has name, key id and key (rule 24)", f"{origin}+{encoded}", "malformed")
    key("wrong-id", "the key id is not that of name and key (rule 24)", f"{origin}+00000000+{encoded}", "malformed")
    key("id-upper-case", "the key id in upper case", f"{origin}+{hexed.upper()}+{encoded}", "malformed")
    key("base64url", "a vkey is in standard base64 (rule 5)",
        f"{origin}+{hexed}+" + base64.urlsafe_b64encode(b"\x01" + own).decode().replace("A", "_", 1), "malformed")
    key("31-bytes", "an Ed25519 key has 32 bytes", vkey(origin, 1, own[:31]), "malformed")
    key("unknown-type", "type 9 is no signature type known here (rule 24)", vkey(origin, 9, own), "malformed")
    key("cosignature-type", "a log's key has type 1, this is a witness's (rule 24)", vkey(origin, 4, own), "wrong_key")
    key("not-of-the-origin", "another raw key under this origin: it does not hash to it (rule 24)",
        vkey(origin, 1, stranger), "wrong_key")
    key("of-another-log", "another log's key; the checkpoint is not of that log (rule 24)",
        Ledger("another log").vkey, "wrong_key", "checkpoint")
    key("named-freely", "a key name that is no origin (rule 24)", vkey("quarry.example", 1, own), "wrong_key")
    key("trailing-space", "white space after the vkey (rule 24)", log.vkey + " ", "malformed")


def rotations(add):
    old, second, third = key_of("Tiny Quarry"), key_of("Tiny Quarry 2"), key_of("Tiny Quarry 3")
    good = Tiny("rotated", rotations=1)
    twice = Tiny("rotated twice", rotations=2)
    log, stranger = good.log, key_of("stranger")
    change = Changes(add, "rotation", good)

    def note(name, why, text, code="wrong_key"):
        change(name, why, put(rotations=[text]), code, "rotations[0]")

    note("without-old-signature", "the old key has not signed the rotation (rule 24)", log.rotation(second, signers=[second]))
    note("without-new-signature", "the new key has not signed the rotation (rule 24)", log.rotation(second, signers=[old]))
    note("signed-by-stranger", "a stranger signed in place of the old key (rule 24)", log.rotation(second, signers=[stranger, second]))
    other = Ledger("another log")
    note("of-another-log", "a rotation of another log (rule 24)", other.rotation(second, old))
    text = f"quarrymark/rotate/v1\n{log.origin}\n{vkey(other.origin, 1, second.raw)}\n"
    note("new-key-of-another-name", "the new vkey is named for another log (rule 24)", log.rotation(second, old, text=text))
    text = f"quarrymark/rotate/v1\n{log.origin}\n{vkey(log.origin, 4, second.raw)}\n"
    note("to-a-witness-key", "the new key has a witness's type (rules 24 and 25)", log.rotation(second, old, text=text))
    note("to-the-same-key", "the new key is the old one", log.rotation(old, signers=[old, old]))
    body = f"{log.origin}\n{vkey(log.origin, 1, second.raw)}\n"
    note("another-context", "the text opens with another context line (DESIGN §4)",
         log.rotation(second, old, text="quarrymark/rotate/v2\n" + body))
    note("without-context", "the context line is missing (DESIGN §4)", log.rotation(second, old, text=body))
    note("extra-line", "a line more than the text of a rotation has (rule 24)",
         log.rotation(second, old, text="quarrymark/rotate/v1\n" + body + "later\n"))
    good_note = log.rotations[0]
    note("carriage-returns", "lines end in CR LF", good_note.replace("\n", "\r\n"))
    note("without-empty-line", "no empty line before the signatures", good_note.replace("\n\n", "\n"))
    note("without-final-newline", "the note does not end with a newline", good_note[:-1])
    flip = good_note[:-4] + ("A" if good_note[-4] != "A" else "B") + good_note[-3:]
    note("signature-altered", "a signature of the rotation is another", flip)
    note("empty", "an empty note", "")
    change("missing", "a later key signed, and no rotation leads to it (rule 24)", put(rotations=[]),
           "wrong_signature", "checkpoint")
    old_signed = lambda p: {**p, "checkpoint": log.text() + "\n" + log.sign(log.text(), old)}  # noqa: E731
    change("old-key-signs-on", "after the rotation the old key signed the checkpoint (rule 24)", old_signed,
           "wrong_signature", "checkpoint")
    change("twice-the-same-note", "one rotation stands there twice (rule 24)",
           lambda p: {**p, "rotations": p["rotations"] * 2}, "wrong_key", "rotations[1]")
    more = Changes(add, "rotation", twice)
    more("out-of-order", "two rotations in the wrong order (rule 24)",
         lambda p: {**p, "rotations": p["rotations"][::-1]}, "wrong_key", "rotations[0]")
    more("first-left-out", "the first of two rotations is left out (rule 24)",
         lambda p: {**p, "rotations": p["rotations"][1:]}, "wrong_key", "rotations[0]")
    more("last-left-out", "the last of two rotations is left out; its key signed (rule 24)",
         lambda p: {**p, "rotations": p["rotations"][:1]}, "wrong_signature", "checkpoint")
    third_by_first = twice.log.rotation(third, old)
    more("past-the-second-key", "the third key is signed by the first, not by the second (rule 24)",
         lambda p: {**p, "rotations": [p["rotations"][0], third_by_first]}, "wrong_key", "rotations[1]")


def checkpoints(add, good):
    change = Changes(add, "checkpoint", good)
    log = good.log
    text, whole = log.text(), log.checkpoint()
    line = whole[len(text) + 1:]
    name_part, encoded = line.rstrip("\n").rsplit(" ", 1)
    data = base64.b64decode(encoded)

    def note(name, why, given, code="malformed", field="checkpoint", **facts):
        change(name, why, put(checkpoint=given), code, field, **facts)

    def signed(name, why, given, code="malformed", field="checkpoint", **facts):
        note(name, why, given + "\n" + log.sign(given), code, field, **facts)

    note("empty", "no note at all", "")
    note("unsigned", "no signature line (rule 23)", text + "\n")
    note("without-empty-line", "no empty line between text and signatures", text + line)
    note("carriage-returns", "lines end in CR LF", whole.replace("\n", "\r\n"))
    note("without-final-newline", "the last line does not end", whole[:-1])
    note("ascii-hyphen", "a signature line with a hyphen instead of the em dash", text + "\n" + line.replace("\u2014", "-"))
    note("en-dash", "a signature line with an en dash", text + "\n" + line.replace("\u2014", "\u2013"))
    note("two-spaces", "two spaces in a signature line", text + "\n" + line.replace(" ", "  ", 1))
    note("signature-missing", "a signature line with a name alone", text + "\n" + name_part + "\n")
    note("signature-base64url", "a signature in base64url (rule 5)", text + "\n" + f"{name_part} {b64u(data)}\n")
    note("signature-spare-bits", "spare bits of a signature are not zero (rule 5)",
         text + "\n" + f"{name_part} {spare_base64(encoded)}\n")
    note("signature-short", "a signature line too short for a key id", text + "\n" + f"{name_part} {b64(data[:3])}\n")
    note("empty-line-after", "an empty line after the signatures", whole + "\n")
    note("control-character", "a control character in the text", whole.replace("quarrymark", "quarry\x01mark", 1))
    many = "".join(f"\u2014 w{n}.example {b64(bytes(4) + bytes(72))}\n" for n in range(64))
    note("65-signatures", "65 signature lines; 64 are allowed (rule 23)", whole + many)
    signed("extension-line", "an extension line (rule 23)", text + "extension\n")
    signed("two-lines", "a text of two lines", "\n".join(text.splitlines()[:2]) + "\n")
    origin, _, root = text.rstrip("\n").split("\n")
    signed("empty-line-in-text", "an empty line inside the text", f"{origin}\n4\n\n{root}\n")
    signed("size-leading-zero", "a size with a leading zero", f"{origin}\n04\n{root}\n")
    signed("size-signed", "a size with a sign", f"{origin}\n+4\n{root}\n")
    signed("size-negative", "a negative size", f"{origin}\n-4\n{root}\n")
    signed("size-fraction", "a size with a fraction", f"{origin}\n4.0\n{root}\n")
    signed("size-word", "a size that is no number", f"{origin}\nfour\n{root}\n")
    signed("size-too-big", "a size of 2^64", f"{origin}\n18446744073709551616\n{root}\n")
    signed("root-31-bytes", "a root of 31 bytes", f"{origin}\n4\n{b64(log.root()[:31])}\n")
    signed("root-unpadded", "a root without padding (rule 5)", f"{origin}\n4\n{root.rstrip('=')}\n")
    signed("root-base64url", "a root in base64url (rule 5)", f"{origin}\n4\n__{root[2:]}\n")
    signed("root-spare-bits", "spare bits of the root are not zero (rule 5)", f"{origin}\n4\n{spare_base64(root)}\n")
    signed("trailing-space", "a space after the root", f"{origin}\n4\n{root} \n")
    note("signed-by-a-stranger", "another key signed, under the log's name (rule 23)",
         text + "\n" + log.sign(text, key_of("stranger")), "wrong_signature")
    note("wrong-key-id", "the key id in the signature line is another (rule 23)",
         text + "\n" + f"{name_part} {b64(b'0000' + data[4:])}\n", "wrong_signature")
    note("other-name", "the log's key signed under another name (rule 23)",
         text + "\n" + signature_line("quarry.example", 1, log.keys[0], text.encode()), "wrong_signature")
    bad = data[:20] + bytes([data[20] ^ 1]) + data[21:]
    note("signature-altered", "one bit of the signature is another", text + "\n" + f"{name_part} {b64(bad)}\n", "wrong_signature")
    note("signature-cut", "the signature has 63 bytes", text + "\n" + f"{name_part} {b64(data[:-1])}\n", "wrong_signature")
    note("signed-and-missigned", "beside a good signature a wrong one by the same key",
         whole + f"{name_part} {b64(bad)}\n", "wrong_signature")
    note("signature-of-another-size", "the signature of the log's checkpoint of another size",
         text + "\n" + log.checkpoint(3)[len(log.text(3)) + 1:], "wrong_signature")
    other = Ledger("another log")
    other_text = other.text(root=log.root()).replace("\n0\n", "\n4\n")
    note("of-another-log", "a checkpoint of another log, signed by it (rule 24)",
         other_text + "\n" + other.sign(other_text), "wrong_key")
    signed("of-another-origin", "this log's key signed a checkpoint that names another origin (rule 23)",
           other_text, "wrong_key")
    signed("wrong-root", "a root that no tree has", log.text(root=bytes(32)), "wrong_proof", "proof")
    signed("root-of-another-size", "the root of three entries under the size four",
           log.text(root=log.root(3)), "wrong_proof", "proof")
    signed("size-one-more", "the root of four entries under the size five", log.text().replace("\n4\n", "\n5\n"),
           "wrong_proof", "proof")
    note("too-old", "a checkpoint of two entries; the third is not below its size (DESIGN §8)",
         log.checkpoint(2), "malformed", "entries[1]")
    note("of-no-entries", "a checkpoint of an empty log (DESIGN §8)",
         log.checkpoint(0), "malformed", "entries[0]")


def spare_base64(text):
    """The same bytes in padded base64 with a spare bit set."""
    body = text.rstrip("=")
    assert body != text
    return body[:-1] + STANDARD[STANDARD.index(body[-1]) | 1] + text[len(body):]


def cosignatures(add, good):
    w1, w2, w3 = WITNESSES
    log, when = good.log, posix(1, 10)
    one = trust([], [w1], w1.name)
    change = Changes(add, "cosignature", good, one)
    text = log.text()

    def lines(name, why, given, code="cosignature_invalid", verdict="invalid", reader=one):
        change.reader = reader
        field = "checkpoint" if verdict == "invalid" else None
        change(name, why, put(checkpoint=log.checkpoint() + "".join(given)), code, field, verdict=verdict)

    good_line = w1.cosign(text, when)
    data = base64.b64decode(good_line.rstrip("\n").rsplit(" ", 1)[1])
    head = good_line.rsplit(" ", 1)[0]

    def remade(changed):
        return f"{head} {b64(changed)}\n"

    lines("bit-flipped", "one bit of a known witness's cosignature is another (rule 23)",
          [remade(data[:40] + bytes([data[40] ^ 1]) + data[41:])])
    lines("of-another-size", "a cosignature of the same log's checkpoint of another size (rule 23)",
          [w1.cosign(log.text(3), when)])
    other = Tiny("another tiny log")
    lines("of-another-log", "a cosignature of another log's checkpoint (rule 23)", [w1.cosign(other.log.text(), when)])
    lines("time-changed", "the time of the cosignature is another (rule 23)",
          [remade(data[:11] + bytes([data[11] ^ 1]) + data[12:])])
    lines("plain-signature", "a plain signature in place of a cosignature (rule 23)",
          [remade(data[:4] + w1.key.sign(text.encode()))])
    lines("without-time", "the eight bytes of the time are missing (rule 23)", [remade(data[:4] + data[12:])])
    lines("too-long", "a byte more than a cosignature has (rule 23)", [remade(data + b"\0")])
    lines("good-and-bad", "beside a good cosignature a wrong one by the same witness (rule 23)",
          [good_line, remade(data[:-1] + bytes([data[-1] ^ 1]))])
    two = trust([], [w1, w2], w1.name)
    lines("of-a-witness-not-needed", "a known witness outside the quorum cosigned wrongly (rule 23)",
          [good_line, w2.cosign(log.text(3), when)], reader=two)


def build(add):
    good = Tiny()
    frames(add, good)
    proofs(add, good)
    keys(add, good)
    rotations(add)
    checkpoints(add, good)
    cosignatures(add, good)
