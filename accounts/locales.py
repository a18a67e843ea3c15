"""Timezones and languages as users may name them."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

# RFC 5646, section 2.1: language, script, region, variants. Extensions and private use have no use here.
LANGUAGE_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE | re.ASCII,
)


@lru_cache(maxsize=1)
def timezones() -> frozenset[str]:
    """Every zone of the IANA database. Kept, because finding them walks the file system."""
    return frozenset(available_timezones())


def validate_timezone(value: str) -> None:
    """Refuse what is not a zone of the IANA database."""
    if value not in timezones():
        raise ValidationError("This is not a timezone of the IANA database.", code="timezone_unknown")


def validate_language(value: str) -> None:
    """Refuse what is not a language tag of RFC 5646."""
    if not LANGUAGE_TAG.fullmatch(value):
        raise ValidationError("This is not an IETF language tag.", code="language_invalid")


def canonical_language(tag: str) -> str:
    """A valid tag in the case that RFC 5646, section 2.1.1, recommends: `de-ch` becomes `de-CH`."""
    match = LANGUAGE_TAG.fullmatch(tag)
    if match is None:
        raise ValueError(f"not a language tag: {tag!r}")
    script, region = match["script"], match["region"]
    parts = [match["language"].lower(), script and script.title(), region and region.upper()]
    return "-".join(part for part in parts if part) + match["variants"].lower()
