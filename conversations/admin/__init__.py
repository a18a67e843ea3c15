"""Conversations as staff see them: every step, every request to a model; services as actions."""

from conversations.admin import captures, records, turns

__all__ = ["captures", "records", "turns"]
