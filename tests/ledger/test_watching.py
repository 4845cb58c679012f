"""Folders that change while they are watched."""

import os
from pathlib import Path

import pytest

from ondit.cli import build_parser, main
from ondit.cli.watch import Settling
from ondit.ledger import Ledger
from ondit.ledger.watching import Watch


def touch(path: Path, text: str, at: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))


def test_new_and_changed_files_are_due_once(tmp_path: Path) -> None:
    a, b, hidden = tmp_path / "in/a.txt", tmp_path / "in/deep/b.txt", tmp_path / "in/.part"
    for path in (a, b, hidden, tmp_path / "in/program.py"):
        touch(path, "x", 100)
    watch = Watch((str(tmp_path / "in"), "https://example.org/feed.xml"))
    feed = "https://example.org/feed.xml"
    assert watch.due(200) == [str(a), str(b), feed]
    assert watch.due(201) == [feed]
    touch(a, "xy", 202)
    assert watch.due(202.5) == [feed]  # somebody may still be writing it
    assert watch.due(204) == [str(a), feed]
    a.unlink()
    touch(tmp_path / "in/c.txt", "z", 500)  # from a clock that is wrong
    assert watch.due(300) == [str(tmp_path / "in/c.txt"), feed]


def test_one_look_from_the_command_line(tmp_path: Path, monkeypatch: object, capsys: object) -> None:
    monkeypatch.chdir(tmp_path)  # type: ignore[attr-defined]
    touch(tmp_path / "in/a.txt", "Police said that two people were killed in Mosul.", 100)
    assert main(["watch", "in", "--once"]) == 0
    assert "1 new report, 1 claim → ondit.ledger" in capsys.readouterr().out  # type: ignore[attr-defined]
    assert main(["watch", "in", "--once", "--every", "0"]) == 2
    with Ledger.open("ondit.ledger") as ledger:
        assert not ledger.is_settled
    assert main(["watch", "in", "--once", "--settle-every", "60"]) == 0
    assert "settled, 1 changed" in capsys.readouterr().out  # type: ignore[attr-defined]
    assert main(["watch", "in", "--once", "--settle-every", "60"]) == 0
    assert "settled" not in capsys.readouterr().out  # type: ignore[attr-defined]


@pytest.mark.parametrize("gone", [False, True], ids=["there", "gone"])
def test_it_is_settled_beside_the_taking_in(tmp_path: Path, capfd: pytest.CaptureFixture[str], *, gone: bool) -> None:
    path = tmp_path / "a.ledger"
    touch(tmp_path / "in/a.txt", "Police said that two people were killed in Mosul.", 100)
    assert main(["add", str(tmp_path / "in"), "--ledger", str(path)]) == 0
    asked = build_parser("watch").parse_args(
        ["watch", "in", "--ledger", str(path), "--settle-every", "60", "--jobs", "2"]
    )
    if gone:
        asked.ledger = str(tmp_path / "other.ledger")
    with Ledger.open(path) as ledger:
        settling = Settling(ledger, asked)
        settling.settle_if_due()
        assert settling._process is not None
        settling._process.join()
        assert ledger.is_settled is not gone
    told = capfd.readouterr()
    assert "settled, 1 changed" in told.out or gone
    assert ("warning: not settled this time" in told.err) is gone


def test_a_folder_that_cannot_be_read_is_told_once_and_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path / "a" / "a.txt", "A", 100)
    touch(tmp_path / "z.txt", "Z", 100)
    listed = Path.iterdir

    def iterdir(self: Path) -> object:
        if self.name == "a":
            raise PermissionError(13, "Permission denied", str(self))
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)  # whoever runs the tests may be allowed to read everything
    watch = Watch((str(tmp_path),), quiet=0.0)
    assert watch.due(200) == [str(tmp_path / "a"), str(tmp_path / "z.txt")]
    assert watch.due(300) == []
