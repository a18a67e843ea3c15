"""Signatures of Standard Webhooks: the specification's own vector, and everything that must not pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from integrations.deliveries.signatures import (
    SignatureInvalid,
    is_secret,
    new_secret,
    signed_headers,
    verify,
)

# From the libraries of the specification (MIT), tests of all languages.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
TIMESTAMP = 1614265330
PAYLOAD = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
BAD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLawdd"
OTHER = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="
NOW = datetime.fromtimestamp(TIMESTAMP, UTC)

HEADERS = {"webhook-id": ID, "webhook-timestamp": str(TIMESTAMP), "webhook-signature": SIGNATURE}


def test_the_vector_is_signed_and_verified() -> None:
    assert signed_headers([SECRET], message_id=ID, body=PAYLOAD.decode(), now=NOW) == HEADERS
    assert verify([SECRET], headers=HEADERS, body=PAYLOAD, now=NOW) == ID
    assert verify([SECRET.removeprefix("whsec_")], headers=HEADERS, body=PAYLOAD, now=NOW) == ID
    named = {name.title(): value for name, value in HEADERS.items()}
    assert verify([SECRET], headers=named, body=PAYLOAD, now=NOW) == ID


@pytest.mark.parametrize(
    "signatures", [f"{OTHER} v1a,abc {SIGNATURE}", f"{SIGNATURE} {BAD}", f"nonsense {SIGNATURE}"]
)
def test_one_right_signature_of_several_is_enough(signatures: str) -> None:
    headers = HEADERS | {"webhook-signature": signatures}
    assert verify([new_secret(), SECRET], headers=headers, body=PAYLOAD, now=NOW) == ID


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook-id": ""},
        {"webhook-id": "msg_another"},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "soon"},
        {"webhook-timestamp": "1614265330.5"},
        {"webhook-timestamp": str(TIMESTAMP - 1)},
        {"webhook-timestamp": "9" * 30},
        {"webhook-signature": ""},
        {"webhook-signature": BAD},
        {"webhook-signature": OTHER},
        {"webhook-signature": SIGNATURE.replace("v1,", "v1a,")},
        {"webhook-signature": SIGNATURE.removeprefix("v1,")},
        {"webhook-signature": "v1,żółć"},
    ],
)
def test_what_is_not_right_does_not_pass(headers: dict[str, str]) -> None:
    with pytest.raises(SignatureInvalid):
        verify([SECRET], headers=HEADERS | headers, body=PAYLOAD, now=NOW)


@pytest.mark.parametrize("body", [PAYLOAD + b" ", b"", b"\xff\xfe", PAYLOAD.replace(b" ", b"")])
def test_another_body_does_not_pass(body: bytes) -> None:
    with pytest.raises(SignatureInvalid):
        verify([SECRET], headers=HEADERS, body=body, now=NOW)


@pytest.mark.parametrize("late", [timedelta(seconds=301), timedelta(seconds=-301), timedelta(days=400)])
def test_what_is_not_from_now_does_not_pass(late: timedelta) -> None:
    with pytest.raises(SignatureInvalid):
        verify([SECRET], headers=HEADERS, body=PAYLOAD, now=NOW + late)
    assert verify([SECRET], headers=HEADERS, body=PAYLOAD, now=NOW + timedelta(seconds=299))


def test_without_a_secret_nothing_passes() -> None:
    for secrets in ([], [new_secret()]):
        with pytest.raises(SignatureInvalid):
            verify(secrets, headers=HEADERS, body=PAYLOAD, now=NOW)


def test_secrets_are_long_printable_and_never_the_same() -> None:
    made = {new_secret() for _ in range(50)}
    assert len(made) == 50
    assert all(map(is_secret, made))
    for weak in ("", "whsec_", "whsec_dGlueQ==", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_###", "secret"):
        assert not is_secret(weak)


def test_during_a_rotation_there_are_two_signatures() -> None:
    old, new = new_secret(), new_secret()
    headers = signed_headers([new, old], message_id="m", body="{}", now=NOW)
    for secret in (old, new):
        assert verify([secret], headers=headers, body=b"{}", now=NOW) == "m"
