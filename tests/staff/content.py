"""What users say and write, field by field: the list against which every page of the admin is held."""

CONTENT = {
    "Activity": {"before", "after"},
    "Notification": {"title", "body", "data"},
    "Conversation": {"title"},
    "Message": {"text", "voice"},
    "TurnStep": {"text", "tool_calls", "result", "unsupported"},
    "Approval": {"arguments", "preview", "edited"},
    "LLMRequest": {"body", "error_message"},
    "Memory": {"text"},
    "Capture": {"text", "heard"},
    "TaskList": {"name"},
    "Label": {"name"},
    "Task": {"title", "notes"},
    "Word": {"word"},
    "Import": {"list_name", "report", "error_message"},
    "WorkflowRun": {"input", "output", "late_output", "error_message"},
    "WebhookEndpoint": {"url", "description"},
    "Delivery": {"body"},
    "DeliveryAttempt": {"url", "request_headers", "request_body", "response_body", "error_message"},
}

# Secrets, which nobody is shown: not even those who may see everything else.
SECRETS = {"PushSubscription": {"endpoint", "p256dh", "auth"}}
