"""Sockets, and in the embedded stack REST as well; `voice2task.socket_server` serves it."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")

http = get_asgi_application()

# These need the apps that the line above loads.
from conversations.consumers import ClientConsumer  # noqa: E402
from voice2task.draining import Requests  # noqa: E402
from voice2task.kernel.body_limit import BodyLimit  # noqa: E402

requests = Requests(BodyLimit(http))
application = ProtocolTypeRouter(
    {"http": requests, "websocket": URLRouter([path("ws/v1/", ClientConsumer.as_asgi())])}
)
