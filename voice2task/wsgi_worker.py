"""A worker of gunicorn that leaves no request without an answer when it ends."""

from __future__ import annotations

import threading
from types import FrameType

from django.conf import settings
from gunicorn.workers.gthread import ThreadWorker

from voice2task.kernel.draining import begin_draining, is_draining


class DrainingWorker(ThreadWorker):
    """Threads. On SIGTERM the health checks say no, and for `DRAIN_SECONDS` all else goes on, until the proxy
    has noticed; gunicorn then finishes what is in flight and answers what still comes on kept connections.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if is_draining():
            return
        begin_draining()
        leave = threading.Timer(settings.DRAIN_SECONDS, super().handle_exit, (sig, frame))
        leave.daemon = True
        leave.start()

    def set_accept_enabled(self, enabled: bool) -> None:
        """At its end, refuse instead of leaving connections in a queue that nobody will look at again: who is
        refused can go elsewhere, whatever he was about to ask.
        """
        super().set_accept_enabled(enabled)
        if not self.alive and not enabled:
            for listener in self.sockets:
                self.accept(listener)
                listener.close()
