"""Finds what a reply claims to have done, and holds it against what was done."""

from conversations.agent.claims.check import Receipt, unsupported_claims

__all__ = ["Receipt", "unsupported_claims"]
