"""`ondit serve` from the command line, and what the page about the desk says to type."""

import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from ondit.cli import main
from ondit.web.safety.users import Role, add_user
from tests.web.desks import ledger_at

PAGE = Path(__file__).parents[2] / "docs/how-to/desk.md"
COMMANDS = re.findall(r"^\$ ondit (serve.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
PASSWORD = "a long enough secret\n"


def start(folder: Path, *words: str) -> tuple[subprocess.Popen[str], str]:
    """The program, and the address it tells."""
    command = [sys.executable, "-m", "ondit", *words]
    if "--port" not in words:
        command += ["--port", "0"]
    environment = {**os.environ, "ONDIT_LEDGER": str(folder / "test.ledger"), "PYTHONUNBUFFERED": "1"}
    program = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    line = program.stdout.readline()
    address = re.search(r"https?://\S+/", line)
    return program, address.group() if address else line


def stop(program: subprocess.Popen[str]) -> str:
    program.send_signal(signal.SIGINT)
    return program.communicate(timeout=20)[0]


def certificate(folder: Path) -> None:
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-keyout", "desk.key", "-out", "desk.pem"],
            cwd=folder, check=True, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("openssl is not installed")


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) >= 4


@pytest.mark.parametrize("command", COMMANDS)
def test_what_the_page_says_works(tmp_path: Path, command: str) -> None:
    ledger_at(tmp_path)
    if "--certificate" in command:
        certificate(tmp_path)
    if "--users" in command:
        add_user(tmp_path / "users.toml", "olga", Role.OWNER, PASSWORD.strip())
    if "--add-user" in command:
        run = subprocess.run(
            [sys.executable, "-m", "ondit", *shlex.split(command)],
            cwd=tmp_path,
            input=PASSWORD,
            text=True,
            capture_output=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert "rex is a reviewer" in run.stdout
        assert "scrypt$" in (tmp_path / "users.toml").read_text(encoding="utf-8")
        return
    program, address = start(tmp_path, *shlex.split(command))
    try:
        assert address.startswith("https://" if "--certificate" in command else "http://"), address
        if address.startswith("http://"):
            here = address.replace("0.0.0.0", "127.0.0.1")
            with urllib.request.urlopen(here, timeout=10) as answer:
                assert answer.status == 200
                assert ("/enter" in answer.url) is ("--token" in command or "--users" in command)
    finally:
        stop(program)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--host", "0.0.0.0"], 2, "--token"),
        (["--users", "none.toml"], 2, "--add-user"),
        (["--add-user", "x"], 2, "--users"),
        (["--ledger", "none.ledger"], 4, "there is no ledger"),
        (["--port", "99999"], 2, "--port"),
        (["--host", "no.such.host.invalid", "--token", "t"], 2, "--host"),
    ],
)  # fmt: skip
def test_what_cannot_be_served_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    told: str,
) -> None:
    ledger_at(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONDIT_LEDGER", "test.ledger")
    assert main(["serve", *words]) == code
    assert told in capsys.readouterr().err
