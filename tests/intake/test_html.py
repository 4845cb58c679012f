"""Pages → the article and what the page says of itself."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.intake import Origin, take_in
from ondit.intake.page_dates import published_of
from ondit.model import PublishedBasis
from tests.steps import steps

BODY = "<p>Samedi soir, le bruit des explosions a été entendu dans le ciel, selon la chaîne.</p><p>Deux <b>soldats</b> sont morts &amp; partis.</p>"
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Titre – Le Site</title>
<meta property="og:site_name" content="Le Site"><meta name="author" content="Jean Dupont">
<meta property="article:published_time" content="2022-01-30T10:00:00Z">
<link rel="canonical" href="https://example.org/2022/01/30/titre"><script>var secret = "leak";</script><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Accueil du site</a></nav><article><h1>Titre</h1>{BODY}<script>alert("leak")</script></article>
<div class="comments"><p>Un commentaire de lecteur.</p></div><footer>© 2019</footer></body></html>"""


def test_the_article_and_its_metadata() -> None:
    report, problems = take_in(PAGE.encode(), Origin(name="page.html"))
    assert report is not None
    assert not problems
    assert "explosions a été entendu" in report.text
    assert "soldats sont morts & partis" in report.text
    assert (report.title, report.author, report.publisher) == ("Titre", "Jean Dupont", "Le Site")
    assert (report.published.day, report.published.basis) == (date(2022, 1, 30), PublishedBasis.METADATA)
    assert report.url == "https://example.org/2022/01/30/titre"
    for alien in ("leak", "alert", "color", "commentaire", "Accueil", "2019"):
        assert alien not in report.text


def test_what_is_given_wins() -> None:
    given_ = Origin(published=date(2020, 1, 1), publisher="Given", title="Own")
    report, _ = take_in(PAGE.encode(), given_)
    assert report is not None
    assert (report.published.basis, report.publisher, report.title) == (PublishedBasis.GIVEN, "Given", "Own")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{"iso-8859-1" if encoding == "cp1252" else encoding}"')
    report, _ = take_in(page.encode(encoding))
    assert report is not None
    assert "a été entendu" in report.text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><script>document.write('all the text is loaded by this script')</script></body></html>",
        "<html></html>",
        "<!doctype html>",
        "<html><body><div id='root'></div></body></html>",
    ],
)
def test_a_page_without_text_is_a_problem(page: str) -> None:
    report, problems = take_in(page.encode(), Origin(name="p.html"))
    assert report is None
    assert [(p.code, p.where) for p in problems] == [("no-text-in-page", "p.html")]
    assert "browser" in problems[0].remedy


@pytest.mark.parametrize(
    ("page", "url", "day", "basis"),
    [
        ('<meta property="article:published_time" content="2022-01-30">', "", "2022-01-30", "metadata"),
        ('<meta content="2022-01-30T01:30:00+03:00" property="article:published_time">', "", "2022-01-29", "metadata"),
        ("<meta name='date' content='2021-05-03T08:00:00'>", "", "2021-05-03", "metadata"),
        (
            '<script type="application/ld+json">{"datePublished": "2021-05-03T08:00:00Z"}</script>',
            "",
            "2021-05-03",
            "metadata",
        ),
        ('<time itemprop="datePublished" datetime="2021-05-03">', "", "2021-05-03", "metadata"),
        ("", "https://e.org/2021/05/03/title", "2021-05-03", "url"),
        ("", "https://e.org/news/2021-05-03-title.html", "2021-05-03", "url"),
        ('<meta name="date" content="2021-05-03">', "https://e.org/2020/01/01/", "2021-05-03", "metadata"),
        ('<meta name="date" content="2021-02-30">', "", None, "unknown"),
        ('<meta name="date" content="03/04/2021">', "", None, "unknown"),
        ('<meta name="viewport" content="2021-05-03">', "", None, "unknown"),
        ('<meta property="article:modified_time" content="2021-05-03">', "", None, "unknown"),
        ("", "https://e.org/article-20215503", None, "unknown"),
        ("", "https://e.org/2021/05/title", None, "unknown"),
        ("<p>Paris, 3 mai 2021 – © 2019</p>", "", None, "unknown"),
    ],
)
def test_dates_are_read_from_metadata_and_address_only(page: str, url: str, day: str | None, basis: str) -> None:
    published = published_of(page, url)
    assert (str(published.day) if published.day else None, published.basis.value) == (day, basis)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div ",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "&#0;",
                "\x01",
                "é",
                "text ",
                ">",
                "<",
                '"',
            ]
        ),
        max_size=60,
    )
)
def test_hostile_markup_never_raises(pieces: list[str]) -> None:
    report, problems = take_in(("<html>" + "".join(pieces)).encode())
    assert (report is not None) or problems


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<p>said ", "<meta ", "<", "<!--", "&amp;"])
def test_long_hostile_markup_takes_linear_work(piece: str) -> None:
    short, long = (("<html><body>" + piece * times).encode() for times in (1_500, 15_000))
    take_in(long)
    assert steps(lambda: take_in(long)) < 20 * steps(lambda: take_in(short))


def test_a_page_of_a_million_tags_is_refused_soon() -> None:
    report, problems = take_in(b"<html><body><article><p>Police said.</p>" + b"<i></i>" * 500_000)
    assert report is None
    assert [problem.code for problem in problems] == ["broken-page"]
