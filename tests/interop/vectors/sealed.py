"""Letters sealed to one reader: docs/sealed.md. The passports are right, each hides something, and a
letter says what; a letter that is refused leaves nothing to judge with."""
from formats import b64u, digest, disclosure, dump, unb64u
from sealing import AES128, PKCS8, letter, pem, public, write_pairs
from vectors.ledger import raw_disclosure, sha
from vectors.worlds import BOTH, NORTH, Small, Works, contract

OFFICER, ANOTHER = sha(b"reader/officer"), sha(b"reader/another")
TO = public(OFFICER)
KEY = pem(PKCS8 + OFFICER)


def once(name):
    """The sender's key of one letter."""
    return sha(f"sender/{name}".encode())


def pair(event, name):
    return [event.id, event.device if name == "device" else event.fields[name]]


def opened(add):
    """Letters that open: what was sealed counts as if it had been shown."""
    made, small = Works("sealed"), Small("sealed", device=True)
    factory = made.admits[made.factory]

    def good(name, why, world, hide, letters, asked, verdict="match", code=None, **more):
        content = more.pop("content", None) or world.passport(hide=hide)
        sealed = [letter(TO, once(f"{name} {n}"), [pair(*one) for one in pairs]) for n, pairs in enumerate(letters)]
        add(f"sealed-{name}", why, content, verdict, code, trust=world.trust, contract=asked, letters=sealed, key=KEY, **more)

    name_of = (factory, "party")
    good("factory", "the officer's copy: the factory's name is hidden from all others and sealed to him", made, [name_of], [[name_of]], BOTH)
    good("factory-of-another-contract", "what the letter opens speaks against the contract: a gap becomes partial", made, [name_of], [[name_of]],
         contract(factory="Some Other", quarry="North Quarry"), "partial", "factory_contradicted")
    site = (made.extract, "site")
    good("site", "the site of the extract is sealed", made, [site], [[site]], BOTH)
    good("other-quarry", "opening never helps what contradicts: the site sealed is another quarry's (DESIGN §9)", made, [site], [[site]],
         contract(quarry="South Quarry"), "mismatch", "origin_contradicted")
    slab = (made.saw, "out.1")
    good("output", "an output is sealed: with it the yield can be checked", made, [slab], [[slab]], NORTH)
    good("half", "of two things hidden the letter opens one: the other stays a gap", made, [site, slab], [[slab]], NORTH, "gap", "not_shown")
    good("two-letters", "each of two letters opens one of two things hidden", made, [site, slab], [[site], [slab]], NORTH)
    good("two-fields-in-one", "one letter opens fields of two events", made, [site, slab], [[site, slab]], NORTH)
    good("known", "what is sealed is shown as well: opening it changes nothing", made, [], [[site]], NORTH)
    good("twice", "two letters open the same field", made, [site], [[site], [site]], NORTH)
    phone = (small.extract, "device")
    good("device", "the device's disclosure is sealed; it is put last", small, [phone], [[phone]], NORTH)
    good("all-of-an-event", "every field of an event and its device's are sealed, not the head", small,
         [(small.extract, n) for n in [*small.extract.fields, "device"]], [[(small.extract, n) for n in [*small.extract.fields, "device"]]], NORTH)
    two = made.passport(hide=[site])
    two["packets"].append(made.quarry.packet([made.extract], [site]))
    good("in-two-packets", "an event that stands in two packets is completed in both (docs/sealed.md, opening 5)", made, [site], [[site]], NORTH, content=two)
    shown_once = made.passport(hide=[site])
    shown_once["packets"].append(made.quarry.packet([made.extract]))
    good("shown-in-one-packet", "one packet shows what the letter opens, the other hides it", made, [site], [[site]], NORTH, content=shown_once)
    content = made.passport(hide=[name_of])
    add("sealed-not-opened", "the officer has a key and no letter: what is hidden stays a gap", content, "gap", "not_shown", trust=made.trust,
        contract=BOTH, key=KEY)


