"""HPKE base mode, sender's side (RFC 9180), and letters sealed with it (docs/sealed.md), written down a
second time. What a letter is made of can be given, so that each part can be made wrong."""
import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from formats import b64, b64u, dump

PKCS8 = bytes.fromhex("302e020100300506032b656e04220420")  # of an X25519 key, before its 32 bytes
AES128, AES256 = (1, 16), (2, 32)
INFO = b"quarrymark/sealed/v1"


def public(raw):
    return X25519PrivateKey.from_private_bytes(raw).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def pem(der):
    return f"-----BEGIN PRIVATE KEY-----\n{b64(der)}\n-----END PRIVATE KEY-----\n"


def _extract(suite, salt, label, ikm):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def _expand(suite, prk, label, context, size):
    assert size <= hashlib.sha256().digest_size
    labeled = size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
    return hmac.digest(prk, labeled + b"\x01", "sha256")[:size]


def seal(to, ephemeral, plain, info=INFO, aad=b"", seq=0, aead=AES256):
    """(enc, ciphertext); `ephemeral` is the sender's raw private key, used for this alone."""
    number, key_size = aead
    kem, hpke = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01" + number.to_bytes(2, "big")
    enc = public(ephemeral)
    dh = X25519PrivateKey.from_private_bytes(ephemeral).exchange(X25519PublicKey.from_public_bytes(to))
    shared = _expand(kem, _extract(kem, b"", b"eae_prk", dh), b"shared_secret", enc + to, 32)
    context = b"\x00" + _extract(hpke, b"", b"psk_id_hash", b"") + _extract(hpke, b"", b"info_hash", info)
    secret = _extract(hpke, shared, b"secret", b"")
    nonce = _expand(hpke, secret, b"base_nonce", context, 12)
    nonce = (int.from_bytes(nonce, "big") ^ seq).to_bytes(12, "big")
    return enc, AESGCM(_expand(hpke, secret, b"key", context, key_size)).encrypt(nonce, plain, aad)


def write_pairs(pairs):
    """The plaintext: pairs of event id and disclosure, ascending as text."""
    return dump(sorted(set(map(tuple, pairs)))).encode()


def letter(to, ephemeral, plain, **more):
    """The members of a letter; `plain` is pairs or, to be wrong, bytes."""
    enc, ct = seal(to, ephemeral, plain if isinstance(plain, bytes) else write_pairs(plain), **more)
    return {"v": 1, "to": b64u(to), "enc": b64u(enc), "ct": b64u(ct)}
