"""The sidebar, in groups and as far as whoever asks may see it, and the menu of one's own account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

# Group -> (title, icon, a model as "app.model" or the name of a page).
GROUPS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "": (
        ("Dashboard", "monitoring", "admin:index"),
        ("Health", "vital_signs", "staff-health"),
        ("Prices", "sell", "staff-prices"),
    ),
    "People": (
        ("Users", "person", "accounts.user"),
        ("Logins", "devices", "accounts.login"),
        ("API tokens", "key", "accounts.apitoken"),
        ("Second factors", "phonelink_lock", "accounts.secondfactor"),
        ("Budgets", "account_balance_wallet", "accounts.budget"),
        ("Spending", "payments", "accounts.spending"),
    ),
    "Conversations": (
        ("Turns", "forum", "conversations.turn"),
        ("Conversations", "chat", "conversations.conversation"),
        ("Messages", "chat_bubble", "conversations.message"),
        ("Recordings", "mic", "conversations.capture"),
        ("Approvals", "approval", "conversations.approval"),
        ("Allowed tools", "build", "conversations.allowedtool"),
        ("LLM requests", "neurology", "conversations.llmrequest"),
        ("Steps", "footprint", "conversations.turnstep"),
        ("Memories", "psychology", "conversations.memory"),
    ),
    "Tasks": (
        ("Tasks", "task_alt", "tasks.task"),
        ("Lists", "list", "tasks.tasklist"),
        ("Labels", "label", "tasks.label"),
        ("Reminders", "alarm", "tasks.reminder"),
        ("Calendar feeds", "calendar_month", "tasks.calendarfeed"),
        ("Imports", "upload", "transfer.import"),
    ),
    "Outside": (
        ("Workflows", "account_tree", "integrations.workflow"),
        ("Runs", "play_circle", "integrations.workflowrun"),
        ("Webhooks", "webhook", "integrations.webhookendpoint"),
        ("Deliveries", "local_shipping", "integrations.delivery"),
        ("Delivery attempts", "outgoing_mail", "integrations.deliveryattempt"),
        ("Notifications", "notifications", "activities.notification"),
        ("Notices sent", "send", "activities.notificationdelivery"),
        ("Push subscriptions", "phonelink_ring", "activities.pushsubscription"),
    ),
    "Record": (
        ("Activities", "history", "activities.activity"),
        ("Streams", "format_list_numbered", "activities.userstream"),
        ("Outbox", "outbox", "activities.outbox"),
    ),
}


def groups(request: HttpRequest) -> list[dict[str, Any]]:
    """Unfold's `SIDEBAR["navigation"]`."""
    shown = []
    for title, rows in GROUPS.items():
        items = [_item(*row) for row in rows if _may_see(request, row[2])]
        if items:
            shown.append({"title": title, "separator": bool(title), "items": items})
    return shown


def account(request: HttpRequest) -> list[dict[str, Any]]:
    """Unfold's `ACCOUNT["navigation"]`: what each of the staff does about themselves."""
    return [
        {"title": "Change password", "link": reverse("admin:password_change")},
        {"title": "Second factor", "link": reverse("second-factor")},
    ]


def _item(title: str, icon: str, target: str) -> dict[str, Any]:
    return {"title": title, "icon": icon, "link": _address(target)}


def _address(target: str) -> str:
    if "." in target:
        return reverse(f"admin:{target.replace('.', '_')}_changelist")
    return reverse(target)


def _may_see(request: HttpRequest, target: str) -> bool:
    if "." not in target:
        return True
    app, _, model = target.partition(".")
    return request.user.has_perm(f"{app}.view_{model}")
