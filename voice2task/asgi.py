"""Sockets, and in the embedded stack REST as well, by daphne."""

import os
import sys

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")

http = get_asgi_application()

# These need the apps that the line above loads.
from conversations.consumers import ClientConsumer  # noqa: E402
from voice2task.draining import Requests, drain_on_sigterm  # noqa: E402
from voice2task.kernel.body_limit import BodyLimit  # noqa: E402

requests = Requests(BodyLimit(http))
application = ProtocolTypeRouter(
    {"http": requests, "websocket": URLRouter([path("ws/v1/", ClientConsumer.as_asgi())])}
)
# daphne chooses the reactor before it imports this.
if (reactor := sys.modules.get("twisted.internet.reactor")) is not None:
    from voice2task.frame_log import leave_colours_out

    drain_on_sigterm(reactor, requests)
    leave_colours_out()
