"""Tokens that others would have us take for ours.

`FORGERIES` were put together here. With `VOICE2TASK_DATA` naming a folder that has Project Wycheproof's
vectors (Apache-2.0) and the JOSE cookbook's (RFC 7520) under `conformance`, those are tried too, each with
its own key in the place of ours.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils import timezone
from jwt.exceptions import InvalidKeyError
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError

from accounts import tokens
from accounts.actors import NotLoggedIn
from accounts.models import Login, User
from accounts.sockets import authenticate_socket
from accounts.tokens import TokenExpired, TokenInvalid, read_access, read_refresh
from tests.accounts.conftest import bearer, error, log_in
from voice2task.secret_values import MIN_SECRET_LENGTH

CONFORMANCE = Path(os.environ.get("VOICE2TASK_DATA", "/nonexistent")) / "conformance"
HASH_BYTES = 32
ME = "/api/v1/auth/me/"

JSON = dict[str, Any]


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def parts(token: str) -> tuple[JSON, JSON, str]:
    header, payload, signature = token.split(".")
    return json.loads(unbase64url(header)), json.loads(unbase64url(payload)), signature


def joined(header: Any, payload: Any, signature: str) -> str:
    texts = (base64url(json.dumps(part).encode()) for part in (header, payload))
    return ".".join([*texts, signature])


def signed(payload: JSON, *, key: str | bytes | None = None, header: JSON | None = None) -> str:
    """As we sign, unless told otherwise."""
    return jwt.encode(payload, settings.SECRET_KEY if key is None else key, "HS256", headers=header)


def resigned(header: JSON, payload: JSON, key: bytes, algorithm: str = "HS256") -> str:
    """With a header that the library itself would not write."""
    message = joined(header, payload, "").rstrip(".").encode()
    return joined(
        header, payload, base64url(jwt.algorithms.get_default_algorithms()[algorithm].sign(message, key))
    )


Forge = Callable[[JSON, JSON], str]

RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
RSA_PUBLIC = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def ours() -> bytes:
    return settings.SECRET_KEY.encode()


# What is wrong -> a token made from the header and the payload of a good one.
FORGERIES: dict[str, Forge] = {
    "no algorithm": lambda head, body: joined(head | {"alg": "none"}, body, ""),
    "no algorithm, otherwise spelt": lambda head, body: joined(head | {"alg": "nOnE"}, body, ""),
    "no algorithm, signed all the same": lambda head, body: resigned(head | {"alg": "none"}, body, ours()),
    "an algorithm that is no text": lambda head, body: resigned(head | {"alg": ["HS256"]}, body, ours()),
    "no word of an algorithm": lambda head, body: resigned({"typ": "JWT"}, body, ours()),
    "no signature": lambda head, body: joined(head, body, ""),
    "half a signature": lambda head, body: signed(body)[:-20],
    "a signature and more": lambda head, body: signed(body) + "AAAA",
    "a stronger algorithm than ours": lambda head, body: jwt.encode(body, settings.SECRET_KEY, "HS512"),
    "one algorithm named, another used": lambda head, body: resigned(head, body, ours(), "HS512"),
    "RSA by a key of its own": lambda head, body: jwt.encode(body, RSA_KEY, "RS256"),
    "the public key of RSA as ours": lambda head, body: resigned(head, body, RSA_PUBLIC),
    "another key": lambda head, body: signed(body, key="another key, as long as it must be at least"),
    "an empty key": lambda head, body: resigned(head, body, b""),
    "our key without its last character": lambda head, body: resigned(head, body, ours()[:-1]),
    "a key that it brings along": lambda head, body: signed(
        body, key=b"k" * 64, header={"jwk": {"kty": "oct", "k": base64url(b"k" * 64)}}
    ),
    "a key to be fetched": lambda head, body: signed(
        body, key=b"k" * 64, header={"jku": "http://127.0.0.1:9/keys.json"}
    ),
    "a key's name that is a file": lambda head, body: resigned(
        head | {"kid": "../../../dev/null"}, body, b""
    ),
    "a key's name that is SQL": lambda head, body: resigned(
        head | {"kid": "x' UNION SELECT 'k' --"}, body, b"k"
    ),
    "an extension that must be understood": lambda head, body: resigned(
        head | {"crit": ["b64"], "b64": False}, body, ours()
    ),
    "another payload than was signed": lambda head, body: joined(
        head, body | {"sub": str(uuid4())}, signed(body).split(".")[2]
    ),
    "a payload that is no object": lambda head, body: resigned(head, [body], ours()),  # type: ignore[arg-type]
    "no end": lambda head, body: signed({name: body[name] for name in body if name != "exp"}),
    "an end that is no number": lambda head, body: signed(body | {"exp": "tomorrow"}),
    "not yet": lambda head, body: signed(body | {"nbf": body["exp"]}),
    "made in the future": lambda head, body: signed(body | {"iat": body["exp"]}),
    "no id": lambda head, body: signed({name: body[name] for name in body if name != "jti"}),
    "no type": lambda head, body: signed({name: body[name] for name in body if name != "token_type"}),
    "another type": lambda head, body: signed(body | {"token_type": "refresh"}),
    "types": lambda head, body: signed(body | {"token_type": ["access"]}),
    "no user": lambda head, body: signed({name: body[name] for name in body if name != "sub"}),
    "no login": lambda head, body: signed(body | {"sid": None}),
    "a login that is no id": lambda head, body: signed(body | {"sid": "' OR true --"}),
    "four parts": lambda head, body: signed(body) + ".x",
    "two parts": lambda head, body: signed(body).rpartition(".")[0],
    "blanks inside": lambda head, body: signed(body).replace(".", " .", 1),
    "another alphabet": lambda head, body: signed(body).replace(".", "+.", 1),
    "as JSON": lambda head, body: json.dumps({"payload": signed(body)}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forgery_opens_nothing(alice: User, forge: Forge) -> None:
    good = log_in("alice@example.com")["access"]
    header, payload, _ = parts(good)
    assert read_access(signed(payload)) == read_access(good)
    forged = forge(header, payload)
    with pytest.raises(TokenInvalid):
        read_access(forged)
    assert error(bearer(forged).get(ME)) == (401, "token_invalid", None)
    with pytest.raises(NotLoggedIn):
        authenticate_socket(bearer=forged)


def test_an_old_token_is_told_that_it_is_old() -> None:
    then = timezone.now() - timedelta(hours=1)
    old = tokens.sign_access(user_id=uuid4(), login_id=uuid4(), now=then)
    with pytest.raises(TokenExpired):
        read_access(old)


@pytest.mark.django_db
def test_a_good_token_of_no_login_opens_nothing(alice: User) -> None:
    log_in("alice@example.com")
    stranger = tokens.sign_access(user_id=alice.id, login_id=uuid4(), now=timezone.now())
    assert error(bearer(stranger).get(ME))[0] == 401
    login = Login.objects.get()
    other = tokens.sign_access(user_id=uuid4(), login_id=login.id, now=timezone.now())
    assert error(bearer(other).get(ME))[0] == 401


def vectors() -> Iterator[Any]:
    for path in sorted(CONFORMANCE.glob("wycheproof_json_web_*_test.json")):
        for group in json.loads(path.read_text())["testGroups"]:
            sets = [group[name] for name in ("private", "public") if name in group]
            keys = [key for keys in sets for key in keys.get("keys", [keys])]
            right = {case["jws"] for case in group["tests"] if case["result"] == "valid"}
            for case in group["tests"]:
                if case["result"] != "valid" and case["jws"] in right:
                    # Two lost, on their way into the file, the padding that was their fault.
                    continue
                yield pytest.param(keys, case, id=f"{path.stem[11:-5]}-{case['tcId']}-{case['comment']}")
    for path in sorted(CONFORMANCE.glob("jose_cookbook_jws_*_hs256.json")):
        recipe = json.loads(path.read_text())
        case = {"jws": recipe["output"]["compact"], "result": "valid"}
        yield pytest.param([recipe["input"]["key"]], case, id=path.stem)


VECTORS = list(vectors()) or [
    pytest.param([], {}, marks=pytest.mark.skip(reason="VOICE2TASK_DATA names no data"))
]


def secret_of(key: JSON) -> bytes:
    """What a confused verification would take for the secret."""
    return unbase64url(next(key[name] for name in ("k", "n", "x") if name in key))


def signature_stands(monkeypatch: pytest.MonkeyPatch, token: str, secret: bytes) -> bool:
    """Whether our verification gets as far as to the payload, which in the vectors is not what we sign."""
    backend = TokenBackend("HS256", signing_key=secret)  # type: ignore[arg-type]
    for kind in (tokens.AccessToken, tokens.RefreshToken):
        monkeypatch.setattr(kind, "_token_backend", backend)
    with pytest.raises((TokenInvalid, InvalidKeyError)):
        read_refresh(token)
    with pytest.raises((TokenInvalid, InvalidKeyError)) as refused:
        read_access(token)
    reason: BaseException | None = refused.value
    while reason is not None and not isinstance(reason, TokenBackendError):
        reason = reason.__cause__
    return reason is not None and "Invalid payload string" in str(reason.__cause__)


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(("keys", "case"), VECTORS)
def test_a_vector_is_judged_as_it_says(monkeypatch: pytest.MonkeyPatch, keys: list[JSON], case: JSON) -> None:
    for key in keys:
        secret = secret_of(key)
        stands = signature_stands(monkeypatch, case["jws"], secret)
        if case["result"] == "valid":
            # By the one algorithm that is ours, and by the right one of several keys.
            assert not stands or key.get("alg") == "HS256"
        else:
            assert not stands or is_no_key_of_ours(key, case)
    if case["result"] == "valid" and keys[0].get("alg") == "HS256" and is_base64url(case["jws"]):
        assert signature_stands(monkeypatch, case["jws"], secret_of(keys[0]))


def test_production_has_no_such_key() -> None:
    assert MIN_SECRET_LENGTH > HASH_BYTES


def is_no_key_of_ours(key: JSON, case: JSON) -> bool:
    """Right signatures whose fault is the key: shorter than the hash (RFC 7518, 3.2), made for something
    else, or one of an ambiguous set."""
    return len(secret_of(key)) < HASH_BYTES or key["alg"] != "HS256" or "Ambiguous" in case["flags"]


def is_base64url(token: str) -> bool:
    """Some vectors call valid what RFC 7515 does not: we refuse other characters."""
    return re.fullmatch(r"[\w.-]+", token, re.ASCII) is not None
