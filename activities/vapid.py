"""The key with which this server signs what it sends to push services (VAPID, RFC 8292).

It is what browsers subscribe to: with another key, every subscription is void. So it is made once and kept in
`VAR_DIR`, or given by the setting `VAPID_PRIVATE_KEY` to all machines alike.
"""

from __future__ import annotations

import os
import secrets
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

FILE = "vapid_private_key"
SCALAR_BYTES = 32


@lru_cache(maxsize=1)
def signer() -> Vapid02:
    """The key, made when it is asked for the first time."""
    key: Vapid02 = Vapid02.from_string(settings.VAPID_PRIVATE_KEY or kept_key(settings.VAR_DIR / FILE))
    return key


def public_key() -> str:
    """What a browser takes as `applicationServerKey`: the uncompressed point in URL-safe base64."""
    point = signer().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return str(b64urlencode(point))


def contact() -> str:
    """Whom a push service may write to about what this server sends."""
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def kept_key(path: Path) -> str:
    """The private key at `path`, made on first use and readable by its owner only.

    Several processes may ask at once: one makes it, and none ever sees half of it.
    """
    if not path.exists():
        made = Vapid02()
        made.generate_keys()
        number = made.private_key.private_numbers().private_value
        part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        part.touch(mode=0o600)
        part.write_text(str(b64urlencode(number.to_bytes(SCALAR_BYTES, "big"))), encoding="ascii")
        try:
            os.link(part, path)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text(encoding="ascii")
