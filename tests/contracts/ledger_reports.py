"""A few invented reports, read by the real engine, for whoever needs a store with something in it."""

from datetime import date
from functools import cache

from ondit.decide import decide
from ondit.intake.formats import Origin, make_report
from ondit.pipeline import read_report
from ondit.stores import Custody, Entry, Store

TEXTS = {
    # name: (publisher, native id, day, text)
    "samarra": ("Le Fil", "1", date(2022, 1, 29), "Trois soldats ont été tués samedi à Samarra, selon l'armée irakienne. Le porte-parole a démenti toute attaque contre la base."),
    "mosul": ("Harbour Post", "7", date(2022, 2, 1), "Police said on Monday that two people were killed in Mosul. The ministry denied the report."),
    "bamako": ("Le Fil", "2", date(2024, 3, 16), "Selon des témoins, une bombe a explosé vendredi à Bamako. Le ministre a déclaré que neuf civils avaient été blessés."),
    "sanaa": ("Harbour Post", "8", None, "Witnesses said an air strike hit Sana'a on 3 May 2019. The army said that nobody was hurt."),
    "suva": ("Pacific Desk", "3", date(2021, 5, 3), "Police said that five people were arrested in Suva on Sunday."),
    "nothing": ("Pacific Desk", "4", date(2021, 5, 4), "The weather is nice here today. It is a very good day for a walk in the park."),
    "unread": ("Pacific Desk", "5", date(2021, 5, 4), "Die Armee sagte, dass drei Soldaten am Montag bei einem Angriff auf die Basis der Stadt getötet wurden."),
}  # fmt: skip
EDITED = (
    "Trois soldats ont été tués samedi à Samarra, selon l'armée irakienne. Le porte-parole n'a pas démenti l'attaque."
)


@cache
def entry(name: str, *, edited: str = "") -> Entry:
    """One of the reports, read."""
    publisher, native_id, day, text = TEXTS[name]
    if edited:
        text = EDITED
    raw = text.encode()
    report = make_report(raw, text, Origin(publisher=publisher, native_id=native_id, published=day))
    custody = Custody("2024-01-01T00:00:00+00:00", "ana", f"{name}.txt", "")
    return Entry(read_report(report), raw, "ondit test", edited, custody)


def put(store: Store, *names: str) -> None:
    """Keep reports."""
    for name in names or TEXTS:
        one = entry(name)
        with store.writing():
            store.add(one, decide(one.reading, ()).shown)


def id_of(name: str) -> str:
    """The id of a report."""
    return entry(name).reading.report.id
