"""Deleting the sound of recordings."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from conversations.capture_models import Capture, capture_storage


def delete_files(capture_ids: Iterable[UUID]) -> None:
    """Delete the files of captures whose audio is to go, then forget their names.

    Whoever dies in between leaves something to sweep.
    """
    for capture in Capture.objects.leftover_files().filter(id__in=capture_ids):
        capture_storage().delete(str(capture.audio.name))
        Capture.objects.filter(id=capture.id).update(audio="")