def frames(add):
    """Letters that are not of their form, or were altered on the way."""
    made = Works("sealed")
    hidden = (made.admits[made.factory], "party")
    content, pairs = made.passport(hide=[hidden]), [pair(*hidden)]

    def bad(name, why, change, to=TO, **sealing):
        members = letter(to, once(name), pairs, **sealing)
        changed = change(members) if change else None
        sent = members if changed is None else changed
        add(f"letter-{name}", why, content, None, refused="letter", trust=made.trust, contract=BOTH, letters=[sent], key=KEY)

    def altered(member, at):
        def change(members):
            data = bytearray(unb64u(members[member]))
            data[at] ^= 1
            members[member] = b64u(bytes(data))
        return change

    def put(**more):
        return lambda members: members.update(more)

    def text(change):
        return lambda members: change(dump(members))

    bad("to-another-reader", "it is sealed to another key (opening 1)", None, to=public(ANOTHER))
    bad("to-claims-this-reader", "it is sealed to another key and says it is sealed to this one", put(to=b64u(TO)), to=public(ANOTHER))
    bad("to-altered", "one bit of the reader's key is another (opening 1)", altered("to", 5))
    bad("to-zero", "a reader's key of low order", put(to="A" * 43))
    bad("enc-altered", "one bit of the sender's key is another (RFC 9180)", altered("enc", 5))
    bad("enc-zero", "a sender's key of low order: the shared secret is zero", put(enc="A" * 43))
    bad("enc-one", "a sender's key of low order: u = 1", put(enc=b64u(b"\x01" + bytes(31))))
    bad("enc-is-the-reader", "the reader's own key in place of the sender's", put(enc=b64u(TO)))
    bad("enc-of-another-letter", "the sender's key of another letter", put(enc=b64u(public(once("other")))))
    bad("enc-31-bytes", "a sender's key of 31 bytes (rule 5)", put(enc=b64u(bytes(31))))
    bad("enc-33-bytes", "a sender's key of 33 bytes (rule 5)", put(enc=b64u(bytes(33))))
    bad("enc-spare-bits", "spare bits of the sender's key are not zero (rule 5)", lambda m: m.update(enc=m["enc"][:-1] + "_"))
    bad("enc-padded", "base64url with padding (rule 5)", lambda m: m.update(enc=m["enc"] + "="))
    bad("ct-first-byte", "the first byte of the ciphertext is another (RFC 9180)", altered("ct", 0))
    bad("ct-middle-byte", "a byte in the middle of the ciphertext is another (RFC 9180)", altered("ct", 60))
    bad("ct-last-byte", "the last byte of the tag is another (RFC 9180)", altered("ct", -1))
    bad("ct-cut", "the last byte is missing (RFC 9180)", lambda m: m.update(ct=b64u(unb64u(m["ct"])[:-1])))
    bad("ct-cut-by-a-tag", "the tag is missing (RFC 9180)", lambda m: m.update(ct=b64u(unb64u(m["ct"])[:-16])))
    bad("ct-longer", "a byte more than was sealed (RFC 9180)", lambda m: m.update(ct=b64u(unb64u(m["ct"]) + b"\0")))
    bad("ct-15-bytes", "shorter than a tag (RFC 9180)", lambda m: m.update(ct=b64u(unb64u(m["ct"])[:15])))
    bad("ct-empty", "nothing was sealed (RFC 9180)", put(ct=""))
    bad("ct-base64", "the standard alphabet in place of base64url (rule 5)", lambda m: m.update(ct="+/" + m["ct"][2:]))
    bad("ct-of-another-letter", "the ciphertext of another letter to this reader",
        lambda m: m.update(ct=letter(TO, once("other"), pairs)["ct"]))
    bad("other-info", "sealed for another purpose: info of the next version", None, info=b"quarrymark/sealed/v2")
    bad("no-info", "sealed without info", None, info=b"")
    bad("with-additional-data", "sealed with additional data, which letters have not", None, aad=b"x")
    bad("second-message", "sealed as the second message, sequence number 1", None, seq=1)
    bad("aes-128", "sealed with AES-128-GCM; letters have AES-256-GCM", None, aead=AES128)
    bad("version-2", "a version nobody knows", put(v=2))
    bad("version-text", "the version is a text", put(v="1"))
    bad("unknown-member", "a member nobody knows (rule 3)", put(x=1))
    bad("without-enc", "the sender's key is missing", lambda m: m.pop("enc") and None)
    bad("members-in-another-order", "members in another order (rule 2)", lambda m: dict(sorted(m.items())))
    bad("member-twice", "a member that stands twice", text(lambda t: t.replace('"v":1,', '"v":1,"v":1,')))
    bad("white-space", "white space between members (rule 1)", text(lambda t: t.replace(",", ", ", 1)))
    bad("final-newline", "a newline at the end (rule 1)", text(lambda t: t + "\n"))
    bad("byte-order-mark", "a byte order mark (rule 1)", text(lambda t: "\ufeff" + t))
    bad("escaped", "an escape that is not needed (rule 1)", text(lambda t: t.replace('"to"', '"\\u0074o"')))
    bad("cut", "the file is cut off in the middle", text(lambda t: t[:-40]))
    bad("empty", "an empty file", text(lambda t: ""))
    bad("array", "an array in place of the object", text(lambda t: f"[{t}]"))


