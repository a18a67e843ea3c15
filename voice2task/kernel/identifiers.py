"""Primary keys: UUIDs whose order is the order of creation (RFC 9562, version 7)."""

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """A new time-ordered identifier."""
    return _uuid7()


def first_uuid7_at(moment: datetime) -> UUID:
    """The least identifier that can have been made at this moment: what was made since is not less."""
    return UUID(int=(int(moment.timestamp() * 1000) << 80) | (0x7 << 76) | (0x2 << 62))
