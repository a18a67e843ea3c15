"""Recording what happens, and telling users of it."""

from activities.services.deliveries import (
    DELIVER_JOB,
    Outcome,
    claim_delivery,
    finish_delivery,
    sweep_deliveries,
)
from activities.services.notifications import (
    NOTIFY_JOB,
    NotificationNotFound,
    delete_notification,
    expire_notifications,
    notify,
    read_all_notifications,
    read_notification,
)
from activities.services.recording import (
    FIRST_SWEEP_AFTER,
    SWEEP_AGAIN_AFTER,
    Entry,
    Recording,
    StreamNotHeld,
    lock_stream,
    lock_streams,
    observed_entries,
    record,
    record_all,
    record_for_many,
    sweep_outbox,
)
from activities.services.subscriptions import (
    EndpointRefused,
    SubscriptionNotFound,
    subscribe,
    unsubscribe,
)

__all__ = [
    "DELIVER_JOB",
    "FIRST_SWEEP_AFTER",
    "NOTIFY_JOB",
    "SWEEP_AGAIN_AFTER",
    "EndpointRefused",
    "Entry",
    "NotificationNotFound",
    "Outcome",
    "Recording",
    "StreamNotHeld",
    "SubscriptionNotFound",
    "claim_delivery",
    "delete_notification",
    "expire_notifications",
    "finish_delivery",
    "lock_stream",
    "lock_streams",
    "notify",
    "observed_entries",
    "read_all_notifications",
    "read_notification",
    "record",
    "record_all",
    "record_for_many",
    "subscribe",
    "sweep_deliveries",
    "sweep_outbox",
    "unsubscribe",
]
