"""Sockets, and in the embedded stack REST as well, by daphne."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")

http = get_asgi_application()

from conversations.consumers import ClientConsumer  # noqa: E402 - needs the apps that the line above loads
from voice2task.kernel.body_limit import BodyLimit  # noqa: E402

application = ProtocolTypeRouter(
    {"http": BodyLimit(http), "websocket": URLRouter([path("ws/v1/", ClientConsumer.as_asgi())])}
)
