"""Which providers answer, in the order in which they are asked."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from integrations.llm.base import Provider


@lru_cache(maxsize=1)
def providers() -> tuple[Provider, ...]:
    """One instance of each provider of the chain, for the life of the process."""
    return tuple(import_string(settings.LLM_PROVIDERS[name])() for name in settings.LLM_PROVIDER_CHAIN)
