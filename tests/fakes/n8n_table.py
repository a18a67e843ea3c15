"""What a real n8n answers, case by case, as it was measured; for tests without one."""

from __future__ import annotations

from tests.integrations.receiver import Reply

_TEXT = {"Content-Type": "text/html; charset=utf-8"}
_NOT_REGISTERED = {"code": 404, "message": 'The requested webhook "POST x" is not registered.'}

N8N_ANSWERS: dict[str, Reply] = {
    "answers": Reply({"ok": True, "execution_id": "7"}),
    "accepts": Reply({"accepted": True, "execution_id": "8"}, status=202),
    "wrong token": Reply(status=403, raw=b"Authorization data is wrong!", headers=_TEXT),
    "invalid json": Reply({"code": 0, "message": "Failed to parse request body"}, status=422),
    "a node throws": Reply({"message": "Error in workflow"}, status=500),
    "answer never reached": Reply(raw=b""),
    "its own time is over": Reply({"code": 0, "message": "The execution timed out"}, status=500),
    "not registered": Reply(_NOT_REGISTERED, status=404),
    "starting up": Reply(raw=b"n8n is starting up. Please wait", headers=_TEXT),
    "just started": Reply(status=404, raw=b"<!DOCTYPE html><pre>Cannot POST /webhook/x</pre>", headers=_TEXT),
    # And what stands before it.
    "proxy without n8n": Reply(status=502, raw=b"<html>Bad Gateway</html>", headers=_TEXT),
    "unavailable": Reply(status=503, headers={"Retry-After": "7"}),
    "too slow for the proxy": Reply(status=504),
    "too many": Reply(status=429, headers={"Retry-After": "9"}),
    "bad request": Reply(status=400),
    "unauthorized": Reply(status=401),
    "conflict": Reply(status=409),
    "gone": Reply(status=410),
    "moved": Reply(status=302, headers={"Location": "http://169.254.169.254/"}),
    "an array": Reply([1, 2]),
    "too large": Reply(raw=b'"' + b"x" * 1_100_000 + b'"'),
}
