"""The product's settings with one exchange: replies come at the pace of a model."""

import os

from voice2task.settings import *  # noqa: F403 - this is what a settings module of this kind is
from voice2task.settings import LLM_PROVIDERS as PRODUCT_PROVIDERS

LLM_PROVIDERS = {**PRODUCT_PROVIDERS, "paced": "tests.faults.paced_provider.PacedProvider"}
LLM_PROVIDER_CHAIN = ["paced"]
PACE_SECONDS = float(os.environ.get("PACE_SECONDS", "0.03"))
