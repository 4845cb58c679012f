"""A real PostgreSQL for tests: started when a test first asks for one, a ledger of its own for every test, gone with the session."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

PASSWORD = "a pass/word:with@marks"
_UNPRIVILEGED = ("postgres", "nobody")  # a server refuses to run as root
_START = 60.0  # seconds
_HBA = "local all locked scram-sha-256\nlocal all all trust\n"
_SETTINGS = (
    "listen_addresses=", "fsync=off", "shared_buffers=64MB", "max_connections=60", "log_min_messages=fatal", "lc_messages=C",
)  # fmt: skip


class PostgresServer:
    """A server in a folder of its own, reached over a socket in it."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self.folder = programs, folder
        self._user = next((name for name in _UNPRIVILEGED if _is_user(name)), None) if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None
        self._schemas = count(1)
        if self._user:
            shutil.chown(folder, self._user)
        options = ["--username=owner", "--encoding=UTF8", "--auth=trust", "--no-sync", "--locale=C.UTF-8"]
        if "--locale-provider" in self._run("initdb", "--help"):
            # Sorted as people do: the order of a ledger must not depend on it.
            options += ["--locale-provider=icu", "--icu-locale=en"]
        self._run("initdb", "-D", str(folder / "data"), *options)
        (folder / "data" / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
        self.start()
        self.sql(f"CREATE ROLE locked LOGIN PASSWORD '{PASSWORD}'; GRANT CREATE ON DATABASE postgres TO locked")

    def address(self, *, user: str = "owner", schema: str = "", password: str = "", database: str = "postgres") -> str:
        """An address of a ledger, a new one when no schema is named."""
        query = {"host": str(self.folder), "schema": schema or f"t{next(self._schemas)}"}
        return f"postgresql://{user}{':' + password if password else ''}@/{database}?{urlencode(query)}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [self._programs / "postgres", "-D", str(self.folder / "data"), "-k", str(self.folder)]
        for setting in _SETTINGS:
            command += ["-c", setting]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._as_user())
        until = time.monotonic() + _START
        ready = [self._programs / "pg_isready", "-q", "-h", str(self.folder)]
        while subprocess.run(ready, check=False).returncode:
            assert self._process.poll() is None, (self.folder / "log").read_text(encoding="utf-8")[-2000:]
            assert time.monotonic() < until, "PostgreSQL does not answer"
            time.sleep(0.02)

    def stop(self, *, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT hangs up on everybody, SIGQUIT is a crash."""
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait()

    def sql(self, statements: str, database: str = "postgres") -> str:
        """What `psql` answers."""
        command = [self._programs / "psql", "-h", str(self.folder), "-U", "owner", "-d", database, "-Atq", "-v", "ON_ERROR_STOP=1"]  # fmt: skip
        run = subprocess.run(command, input=statements, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def _run(self, program: str, *words: str) -> str:
        run = subprocess.run(
            [self._programs / program, *words], capture_output=True, text=True, check=False, **self._as_user()
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    def _as_user(self) -> dict[str, object]:
        groups = {"group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []} if self._user else {}
        return {"user": self._user, "cwd": self.folder, **groups}


def quoted(text: str) -> str:
    """As it is written in an address."""
    return quote(text, safe="")


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _programs() -> Path | None:
    """The folder of the server's programs; Debian keeps it off the path."""
    found = shutil.which("postgres")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    return next((f for f in folders if all((f / name).exists() for name in ("postgres", "initdb", "psql"))), None)


def running_server() -> Iterator[PostgresServer]:
    """A server for the session; skips where there is none, and fails where a skip would go unseen."""
    programs = _programs()
    missing = "there is no PostgreSQL here; install it: apt-get install postgresql" if programs is None else ""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        missing = missing or "psycopg is not installed: pip install 'ondit[postgres]'"
    if missing:
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    assert programs is not None
    # Not pytest's folder: the path of a socket is short, and others must be able to enter.
    with tempfile.TemporaryDirectory(prefix="ondit-pg-", ignore_cleanup_errors=True) as name:
        server = PostgresServer(programs, Path(name))
        try:
            yield server
        finally:
            server.stop(how=signal.SIGQUIT)
