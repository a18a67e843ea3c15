from django.urls import path

from conversations.api.capture_views import (
    CaptureAudioView,
    CaptureListView,
    CaptureRetryView,
    CaptureTranscriptView,
    CaptureView,
)
from conversations.api.spending_views import SpendingView
from conversations.api.turn_views import (
    AllowedToolListView,
    AllowedToolView,
    ApprovalAnswerView,
    ApprovalListView,
    ApprovalView,
    MemoryListView,
    MemoryView,
    TurnRetryView,
    TurnStopView,
    TurnUndoView,
    TurnView,
)
from conversations.api.understand_views import UnderstandView
from conversations.api.views import (
    ConversationListView,
    ConversationView,
    MessageListView,
    MessagePostView,
)

urlpatterns = [
    path("messages/", MessagePostView.as_view(), name="messages"),
    path("conversations/", ConversationListView.as_view(), name="conversations"),
    path("conversations/<uuid:conversation_id>/", ConversationView.as_view(), name="conversation"),
    path(
        "conversations/<uuid:conversation_id>/messages/",
        MessageListView.as_view(),
        name="conversation-messages",
    ),
    path("captures/", CaptureListView.as_view(), name="captures"),
    path("captures/<uuid:capture_id>/", CaptureView.as_view(), name="capture"),
    path("captures/<uuid:capture_id>/audio/", CaptureAudioView.as_view(), name="capture-audio"),
    path("captures/<uuid:capture_id>/retry/", CaptureRetryView.as_view(), name="capture-retry"),
    path(
        "captures/<uuid:capture_id>/transcript/", CaptureTranscriptView.as_view(), name="capture-transcript"
    ),
    path("turns/<uuid:turn_id>/", TurnView.as_view(), name="turn"),
    path("turns/<uuid:turn_id>/stop/", TurnStopView.as_view(), name="turn-stop"),
    path("turns/<uuid:turn_id>/retry/", TurnRetryView.as_view(), name="turn-retry"),
    path("turns/<uuid:turn_id>/undo/", TurnUndoView.as_view(), name="turn-undo"),
    path("understand/", UnderstandView.as_view(), name="understand"),
    path("spending/", SpendingView.as_view(), name="spending"),
    path("memories/", MemoryListView.as_view(), name="memories"),
    path("memories/<uuid:memory_id>/", MemoryView.as_view(), name="memory"),
    path("approvals/", ApprovalListView.as_view(), name="approvals"),
    path("approvals/<uuid:approval_id>/", ApprovalView.as_view(), name="approval"),
    path("approvals/<uuid:approval_id>/answer/", ApprovalAnswerView.as_view(), name="approval-answer"),
    path("allowed-tools/", AllowedToolListView.as_view(), name="allowed-tools"),
    path("allowed-tools/<slug:tool>/", AllowedToolView.as_view(), name="allowed-tool"),
]
