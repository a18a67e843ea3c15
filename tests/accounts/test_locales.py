from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.locales import canonical_language, validate_language, validate_timezone


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("en", "en"),
        ("DE-ch", "de-CH"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-ROZAJ-biske", "sl-rozaj-biske"),
        ("de-1901", "de-1901"),
    ],
)
def test_tags_are_kept_in_their_recommended_case(tag, canonical):
    validate_language(tag)
    assert canonical_language(tag) == canonical


@pytest.mark.parametrize("tag", ["", "e", "english", "en_US", "en-", "de-c", "dé", "en US", "en\n"])
def test_what_is_no_tag_is_refused(tag):
    with pytest.raises(ValidationError):
        validate_language(tag)
    with pytest.raises(ValueError, match="not a language tag"):
        canonical_language(tag)


@pytest.mark.parametrize("zone", ["", "CEST", "europe/berlin", "../etc/passwd", "UTC+2"])
def test_what_is_no_zone_is_refused(zone):
    with pytest.raises(ValidationError):
        validate_timezone(zone)
    validate_timezone("Europe/Berlin")
