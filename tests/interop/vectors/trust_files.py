"""Rule 25: trust files. One that is refused leaves nothing to judge with; no verdict is said."""
from formats import dump, vkey
from vectors.ledger import key_of, trust
from vectors.worlds import MONITOR, NORTH, WITNESSES, Small


def build(add):
    made = Small()
    w1 = WITNESSES[0]
    good = trust([made.reg], [w1], w1.name, [MONITOR], [made.town],
                 [{"log": made.quarry.vkey, "name": "Quarry", "role": "quarry operator", "country": "IN"}])
    whole = made.passport()
    line = f"witness {w1.name} {w1.vkey}\n"

    def refused(name, why, content):
        add(f"trust-{name}", why, whole, None, trust=content, contract=NORTH, refused="trust")

    def put(name, why, **members):
        refused(name, why, {**good, **members})

    refused("empty", "an empty trust file", "")
    refused("not-json", "a trust file that is no JSON", "registrars")
    refused("array", "a trust file is an object (rule 25)", "[]")
    refused("unknown-member", "a member a trust file does not have (rule 3)", {**good, "note": ""})
    refused("member-order", "monitors stand before registrars (rule 2)",
            {k: good[k] for k in ("v", "monitors", "registrars", "verifiers", "pinned", "policy")})
    refused("member-twice", "policy stands there twice (DESIGN §4)", dump(good)[:-1] + ',"policy":"quorum none\\n"}')
    for member in good:
        refused(f"without-{member}", f"the member {member} is left out (rule 25)", {k: v for k, v in good.items() if k != member})
    put("version-2", "a version that does not exist", v=2)
    put("registrar-null", "a registrar as null (rule 25)", registrars=[None])
    put("registrar-wrong-id", "a key id that is not the key's (rule 24)", registrars=[made.reg.vkey.replace("+", "+00000000+", 1).replace(made.reg.vkey.split("+")[1] + "+", "", 1)])
    put("registrar-witness-type", "registrar keys have type 1 (rule 25)", registrars=[vkey(made.reg.origin, 4, made.reg.key.raw)])
    put("registrar-named-freely", "a registrar's key is named for its log's origin (rule 24)", registrars=[vkey("register.example", 1, made.reg.key.raw)])
    put("registrar-twice", "one registrar stands there twice", registrars=[made.reg.vkey] * 2)
    put("monitor-witness-type", "monitor keys have type 1 (rule 25)", monitors=[vkey(MONITOR.name, 4, MONITOR.key.raw)])
    put("verifier-vkey", "verifiers are origins, no keys (rule 25)", verifiers=[made.town.vkey])
    put("verifier-name", "verifiers are origins, no names (rule 25)", verifiers=["The Verifier"])
    put("pinned-string", "a pinned key comes with name, role and country (rule 25)", pinned=[made.quarry.vkey])
    put("pinned-without-role", "a pinned key without role (rule 25)", pinned=[{"log": made.quarry.vkey, "name": "Q", "country": "IN"}])
    put("pinned-unknown-member", "a pinned key with a member it does not have (rule 3)",
        pinned=[{"log": made.quarry.vkey, "name": "Q", "role": "quarry operator", "country": "IN", "site": ""}])
    put("policy-null", "a policy as null (rule 25)", policy=None)
    put("policy-without-quorum", "a policy without its quorum line (tlog-policy)", policy=line)
    put("policy-two-quorums", "two quorum lines (tlog-policy)", policy=line + f"quorum {w1.name}\nquorum none\n")
    put("policy-unknown-quorum", "a quorum of a witness that is not listed (tlog-policy)", policy=line + "quorum w9.example\n")
    put("policy-without-final-newline", "a policy that does not end with a newline (tlog-policy)", policy=line + "quorum none")
    put("policy-unknown-line", "a line that tlog-policy does not have", policy=line + "trust everybody\nquorum none\n")
    put("policy-witness-type-1", "witness keys have type 4 (rule 25)", policy=f"witness w {vkey(w1.name, 1, w1.key.raw)}\nquorum none\n")
    put("policy-threshold-zero", "a threshold of 0 (tlog-policy)", policy=line + f"group g 0 {w1.name}\nquorum g\n")
    put("policy-threshold-too-high", "a threshold above the number of members (tlog-policy)", policy=line + f"group g 2 {w1.name}\nquorum g\n")
    put("policy-witness-twice", "a witness name is defined twice (tlog-policy)",
        policy=line + f"witness {w1.name} {vkey(w1.name, 4, key_of('x').raw)}\nquorum none\n")
    put("policy-group-before-member", "a group names a witness of a later line (tlog-policy)", policy=f"group g 1 {w1.name}\n" + line + "quorum g\n")
