from django.urls import path

from conversations.api.views import (
    ConversationListView,
    ConversationView,
    MessageListView,
    MessagePostView,
    TurnView,
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
    path("turns/<uuid:turn_id>/", TurnView.as_view(), name="turn"),
]
