"""What lies outside, and how it reaches this site."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from pydantic import field_validator

from voice2task.env.fields import CommaSeparated
from voice2task.env.place import Place

# This machine and its network, as far as that is private.
NEARBY_NETWORKS = ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]


class Outside(Place):
    OUTBOUND_ALLOWED_NETWORKS: CommaSeparated | None = None
    PUBLIC_URL: str = ""
    N8N_URL: str = ""
    N8N_API_KEY: str = ""

    @field_validator("PUBLIC_URL", "N8N_URL")
    @classmethod
    def _web_addresses(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("begins with http:// or https:// and names a host")
        return value

    @field_validator("OUTBOUND_ALLOWED_NETWORKS")
    @classmethod
    def _networks(cls, value: list[str] | None) -> list[str] | None:
        for network in value or ():
            try:
                ip_network(network)
            except ValueError as error:
                raise ValueError(f"takes networks as 10.0.0.0/8, not {network}") from error
        return value

    @property
    def public_url(self) -> str:
        """Where others reach this site, without a slash at the end."""
        return (self.PUBLIC_URL or f"http://{self.HOST}:{self.PORT}").rstrip("/")

    @property
    def allowed_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks that are not public, and may be reached all the same."""
        named = self.OUTBOUND_ALLOWED_NETWORKS
        if named is None:
            named = [] if self.production else NEARBY_NETWORKS
        return tuple(ip_network(network) for network in named)
