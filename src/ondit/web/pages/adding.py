"""Adding reports: files that are dropped, text that is pasted; what was read is told as it is read."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from starlette.datastructures import UploadFile
from starlette.responses import Response

from ondit.intake import Options, Origin, Source
from ondit.ledger import Ledger, Outcome
from ondit.present.fields import number
from ondit.web.choosing import BadQuery, day
from ondit.web.desk import Desk
from ondit.web.jobs import Job, Line
from ondit.web.visits import NoSuch, Visit, local

_LONGEST_NAME = 120
_MOST_PROBLEMS = 5


def add(visit: Visit) -> Response:
    """The form, and what was added from here before."""
    jobs = [job for job in visit.desk.jobs.latest() if job.title == "add"]
    return visit.page("add.html", jobs=jobs, failures=visit.ledger.failures()[:20])


def added(visit: Visit) -> Response:
    """Take the files and the text; they are read in a thread of their own."""
    published = _published(visit)
    origin = Origin(
        published=published,
        publisher=visit.field("publisher").strip(),
        title=visit.field("title").strip(),
        url=visit.field("url").strip(),
    )
    folder = Path(tempfile.mkdtemp(prefix="ondit-add-"))
    names = [_keep(upload, folder, n) for n, upload in enumerate(visit.form.getlist("files")) if _is_file(upload)]
    text = visit.field("text")
    sources = [Source.of_file(path, name) for name, path in names]
    if text.strip():
        sources.append(Source.of_bytes("pasted.txt", text.replace("\r\n", "\n").encode("utf-8", "replace")))
    if not sources:
        shutil.rmtree(folder, ignore_errors=True)
        raise BadQuery("choose files, or paste a text")
    job = start_adding(visit.desk, visit.user.name, sources, origin, folder)
    return visit.go(f"/jobs/{job.number}")


def _published(visit: Visit) -> date | None:
    return day({"published": visit.field("published")}, "published")


def _is_file(upload: object) -> bool:
    return isinstance(upload, UploadFile) and bool(upload.filename)


def _keep(upload: UploadFile | str, folder: Path, number: int) -> tuple[str, Path]:
    """An upload as a file of ours; its name is only a label and an ending, never a path."""
    assert isinstance(upload, UploadFile)
    label = PurePosixPath((upload.filename or "").replace("\\", "/")).name
    label = "".join(c for c in label if c.isprintable())[-_LONGEST_NAME:] or "file"
    path = folder / f"{number}{Path(label).suffix}"
    with path.open("wb") as file:
        shutil.copyfileobj(upload.file, file)
    return label, path


def start_adding(desk: Desk, name: str, sources: Sequence[Source], origin: Origin, folder: Path | None) -> Job:
    """The job that adds and then settles."""

    def work(job: Job) -> None:
        ledger = desk.settler.ledger(name)
        try:
            _take(ledger, job, sources, Options(origin=origin))
        finally:
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
        desk.settler.settle(name, job)

    return desk.jobs.start("add", name, work)


def _take(ledger: Ledger, job: Job, sources: Sequence[Source], options: Options) -> None:
    done = 0
    for item in ledger.add(*sources, options=options):
        if item.outcome is Outcome.TAKEN:
            done += 1
        else:
            problems = tuple(f"{p.message} – {p.remedy}" for p in item.problems[:_MOST_PROBLEMS])
            job.tell(Line(item.outcome.value, item.where, item.report_id, item.claims, problems))
        job.progress("add", done, len(sources))


def job(visit: Visit) -> Response:
    """How far a job is; the page asks again while it runs."""
    found = job_of(visit)
    made = [line.report for line in found.lines if line.report]
    read = f"/reports/{made[0]}" if len(made) == 1 else "/events"
    return visit.page("job.html", job=found, back=local(visit.query.get("back", read)))


def job_state(visit: Visit) -> Response:
    """The same in numbers, for the script of the page."""
    found = job_of(visit)
    told = {
        "state": found.state,
        "step": visit.words.of("step", found.step) if found.step else "",
        "done": found.done,
        "total": found.total,
        "counts": [[visit.words.of("outcome", key), number(n)] for key, n in found.counts.items()],
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


def job_of(visit: Visit) -> Job:
    """The job that the path names."""
    number = visit.part("number")
    found = visit.desk.jobs.find(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
    if found is None:
        raise NoSuch
    return found
