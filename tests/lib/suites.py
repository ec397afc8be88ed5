"""The three signature suites, hashes and Merkle trees of docs/format.md, from the standards' text.

Shares no code with the program. Ed25519 and P-256 go through the package `cryptography` where it is there; SM2 and
SM3, and all of them without that package, are computed here. Not fit for secrets: nothing runs in constant time.
"""

import base64
import functools
import hashlib
import secrets

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes as _hashes
    from cryptography.hazmat.primitives.asymmetric import ec as _ec, ed25519 as _ed25519
    FAST = True
except ImportError:
    FAST = False

ED25519, P256, SM2 = "ed25519-sha256", "p256-sha256", "sm2-sm3"
SUITES = (ED25519, P256, SM2)
SM2_ID = b"1234567812345678"
ZERO = bytes(32)

# --- hashes ----------------------------------------------------------------------------------------------------------


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def _rotl(x, n):
    n %= 32
    return ((x << n) | (x >> (32 - n))) & 0xffffffff


def sm3_by_hand(data):
    """GB/T 32905-2016."""
    state = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]
    bits = len(data) * 8
    data = data + b"\x80" + bytes((55 - len(data)) % 64) + bits.to_bytes(8, "big")
    for at in range(0, len(data), 64):
        w = [int.from_bytes(data[at + i:at + i + 4], "big") for i in range(0, 64, 4)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ _rotl(w[j - 3], 15)
            w.append(x ^ _rotl(x, 15) ^ _rotl(x, 23) ^ _rotl(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            t = 0x79cc4519 if j < 16 else 0x7a879d8a
            ss1 = _rotl((_rotl(a, 12) + e + _rotl(t, j)) & 0xffffffff, 7)
            ss2 = ss1 ^ _rotl(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & 0xffffffff
            tt2 = (gg + h + ss1 + w[j]) & 0xffffffff
            a, b, c, d = tt1, a, _rotl(b, 9), c
            e, f, g, h = tt2 ^ _rotl(tt2, 9) ^ _rotl(tt2, 17), e, _rotl(f, 19), g
        state = [s ^ v for s, v in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join(s.to_bytes(4, "big") for s in state)


def sm3(*parts):
    data = b"".join(parts)
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return sm3_by_hand(data)


def hash_of(suite):
    return sm3 if suite == SM2 else sha256


def b64(data):
    return base64.b64encode(data).decode()


def unb64(text):
    """Strict: the one spelling of each value."""
    data = base64.b64decode(text, validate=True)
    if b64(data) != text:
        raise ValueError("not the canonical base 64")
    return data


# --- Merkle trees, RFC 6962 -------------------------------------------------------------------------------------------


def leaf_hash(data, h=sha256):
    return h(b"\x00", data)


def node_hash(left, right, h=sha256):
    return h(b"\x01", left, right)


def _split(n):
    return 1 << ((n - 1).bit_length() - 1)


def tree_root(leaves, h=sha256):
    if not leaves:
        return h(b"")
    edge = TreeEdge(h)
    for leaf in leaves:
        edge.add(leaf)
    return edge.root()


class TreeEdge:
    """A growing tree: the roots of its perfect subtrees."""

    def __init__(self, h=sha256):
        self.h, self.size, self.peaks = h, 0, []

    def add(self, leaf):
        self.peaks.append(leaf)
        self.size += 1
        n = self.size
        while n % 2 == 0:
            right = self.peaks.pop()
            self.peaks.append(node_hash(self.peaks.pop(), right, self.h))
            n //= 2

    def root(self):
        if not self.peaks:
            return self.h(b"")
        return functools.reduce(lambda right, left: node_hash(left, right, self.h), reversed(self.peaks))


def inclusion_path(leaves, index, h=sha256):
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return inclusion_path(leaves[:k], index, h) + [tree_root(leaves[k:], h)]
    return inclusion_path(leaves[k:], index - k, h) + [tree_root(leaves[:k], h)]


def root_from_path(leaf, index, size, path, h=sha256):
    """RFC 9162 2.1.3.2; None when index or length do not fit."""
    if not 0 <= index < size:
        return None
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = node_hash(p, r, h)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p, h)
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None


def is_consistent(size1, size2, root1, root2, path, h=sha256):
    """RFC 9162 2.1.4.2."""
    if size1 == size2:
        return not path and root1 == root2
    if size1 == 0:
        return not path and root1 == h(b"")
    path = list(path)
    if size1 & (size1 - 1) == 0:
        path.insert(0, root1)
    if not path or size1 > size2:
        return False
    fn, sn = size1 - 1, size2 - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr, h), node_hash(c, sr, h)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c, h)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == root1 and sr == root2


# --- curves y^2 = x^3 - 3x + b ----------------------------------------------------------------------------------------


class Curve:
    def __init__(self, p, b, n, x, y):
        self.p, self.a, self.b, self.n, self.g = p, p - 3, b, n, (x, y)

    def has(self, point):
        x, y = point
        return x < self.p and y < self.p and (y * y - x * x * x - self.a * x - self.b) % self.p == 0

    def _double(self, q):
        x, y, z = q
        p = self.p
        if not y or not z:
            return (1, 1, 0)
        delta, gamma = z * z % p, y * y % p
        beta, alpha = x * gamma % p, 3 * (x - delta) * (x + delta) % p
        x3 = (alpha * alpha - 8 * beta) % p
        z3 = ((y + z) * (y + z) - gamma - delta) % p
        return (x3, (alpha * (4 * beta - x3) - 8 * gamma * gamma) % p, z3)

    def _add(self, q, point):
        x1, y1, z1 = q
        p = self.p
        if not z1:
            return (point[0], point[1], 1)
        zz = z1 * z1 % p
        h = (point[0] * zz - x1) % p
        r = (point[1] * zz * z1 - y1) % p
        if not h:
            return self._double(q) if not r else (1, 1, 0)
        hh = h * h % p
        hhh, v = h * hh % p, x1 * hh % p
        x3 = (r * r - hhh - 2 * v) % p
        return (x3, (r * (v - x3) - y1 * hhh) % p, z1 * h % p)

    def _affine(self, q):
        if not q[2]:
            return None
        inverse = pow(q[2], -1, self.p)
        return (q[0] * inverse * inverse % self.p, q[1] * inverse ** 3 % self.p)

    def sum_of(self, *pairs):
        """Sum of k * P over the pairs; None for the point at infinity."""
        table = {0: None}
        for i, (_, point) in enumerate(pairs):
            for bits in range(1 << i):
                at = table[bits]
                table[bits | 1 << i] = point if at is None else self._affine(self._add((at[0], at[1], 1), point))
        out = (1, 1, 0)
        for bit in range(max(k for k, _ in pairs).bit_length() - 1, -1, -1):
            out = self._double(out)
            add = table[sum((k >> bit & 1) << i for i, (k, _) in enumerate(pairs))]
            if add is not None:
                out = self._add(out, add)
        return self._affine(out)


CURVE_P256 = Curve(
    0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff,
    0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b,
    0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
    0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
    0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)
CURVE_SM2 = Curve(
    0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff,
    0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93,
    0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123,
    0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7,
    0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0)
CURVES = {P256: CURVE_P256, SM2: CURVE_SM2}


def _der_integer(value):
    data = value.to_bytes(value.bit_length() // 8 + 1, "big")
    return b"\x02" + bytes([len(data)]) + data


def to_der(r, s):
    body = _der_integer(r) + _der_integer(s)
    return b"\x30" + bytes([len(body)]) + body


def parse_der(data):
    """(r, s) of strict DER: reprinting gives the same bytes. None otherwise."""
    try:
        length = data[3]
        r = int.from_bytes(data[4:4 + length], "big")
        s = int.from_bytes(data[6 + length:], "big")
    except IndexError:
        return None
    if not r or not s or max(r, s) >> 256 or to_der(r, s) != data:
        return None
    return r, s


# --- Ed25519, RFC 8032 ------------------------------------------------------------------------------------------------

ED_P = 2 ** 255 - 19
ED_L = 2 ** 252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, -1, ED_P) % ED_P
ED_SQRT_M1 = pow(2, (ED_P - 1) // 4, ED_P)


def _ed_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % ED_P
    b = (p[1] + p[0]) * (q[1] + q[0]) % ED_P
    c = 2 * p[3] * q[3] * ED_D % ED_P
    d = 2 * p[2] * q[2] % ED_P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P)


def _ed_mul(k, p):
    out = (0, 1, 1, 0)
    for bit in bin(k)[2:]:
        out = _ed_add(out, out)
        if bit == "1":
            out = _ed_add(out, p)
    return out


def _ed_encode(p):
    inverse = pow(p[2], -1, ED_P)
    x, y = p[0] * inverse % ED_P, p[1] * inverse % ED_P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _ed_decode(data):
    """The point, or None when the encoding is not canonical or no point."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= ED_P:
        return None
    x2 = (y * y - 1) * pow(ED_D * y * y + 1, -1, ED_P) % ED_P
    x = pow(x2, (ED_P + 3) // 8, ED_P)
    if (x * x - x2) % ED_P:
        x = x * ED_SQRT_M1 % ED_P
    if (x * x - x2) % ED_P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = ED_P - x
    return (x, y, 1, x * y % ED_P)


ED_B = _ed_decode((4 * pow(5, -1, ED_P) % ED_P).to_bytes(32, "little"))
ED_IDENTITY = _ed_encode((0, 1, 1, 0))


def _ed_secret(seed):
    h = hashlib.sha512(seed).digest()
    return (int.from_bytes(h[:32], "little") & (1 << 254) - 8) | 1 << 254, h[32:]


def ed25519_sign(seed, message):
    if FAST:
        return _ed25519.Ed25519PrivateKey.from_private_bytes(seed).sign(message)
    a, prefix = _ed_secret(seed)
    public = _ed_encode(_ed_mul(a, ED_B))
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % ED_L
    big_r = _ed_encode(_ed_mul(r, ED_B))
    k = int.from_bytes(hashlib.sha512(big_r + public + message).digest(), "little") % ED_L
    return big_r + ((r + k * a) % ED_L).to_bytes(32, "little")


def ed25519_verify_by_hand(public, message, signature):
    a, big_r = _ed_decode(public), _ed_decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or big_r is None or s >= ED_L or _ed_encode(_ed_mul(8, big_r)) == ED_IDENTITY:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ED_L
    minus_a = (-a[0] % ED_P, a[1], 1, -a[3] % ED_P)
    return _ed_encode(_ed_add(_ed_mul(s, ED_B), _ed_mul(k, minus_a))) == signature[:32]


def ed25519_verify(public, message, signature):
    if len(signature) != 64:
        return False
    if not FAST:
        return ed25519_verify_by_hand(public, message, signature)
    big_r = _ed_decode(signature[:32])
    if big_r is None or _ed_encode(_ed_mul(8, big_r)) == ED_IDENTITY:
        return False
    try:
        _ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_good_ed25519_point(data):
    """Canonical, of prime order, not the identity."""
    point = _ed_decode(data)
    return point is not None and data != ED_IDENTITY and _ed_encode(_ed_mul(ED_L, point)) == ED_IDENTITY


# --- ECDSA and SM2 ----------------------------------------------------------------------------------------------------


def _number(data):
    return int.from_bytes(data, "big")


def _ecdsa_sign(d, message):
    c, e = CURVE_P256, _number(sha256(message))
    while True:
        k = 1 + secrets.randbelow(c.n - 1)
        r = c.sum_of((k, c.g))[0] % c.n
        s = pow(k, -1, c.n) * (e + r * d) % c.n
        if r and s:
            return to_der(r, min(s, c.n - s))


def _ecdsa_sign_fast(d, message):
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    r, s = decode_dss_signature(_ec.derive_private_key(d, _ec.SECP256R1()).sign(message, _ec.ECDSA(_hashes.SHA256())))
    return to_der(r, min(s, CURVE_P256.n - s))


def _ecdsa_verify(point, message, r, s):
    c = CURVE_P256
    w = pow(s, -1, c.n)
    q = c.sum_of((_number(sha256(message)) * w % c.n, c.g), (r * w % c.n, point))
    return q is not None and q[0] % c.n == r


def _ecdsa_verify_fast(point, message, signature):
    try:
        _ec.EllipticCurvePublicNumbers(point[0], point[1], _ec.SECP256R1()).public_key().verify(
            signature, message, _ec.ECDSA(_hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def sm2_digest(point, message):
    """e of GB/T 32918.2: SM3(Z || M), Z = SM3(bits of ID || ID || a || b || G || public key)."""
    c = CURVE_SM2
    numbers = b"".join(v.to_bytes(32, "big") for v in (c.a, c.b, *c.g, *point))
    z = sm3((len(SM2_ID) * 8).to_bytes(2, "big"), SM2_ID, numbers)
    return _number(sm3(z, message))


def _sm2_sign(d, point, message):
    c, e = CURVE_SM2, sm2_digest(point, message)
    while True:
        k = 1 + secrets.randbelow(c.n - 1)
        r = (e + c.sum_of((k, c.g))[0]) % c.n
        if not r or r + k == c.n:
            continue
        s = pow(1 + d, -1, c.n) * (k - r * d) % c.n
        if s:
            return to_der(r, s)


def _sm2_verify(point, message, r, s):
    c = CURVE_SM2
    t = (r + s) % c.n
    if not t:
        return False
    q = c.sum_of((s, c.g), (t, point))
    return q is not None and (sm2_digest(point, message) + q[0]) % c.n == r


# --- keys -------------------------------------------------------------------------------------------------------------

SPKI_PREFIX = {
    ED25519: bytes.fromhex("302a300506032b6570032100"),
    P256: bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200"),
    SM2: bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200"),
}


class PublicKey:
    """A checked public key; ValueError for bytes that are none."""

    def __init__(self, suite, spki):
        if suite not in SUITES:
            raise ValueError("no suite " + suite)
        prefix = SPKI_PREFIX[suite]
        self.suite, self.spki, self.raw = suite, spki, spki[len(prefix):]
        if not spki.startswith(prefix) or len(self.raw) != (32 if suite == ED25519 else 65):
            raise ValueError("no SubjectPublicKeyInfo of " + suite)
        if suite == ED25519:
            good = is_good_ed25519_point(self.raw)
        else:
            self.point = (_number(self.raw[1:33]), _number(self.raw[33:]))
            good = self.raw[0] == 4 and CURVES[suite].has(self.point)
        if not good:
            raise ValueError("no good point")
        self.id = sha256(b"ledger.key/v1\n", suite.encode(), b"\n", spki)

    def verify(self, message, signature):
        if self.suite == ED25519:
            return ed25519_verify(self.raw, message, signature)
        pair = parse_der(signature)
        n = CURVES[self.suite].n
        if pair is None or max(pair) >= n:
            return False
        if self.suite == SM2:
            return _sm2_verify(self.point, message, *pair)
        if pair[1] > n // 2:
            return False
        return _ecdsa_verify_fast(self.point, message, signature) if FAST else _ecdsa_verify(self.point, message, *pair)


class PrivateKey:
    """Made from 32 bytes: the seed of RFC 8032, or the scalar, big endian."""

    def __init__(self, suite, secret=None):
        self.suite = suite
        if secret is None:
            secret = secrets.token_bytes(32) if suite == ED25519 else (
                1 + secrets.randbelow(CURVES[suite].n - 2)).to_bytes(32, "big")
        self.secret = secret
        if suite == ED25519:
            raw = (_ed25519.Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
                   if FAST and hasattr(_ed25519.Ed25519PublicKey, "public_bytes_raw")
                   else _ed_encode(_ed_mul(_ed_secret(secret)[0], ED_B)))
        else:
            point = CURVES[suite].sum_of((_number(secret), CURVES[suite].g))
            raw = b"\x04" + b"".join(v.to_bytes(32, "big") for v in point)
        self.public = PublicKey(suite, SPKI_PREFIX[suite] + raw)

    def sign(self, message):
        if self.suite == ED25519:
            return ed25519_sign(self.secret, message)
        d = _number(self.secret)
        if self.suite == SM2:
            return _sm2_sign(d, self.public.point, message)
        return _ecdsa_sign_fast(d, message) if FAST else _ecdsa_sign(d, message)


def check_itself():
    """Known answers; AssertionError when this module is broken."""
    assert sm3_by_hand(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abc") == sm3_by_hand(b"abc")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                              "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")
    assert ed25519_verify(public, b"", signature) and ed25519_verify_by_hand(public, b"", signature)
    assert not ed25519_verify_by_hand(public, b"x", signature)
    # GB/T 32918.5 A.2: the example signature on the recommended curve.
    point = (0x09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020,
             0xccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13)
    assert _sm2_verify(point, b"message digest",
                       0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3,
                       0xb1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa)
    for suite in SUITES:
        key = PrivateKey(suite)
        signature = key.sign(b"text")
        assert key.public.verify(b"text", signature) and not key.public.verify(b"texu", signature)
    leaves = [leaf_hash(bytes([i])) for i in range(7)]
    for i in range(7):
        assert root_from_path(leaves[i], i, 7, inclusion_path(leaves, i)) == tree_root(leaves)


if __name__ == "__main__":
    check_itself()
    print("good, with" if FAST else "good, without", "the package cryptography")
