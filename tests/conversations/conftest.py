"""What tests of the WebSocket share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from voice2task.kernel.realtime import hub
from voice2task.kernel.redis import loop_client


@pytest.fixture
async def _closed_loop_connections() -> AsyncIterator[None]:
    yield
    await hub().close()
    await loop_client().aclose()
