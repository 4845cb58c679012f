"""Export: what is chosen, in any format, protected where that is asked for; the file and the page that says what is in it come as one zip."""

import secrets
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, Response

from ondit.ledger import EventFilters
from ondit.ledger.exporting import Exported
from ondit.present.formats import Format, formats, get_format
from ondit.present.formats.format import UnknownFormat
from ondit.present.redact import Profile, Redaction, WrongRedaction
from ondit.web.choosing import BadQuery, chosen
from ondit.web.desk import Desk
from ondit.web.jobs import Job, Lane
from ondit.web.pages.adding import job_of
from ondit.web.pages.events import EVENT_FILTERS, event_filters_of
from ondit.web.visits import NoSuch, Visit

_PATIENCE = 3.0  # seconds that a browser waits for its file before it is shown how far it is
_MOST_NAMES = 10_000
_MOST_WAITING = 3  # exports of one person at a time


def export(visit: Visit) -> Response:
    """The formats, with what each cannot hold, and what may be taken out."""
    filters = event_filters_of(visit.query)
    return visit.page(
        "export.html",
        formats=formats(),
        profiles=[profile.value for profile in Profile],
        chosen=chosen(visit.query, *EVENT_FILTERS),
        total=visit.ledger.count_events(filters) if visit.ledger.is_settled else 0,
        is_settled=visit.ledger.is_settled,
        is_stale=visit.desk.is_stale(visit.ledger),
    )


def exported(visit: Visit) -> Response:
    """Make the file in a thread of its own. A small one is answered with at once, a large one is fetched from the page of its job."""
    try:
        kind = get_format(visit.field("format"))
        redaction = _redaction(visit)
    except (UnknownFormat, WrongRedaction) as error:
        raise BadQuery(str(error)) from error
    fields = {name: value for name, value in visit.form.items() if not isinstance(value, UploadFile)}
    waiting = [one for one in visit.desk.jobs.latest() if one.title == "export" and not one.is_over]
    if sum(one.by == visit.user.name for one in waiting) >= _MOST_WAITING:
        raise BadQuery(f"{_MOST_WAITING} of your exports are not done yet; wait for one of them")
    job = start_exporting(visit.desk, visit.user.name, kind, event_filters_of(fields), redaction)
    if job.over.wait(_PATIENCE) and job.made is not None:
        return _file(job, job.made, once=True)
    return visit.go(f"/jobs/{job.number}?back=/export")


def _redaction(visit: Visit) -> Redaction | None:
    what = [str(one) for one in visit.form.getlist("redact")]
    if not what:
        return None
    wrong = set(what) - set(Profile)
    if wrong:
        raise BadQuery(f"redact: some of {', '.join(Profile)}")
    secret = visit.field("secret").encode("utf-8", "replace")
    names = {name: _lines(visit.field(name)) for name in ("names", "keep")}
    key = secret or secrets.token_bytes(32)
    return Redaction(frozenset(map(Profile, what)), key, names["names"], names["keep"], own_key=bool(secret))


def _lines(text: str) -> tuple[str, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _MOST_NAMES:
        raise BadQuery(f"names: at most {_MOST_NAMES}")
    return tuple(lines)


def start_exporting(desk: Desk, by: str, kind: Format, filters: EventFilters, redaction: Redaction | None) -> Job:
    """The job that makes the file."""

    def work(job: Job) -> None:
        folder = Path(tempfile.mkdtemp(prefix="ondit-export-"))
        job.made = folder / f"ondit-{kind.name}-{datetime.now(UTC):%Y-%m-%d}.zip"
        try:
            with desk.ledgers.lend(by) as ledger:
                done = ledger.export(kind.name, folder / f"{kind.name}{kind.suffix}", filters, redaction=redaction)
            _pack(done, job.made)
        except BaseException:
            job.clear()
            raise
        job.counts = _counts(done)

    return desk.jobs.start("export", by, work, Lane.READS)


def _pack(done: Exported, path: Path) -> None:
    """File and page in one zip; what is a zip already takes the page in."""
    if zipfile.is_zipfile(done.path) and done.path.suffix == ".zip":
        done.path.rename(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for file in (done.path, done.about):
            if file.exists():
                archive.write(file, file.name)
                file.unlink()


def _counts(done: Exported) -> dict[str, int]:
    return {"written": done.events, **({"left_out": done.left_out} if done.left_out else {})}


def file(visit: Visit) -> Response:
    """What a job made, for whoever started it."""
    job = job_of(visit)
    if job.made is None or not job.is_over or job.by != visit.user.name:
        raise NoSuch
    return _file(job, job.made, once=False)


def _file(job: Job, path: Path, *, once: bool) -> Response:
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    task = BackgroundTask(job.clear) if once else None
    return FileResponse(path, filename=path.name, media_type="application/zip", headers=headers, background=task)
