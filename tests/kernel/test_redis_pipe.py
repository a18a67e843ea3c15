"""The bare connection: answers in order, errors where they belong, silence noticed, losses survived."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from tests.certificates import make_certificate
from voice2task.kernel import redis_pipe as pipes
from voice2task.kernel.redis import push_client
from voice2task.kernel.redis_pipe import LuaScript, RedisPipe

DOUBLE = LuaScript("return {KEYS[1], ARGV[1] * 2}")


@pytest.fixture
async def pipe(empty_redis: None) -> AsyncIterator[RedisPipe]:
    made = RedisPipe()
    yield made
    made.close()


async def test_each_gets_its_own_answer(pipe: RedisPipe):
    answers = await asyncio.gather(*(pipe.ask("ECHO", str(number)) for number in range(200)))
    assert answers == [str(number).encode() for number in range(200)]


async def test_an_error_is_raised_where_it_was_asked_for(pipe: RedisPipe):
    good, bad, also_good = (
        asyncio.create_task(pipe.ask(*command))
        for command in (("SET", "a", 1), ("LPUSH", "a", "x"), ("GET", "a"))
    )
    assert await good == b"OK"
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        await bad
    assert await also_good == b"1"


async def test_whoever_does_not_wait_any_more_disturbs_nobody(pipe: RedisPipe):
    await pipe.ask("PING")
    given_up, waiting = (asyncio.create_task(pipe.ask("ECHO", text)) for text in ("one", "two"))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await waiting == b"two"


async def test_a_script_is_run_whether_or_not_redis_has_seen_it(pipe: RedisPipe):
    push_client().script_flush()
    assert await pipe.run(DOUBLE, 1, "key", 21) == [b"key", 42]
    assert push_client().script_exists(DOUBLE.sha) == [True]
    assert await pipe.run(DOUBLE, 1, "key", 4) == [b"key", 8]
    with pytest.raises(ResponseError, match="attempt to perform arithmetic"):
        await pipe.run(DOUBLE, 1, "key", "x")


async def test_after_a_loss_it_connects_again(pipe: RedisPipe):
    number = await pipe.ask("CLIENT", "ID")
    blocked = asyncio.create_task(pipe.ask("BLPOP", "nothing", 0))
    await asyncio.sleep(0)
    push_client().client_kill_filter(_id=number)
    with pytest.raises((RedisConnectionError, OSError)):
        await blocked
    assert await pipe.ask("CLIENT", "ID") > number


async def test_a_redis_that_says_nothing_is_away(pipe: RedisPipe, monkeypatch: pytest.MonkeyPatch):
    await pipe.ask("PING")
    monkeypatch.setattr(pipes, "LOOP_TIMEOUT_SECONDS", 0.1)
    # The first answers in time, the second does not, and what waits behind it cannot be answered either.
    quick = asyncio.create_task(pipe.ask("PING"))
    silent = asyncio.create_task(pipe.ask("BLPOP", "nothing", 0))
    behind = asyncio.create_task(pipe.ask("PING"))
    assert await quick == b"PONG"
    with pytest.raises(TimeoutError):
        await silent
    with pytest.raises(TimeoutError):
        await behind
    assert await pipe.ask("PING") == b"PONG"


async def test_nobody_there(pipe: RedisPipe, settings: LazySettings, tmp_path: Path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    with pytest.raises(OSError, match="No such file"):
        await pipe.ask("PING")


async def test_it_logs_in_and_takes_its_database(pipe: RedisPipe, settings: LazySettings):
    push_client().execute_command("ACL", "SETUSER", "piper", "on", ">let me in", "~*", "&*", "+@all")
    place = settings.REDIS_URL.removeprefix("unix://").partition("?")[0]
    settings.REDIS_URL = f"unix://piper:let%20me%20in@{place}?db=3"
    try:
        assert await pipe.ask("ACL", "WHOAMI") == b"piper"
        assert b"db=3" in await pipe.ask("CLIENT", "INFO")
        pipe.close()
        settings.REDIS_URL = f"unix://piper:wrong@{place}"
        with pytest.raises(ResponseError, match="WRONGPASS"):
            await pipe.ask("PING")
    finally:
        push_client().execute_command("ACL", "DELUSER", "piper")


async def test_over_tls_it_checks_whom_it_talks_to(pipe: RedisPipe, settings: LazySettings, tmp_path: Path):
    certificate = make_certificate(tmp_path, "127.0.0.1")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.chain, certificate.key)
    server = await asyncio.start_server(_pong, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    async with server:
        settings.REDIS_URL = f"rediss://127.0.0.1:{port}?ssl_ca_certs={certificate.chain}"
        assert await pipe.ask("PING") == b"PONG"
        pipe.close()
        stranger = RedisPipe()
        settings.REDIS_URL = f"rediss://127.0.0.1:{port}"
        with pytest.raises(ssl.SSLCertVerificationError):
            await stranger.ask("PING")


async def _pong(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A Redis that knows one answer."""
    while await _read_some(reader):
        writer.write(b"+PONG\r\n")
        await writer.drain()
    writer.close()


async def _read_some(reader: asyncio.StreamReader) -> Any:
    try:
        return await reader.read(1024)
    except ConnectionError:
        return b""
