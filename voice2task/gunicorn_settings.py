"""How gunicorn serves REST: `gunicorn --config python:voice2task.gunicorn_settings`."""

worker_class = "voice2task.wsgi_worker.DrainingWorker"
# Processes for cores, threads for requests that wait for PostgreSQL. More of both: more containers.
workers = 2
threads = 8
# Longer than the proxy keeps a connection that nobody uses, so that it is never the one who finds it closed.
keepalive = 75
# How long requests in flight may take after DRAIN_SECONDS; docker-compose.yml waits longer than both.
graceful_timeout = 30
timeout = 60
# Its heartbeat is a file: not on a disk that may be slow.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - made with a random name and mode 0600
# No door for commands besides signals.
control_socket_disable = True
