"""How the OpenAPI schema and its errors are made."""

from __future__ import annotations

SPECTACULAR_SETTINGS = {
    "TITLE": "Voice2Task",
    "DESCRIPTION": "Say a sentence; an agent turns it into tasks and shows every step.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums"],
    "ENUM_NAME_OVERRIDES": {
        "SubtasksOnCompleteEnum": "accounts.models.SubtasksOnComplete.choices",
        "TaskStatusEnum": "tasks.models.Task.Status",
        "ImportStatusEnum": "voice2task.transfer.models.Import.Status",
        "TurnStatusEnum": "conversations.models.Turn.Status",
        "RunStatusEnum": "integrations.models.WorkflowRun.Status",
        "WebhookStatusEnum": "integrations.models.WebhookEndpoint.Status",
        "DeliveryStatusEnum": "integrations.models.Delivery.Status",
    },
}

DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "voice2task.kernel.error_responses.ErrorHandler",
}
