"""Where files are kept, named by a URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def storage_at(url: str, folder: Path) -> dict[str, Any]:
    """An entry of Django's `STORAGES`: the bucket at `url`, or `folder` on the disk if it is empty."""
    if options := parse_storage_url(url):
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    disk = {"location": folder, "file_permissions_mode": 0o600}
    return {"BACKEND": "voice2task.kernel.storage.DurableFileStorage", "OPTIONS": disk}


def parse_storage_url(url: str) -> dict[str, Any]:
    """Read `s3://[key:secret@]bucket[/folder][?endpoint=https://…&region=…]`; empty is the disk: {}.

    Without a key, credentials are found as by every client of S3: in its variables, its files or the machine.

    Raises:
        ValueError: another scheme, or no bucket.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise ValueError("must be empty or s3://[key:secret@]bucket[/folder][?endpoint=…&region=…]")
    query = dict(parse_qsl(parts.query))
    options = {
        "bucket_name": parts.hostname,
        "location": parts.path.strip("/"),
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": query.pop("endpoint", ""),
        "region_name": query.pop("region", ""),
    }
    if query:
        raise ValueError(f"knows endpoint and region, not {', '.join(query)}")
    return {name: value for name, value in options.items() if value} | {"file_overwrite": False}
