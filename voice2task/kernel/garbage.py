"""Python's cyclic garbage collector in processes that live long and hold much."""

from __future__ import annotations

import gc

# Python's own 700 is reached several times a second by a worker that streams, and each collection walks over
# all replies under way.
YOUNG_OBJECTS = 20_000
GENERATIONS = 20


def collect_seldom() -> None:
    """Call it when everything is imported: that is never looked at again, and the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, GENERATIONS, GENERATIONS)
