"""What an API token may be used for. A login may do everything that its user may."""

from __future__ import annotations

from django.db import models

from voice2task.kernel.errors import PermissionRefused


class Scope(models.TextChoices):
    """None contains another: who needs two asks for two."""

    READ = "read", "Read everything, and receive on the WebSocket"
    WRITE = "write", "Change tasks, lists, preferences and what else is not the agent's"
    AGENT = "agent", "Talk to the agent: messages, recordings, turns, approvals"
    ADMIN = "admin", "What only staff may: metrics"


class ScopeMissing(PermissionRefused):
    """The token was made for other things."""

    code = "scope_missing"
    message = "The token does not have the scope that this needs."


class LoginRequired(PermissionRefused):
    """Whatever its scopes, a token may not do this: it would outlive its own end, or take the account."""

    code = "login_required"
    message = "No API token may do this; log in with your password."
