"""The chain-of-custody bundle is a bag that other tools accept, and holds what it says."""

import csv
import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ondit import codec
from ondit.ledger import Ledger, LedgerError
from tests.contracts.ledger_reports import TEXTS, put


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    with Ledger.open(tmp_path / "a.ledger", by="ana") as ledger:
        put(ledger.store)
        claim = next(ledger.claims())
        ledger.accept(claim.claim.id, why="=SUM(A1) is no formula here")
        ledger.forget(next(i for i in ledger.store.report_ids() if i != claim.report.id), why="a court order")
        ledger.export_bundle(tmp_path / "out" / "bundle", purpose="a test\nof two lines")
    return tmp_path / "out" / "bundle"


def manifest(path: Path) -> dict[str, str]:
    return {name: digest for digest, name in (line.split("  ", 1) for line in path.read_text().splitlines())}


def test_it_is_a_valid_bag(bundle: Path) -> None:
    """RFC 8493: a declaration, a manifest of every payload file and only those, hashes that agree, an oxum that counts."""
    assert (bundle / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = {p.relative_to(bundle).as_posix(): p for p in (bundle / "data").rglob("*") if p.is_file()}
    assert set(manifest(bundle / "manifest-sha256.txt")) == set(payload)
    for listing in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for name, digest in manifest(bundle / listing).items():
            assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == digest, name
    info = (bundle / "bag-info.txt").read_text()
    assert f"Payload-Oxum: {sum(p.stat().st_size for p in payload.values())}.{len(payload)}\n" in info
    assert all(re.match(r"[\w-]+: \S", line) for line in info.splitlines())


def test_the_library_of_congress_accepts_it(bundle: Path) -> None:
    bagit = pytest.importorskip("bagit")
    bagit.Bag(str(bundle)).validate()


def test_it_holds_originals_custody_decisions_and_removals(bundle: Path) -> None:
    with (bundle / "data/custody.csv").open(encoding="utf-8", newline="") as file:
        custody = list(csv.DictReader(file))
    assert len(custody) == len(TEXTS) - 1
    for row in custody:
        data = (bundle / row["original"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
        assert (len(data), row["added_by"], row["came_from"][-4:]) == (int(row["bytes"]), "ana", ".txt")
    with (bundle / "data/decisions.csv").open(encoding="utf-8", newline="") as file:
        (decision,) = csv.DictReader(file)
    assert (decision["kind"], decision["by"], decision["why"]) == ("accept", "ana", "'=SUM(A1) is no formula here")
    assert "a court order" in (bundle / "data/removed.csv").read_text()
    readings = [codec.decode(line) for line in (bundle / "data/readings.jsonl").read_bytes().splitlines()]
    assert {r.report.id for r in readings} == {row["report"] for row in custody}
    with closing(sqlite3.connect(bundle / "data/ledger/ledger.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (len(custody),)
    assert "Berkeley Protocol" in (bundle / "data/README.md").read_text()


def test_a_bundle_is_never_written_over(bundle: Path) -> None:
    with Ledger.open(bundle.parents[1] / "a.ledger") as ledger, pytest.raises(LedgerError, match="never written over"):
        ledger.export_bundle(bundle)


def test_an_altered_original_is_not_handed_over(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        put(ledger.store, "suva")
        ledger.store._connection.execute("UPDATE originals SET bytes = x'00'")  # type: ignore[attr-defined]
        with pytest.raises(LedgerError, match="gone or altered"):
            ledger.export_bundle(tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_a_folder_of_somebody_else_is_left_alone_and_nothing_half_made_stays(tmp_path: Path) -> None:
    strange = tmp_path / "out.part" / "mine.txt"
    strange.parent.mkdir()
    strange.write_text("mine")
    with Ledger.open(tmp_path / "a.ledger", by="ana") as ledger:
        put(ledger.store)
        report = next(iter(ledger.store.report_ids()))
        found = ledger.store.kept(report)
        assert found is not None
        with closing(sqlite3.connect(tmp_path / "a.ledger")) as other:
            other.execute("UPDATE originals SET bytes = NULL WHERE sha256 = ?", (found.report.sha256,))
            other.commit()
        with pytest.raises(LedgerError):
            ledger.export_bundle(tmp_path / "out")
    assert strange.read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["out.part"]
