"""Dates and times as machines write them → the UTC day, or the moment. Notations that may mean two days are not read."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime

from ondit.intake.formats import Origin, warning
from ondit.model import Problem, Published, PublishedBasis

_EARLIEST, _LATEST = 1900, 2100  # years in which reports are published; beyond them a date is a slip
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")
_EPOCH = re.compile(r"\d{9,16}(?:\.\d{1,9})?")  # from 1973 on: shorter numbers are something else
_MILLISECONDS, _MICROSECONDS = 10**11, 10**14
_LONGEST = 80


def day_of(value: object) -> date | None:
    """The UTC day of an ISO 8601 or RFC 5322 date or time, or of seconds, milliseconds or microseconds since 1970.

    A time without a zone is taken as UTC. None for anything else: 03/04/2021 is a day in March or in April.
    """
    moment = _moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def moment_of(value: object) -> str:
    """The moment in ISO 8601, UTC ("2022-01-29T18:04:00Z"; a day alone stays a day), or ""."""
    moment = _moment(value)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(moment, datetime) else str(moment or "")


def published_as(value: object, origin: Origin) -> tuple[Published, tuple[Problem, ...]]:
    """The publication that metadata state, with a warning when they state a date that cannot be read."""
    if value in (None, "", 0, "0"):
        return Published(), ()
    day = day_of(value)
    if day is not None:
        return Published(day, PublishedBasis.METADATA), ()
    shown = str(value)[:_LONGEST]
    remedy = "look the date up and give it with --published; days that count from it stay unresolved"
    return Published(), (warning("unreadable-date", f"the publication date '{shown}' cannot be read", remedy, origin),)


def _moment(value: object) -> datetime | date | None:
    try:
        moment = _read(value)
    except (ValueError, OverflowError, OSError, TypeError, IndexError, InvalidOperation):
        return None
    return moment if moment is not None and _EARLIEST <= moment.year <= _LATEST else None


def _read(value: object) -> datetime | date | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        value = str(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    value = value.strip()
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if _EPOCH.fullmatch(value):
        return _of_epoch(Decimal(value))
    moment = _of_words(value)
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _of_epoch(number: Decimal) -> datetime:
    if number >= _MICROSECONDS:
        number /= 1_000_000
    elif number >= _MILLISECONDS:
        number /= 1_000
    return datetime.fromtimestamp(float(number), UTC)


def _of_words(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value.removesuffix(" UTC"))
    except ValueError:
        return parsedate_to_datetime(value)