def contents(add):
    """Letters that open, and what is in them is not what the passport commits to."""
    made, other = Works("sealed"), Works("sealed elsewhere")
    admit = made.admits[made.factory]
    hide = [(admit, "party"), (made.extract, "site"), (made.saw, "out.1")]
    content = made.passport(hide=hide)
    event, text = pair(admit, "party")

    def sealed(name, why, plain, verdict=None, refused="letter", content=content):
        found = letter(TO, once(name), plain)
        add(f"letter-{name}", why, content, verdict, refused=refused, trust=made.trust, contract=BOTH, letters=[found], key=KEY)

    def raw(name, why, value, **more):
        sealed(name, why, (value if isinstance(value, str) else dump(value)).encode(), **more)

    raw("nothing-inside", "an empty list: at least one pair (docs/sealed.md)", [])
    raw("object-inside", "an object in place of the list", {event: text})
    raw("no-json-inside", "a plaintext that is no JSON (docs/sealed.md)", "factory: The Factory")
    raw("white-space-inside", "white space in the plaintext (rule 1)", f'[["{event}", "{text}"]]')
    raw("pair-of-one", "a pair of one element", [[event]])
    raw("pair-of-three", "a pair of three elements", [[event, text, 1]])
    raw("event-number", "the event id is a number", [[1, text]])
    raw("event-short", "an event id of 42 characters (rule 5)", [[event[:-1], text]])
    raw("event-spare-bits", "an event id whose spare bits are not zero (rule 5)", [[event[:-1] + "_", text]])
    raw("disclosure-null", "null in place of a disclosure", [[event, None]])
    raw("pair-twice", "a pair that stands twice (docs/sealed.md)", [[event, text], [event, text]])
    sealed("not-utf-8", "the plaintext is no UTF-8 (rule 1)", b'[["' + event.encode() + b'","\xff"]]')
    events = sorted(pair(*one) for one in hide)
    raw("descending", "events that descend (docs/sealed.md)", events[::-1])
    of_extract = [pair(made.extract, n) for n in made.extract.fields]
    as_text, as_bytes = sorted(of_extract), sorted(of_extract, key=lambda one: unb64u(one[1]))
    assert as_text != as_bytes, "the salts of this world show no difference between the orders"
    raw("ordered-by-decoded-bytes", "pairs ascend by what they decode to, not as text (docs/sealed.md)", as_bytes)
    raw("head", "a head is never in a letter: it travels with its entry (opening 3)", [[event, admit.head_text]])
    raw("other-value", "the factory's name with another salt: no head commits to it (opening 4)", [[event, disclosure("party", {"name": "The Factory"})]])
    raw("other-name", "a field that the head does not list (opening 4)", [[event, disclosure("remarks", {"text": "fine stone"})]])
    raw("of-another-event", "the right disclosure under another event of the passport (opening 4)", [[made.extract.id, text]])
    raw("of-another-passport", "an event of a passport that was made elsewhere (opening 4)", [pair(other.admits[other.factory], "party")])
    raw("of-an-event-not-shown", "an event id that nobody shows (opening 4)", [["A" * 43, text]])
    raw("device-not-committed", "a device's disclosure, and the entry commits to none (opening 4)",
        [[event, disclosure("device", {"key": "A" * 43, "sig": "A" * 86})]])
    raw("one-of-three-not-committed", "two fields that are committed to and one that is not: all is refused (opening 4)",
        sorted([*events[:2], [event, disclosure("party", {"name": "The Factory"})]]))
    raw("disclosure-no-base64url", "a disclosure that is no base64url (opening 3)", [[event, "not base64url!"]])
    raw("disclosure-spare-bits", "a disclosure whose spare bits are not zero (rule 5)", [[event, "eA"[:1] + "B"]])
    raw("disclosure-of-four", "a disclosure of four elements (opening 3)", [[event, raw_disclosure('["AAAAAAAAAAAAAAAAAAAAAA","party",1,2]')]])
    raw("disclosure-empty", "an empty disclosure (opening 3)", [[event, ""]])
    without_head = made.passport([e for e in made.events if e is not made.saw], silent=[made.saw], hide=hide)
    raw("of-a-silent-entry", "the entry is shown without its head, so nothing binds the field (opening 4)", [pair(made.saw, "out.1")], content=without_head)
    assert digest(text) == admit.head["fields"]["party"] and write_pairs([[event, text]])


def keys(add):
    """Reading keys that are none, or another reader's."""
    made = Works("sealed")
    hidden = (made.admits[made.factory], "party")
    content = made.passport(hide=[hidden])
    sealed = [letter(TO, once("keys"), [pair(*hidden)])]

    def key(name, why, text, refused="key"):
        add(f"reading-key-{name}", why, content, None, refused=refused, trust=made.trust, contract=BOTH, letters=sealed, key=text)

    key("of-another-reader", "the key is another reader's: the letter is not sealed to it (opening 1)", pem(PKCS8 + ANOTHER), "letter")
    key("31-bytes", "a private key of 31 bytes (RFC 7748)", pem(b"\x30\x2d" + PKCS8[2:13] + b"\x21\x04\x1f" + OFFICER[:31]))
    key("33-bytes", "a private key of 33 bytes (RFC 7748)", pem(b"\x30\x2f" + PKCS8[2:13] + b"\x23\x04\x21" + OFFICER + b"\0"))
    key("ed25519", "an Ed25519 key signs and reads nothing (docs/sealed.md)", pem(PKCS8.replace(b"\x2b\x65\x6e", b"\x2b\x65\x70") + OFFICER))
    key("cut", "a private key that is cut off", KEY[:60] + KEY[-28:])
    key("public", "the public half in place of the private one", KEY.replace("PRIVATE", "PUBLIC"))
    key("blank", "a file with nothing but an empty line", "\n")
    key("no-pem", "the raw bytes as text, no PEM", OFFICER.hex() + "\n")


def build(add):
    for part in (opened, frames, contents, keys):
        part(add)
