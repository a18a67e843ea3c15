"""The secret address of a user's calendar feed: made, renewed, revoked, and looked up by its secret."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from accounts.actors import Actor
from activities.services import Entry
from tasks.models import CalendarFeed
from tasks.representation import moment
from tasks.services.workspace import open_workspace
from voice2task.kernel.errors import NotFound

SECRET_BYTES = 32


class FeedNotFound(NotFound):
    code = "feed_not_found"
    message = "There is no such feed."


def renew_feed(*, actor: Actor, now: datetime) -> str:
    """Give the feed a new secret, making the feed if there is none; a former secret opens nothing any more.

    Returns the secret, which is kept nowhere.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with open_workspace(actor, now) as workspace:
        CalendarFeed.objects.update_or_create(
            user_id=actor.user_id, defaults={"digest": _digest(secret), "created_at": now}
        )
        workspace.entries.append(
            Entry("feed.renewed", "feed", actor.user_id, after={"created_at": moment(now)})
        )
    return secret


def revoke_feed(*, actor: Actor, now: datetime) -> None:
    """
    Raises:
        FeedNotFound: there is none.
    """
    with open_workspace(actor, now) as workspace:
        deleted, _ = CalendarFeed.objects.filter(user_id=actor.user_id).delete()
        if not deleted:
            raise FeedNotFound
        workspace.entries.append(Entry("feed.revoked", "feed", actor.user_id))


def feed_of_secret(secret: str) -> CalendarFeed:
    """The feed that a secret opens, with its user.

    Raises:
        FeedNotFound: none, or that of a user who may not log in.
    """
    feeds = CalendarFeed.objects.select_related("user").filter(user__is_active=True)
    feed = feeds.filter(digest=_digest(secret)).first()
    if feed is None:
        raise FeedNotFound
    return feed


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
