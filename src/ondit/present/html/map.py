"""A small offline map of the places of a reading: borders, radius circles, labels, a scale; unresolved places beside it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ondit.model import Place, PlacePrecision, Reading
from ondit.present.fields import plural, where_of
from ondit.present.html.basemap import Box, Outline, Point, outlines
from ondit.present.html.markup import own_direction, tag, text

_WIDTH, _HEIGHT = 480.0, 360.0  # units of the drawing: about its size on a page, so that letters keep theirs
_LEAST_DEGREES = 5.0  # a map of one town shows its surroundings
_MARGIN = 1.5
_KM_PER_DEGREE = 111.2
_CIRCLE_UP_TO = 1_500.0  # km; wider radii (countries) say nothing on a map
_WIDE = (PlacePrecision.COUNTRY, PlacePrecision.REGION)  # named as a whole: they do not set the view
_MOST_LISTED = 60
_STEP = 0.6  # points of a border nearer to each other than this many units are one
_LETTER = 6.4  # width of a letter of a label, for keeping labels apart
_LINE = 13.0
_DOT = 4.5
_MOST_PLACES = 150
_GRID = tuple((_WIDTH * x / 8, _HEIGHT * y / 8) for y in (2, 6, 4, 1, 7) for x in (4, 2, 6, 1, 7))  # places for a name
_SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)


@dataclass(slots=True)
class Pin:
    """One place of the world and the numbers of what happens there: `noun` is what is numbered, `anchor` how the page's anchors of them begin."""

    place: Place
    claims: list[int] = field(default_factory=list)
    noun: str = "claim"
    anchor: str = "c"


@dataclass(frozen=True, slots=True)
class _View:
    """The projection: plate carrée with the middle parallel true to scale."""

    box: Box
    units: float  # per degree of latitude
    squeeze: float  # of a degree of longitude

    def at(self, point: Point) -> Point:
        lon, lat = point
        return (lon - self.box.west) * self.units * self.squeeze, (self.box.north - lat) * self.units

    def length(self, km: float) -> float:
        return km / _KM_PER_DEGREE * self.units


def render_map(reading: Reading) -> str:
    """The map and the list of places without a point."""
    pins, nowhere = gather_places(reading)
    spots = [pin for pin in pins if pin.place.precision not in _WIDE]
    shown = (spots or pins)[:_MOST_PLACES]
    beyond = [pin for pin in pins if pin not in shown]
    parts = [draw(shown)] if shown else []
    if len(beyond) > _MOST_LISTED:
        parts.append(tag("p", f"The map shows {len(shown)} of {len(pins)} places.", class_="note"))
    else:
        parts.append(_list("Wider places", [(pin, str(pin.place.precision)) for pin in beyond]))
    parts.append(_list("Not found", [(pin, pin.place.reason) for pin in nowhere]))
    return "".join(parts) or tag("p", "No places were read in this report.", class_="note")


def _list(title: str, pins: Sequence[tuple[Pin, str]]) -> str:
    items = [tag("li", own_direction(_name(pin), "b"), tag("small", text(about)), _links(pin)) for pin, about in pins]
    return tag("h3", title) + tag("ul", *items, class_="nowhere") if items else ""


def gather_places(reading: Reading) -> tuple[list[Pin], list[Pin]]:
    """The places of the happenings that the claims are about, most claimed first: those with a point, those without."""
    events = {event.id: event for event in reading.events}
    claims: dict[str, list[int]] = {}
    for number, claim in enumerate(reading.claims, 1):
        if claim.event:
            claims.setdefault(claim.event, []).append(number)
    found: dict[tuple[object, ...], Pin] = {}
    for event_id, numbers in claims.items():
        for place in where_of(events.get(event_id)):
            key = (place.lat, place.lon, place.name) if _has_point(place) else (place.text.casefold(),)
            pin = found.setdefault(key, Pin(place))
            pin.claims.extend(n for n in numbers if n not in pin.claims[-len(numbers) :])
    pins = sorted(found.values(), key=lambda pin: (-len(pin.claims), pin.claims))
    return [p for p in pins if _has_point(p.place)], [p for p in pins if not _has_point(p.place)]


def _has_point(place: Place) -> bool:
    return place.lat is not None and place.lon is not None


def _point(pin: Pin) -> Point:
    return pin.place.lon or 0.0, pin.place.lat or 0.0


def _name(pin: Pin) -> str:
    return pin.place.name or pin.place.text


def draw(pins: Sequence[Pin]) -> str:
    """A map of places that have a point; there must be one."""
    view = _view(pins)
    land = list(outlines(view.box))
    labels = _Labels([_on_map(view, _point(pin)) for pin in pins])
    marks = [mark for number, pin in enumerate(pins) for mark in _mark(view, pin, labels, first=number == 0)]
    names = [name for outline in land for name in _country_name(view, outline, labels)]
    borders = [f'<path d="{_path(view, outline)}"><title>{text(outline.name)}</title></path>' for outline in land]
    inside = (
        tag("g", *borders, class_="land"),
        tag("g", *names, class_="countries"),
        tag("g", *marks, class_="pins"),
        _scale(view),
    )
    label = "Map of " + ", ".join(map(_name, pins[:8]))
    picture = tag(
        "svg",
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
        role="img",
        aria_label=label,
    )
    credit = "Borders: Natural Earth, public domain. They are no statement on where borders are."
    return tag("figure", picture, tag("figcaption", credit), class_="map")


def _view(pins: Sequence[Pin]) -> _View:
    lons, lats = _unwrapped([_point(p)[0] for p in pins]), [_point(p)[1] for p in pins]
    reach = [_reach(pin) / _KM_PER_DEGREE for pin in pins]
    middle = (min(lats) + max(lats)) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    west = min(lon - r / squeeze for lon, r in zip(lons, reach, strict=True))
    east = max(lon + r / squeeze for lon, r in zip(lons, reach, strict=True))
    south = min(lat - r for lat, r in zip(lats, reach, strict=True))
    north = max(lat + r for lat, r in zip(lats, reach, strict=True))
    height = max((north - south) * _MARGIN, (east - west) * squeeze * _MARGIN * _HEIGHT / _WIDTH, _LEAST_DEGREES)
    width = height * _WIDTH / _HEIGHT / squeeze
    lon, lat = (west + east) / 2, (south + north) / 2
    return _View(Box(lon - width / 2, lat - height / 2, lon + width / 2, lat + height / 2), _HEIGHT / height, squeeze)


def _reach(pin: Pin) -> float:
    radius = pin.place.radius_km or 0.0
    return radius if radius <= _CIRCLE_UP_TO else 0.0


def _unwrapped(lons: Sequence[float]) -> list[float]:
    """Longitudes counted over the date line when that keeps them closer together."""
    turned = [lon + 360 if lon < 0 else lon for lon in lons]
    return turned if max(turned) - min(turned) < max(lons) - min(lons) else list(lons)


class _Labels:
    """Boxes of the dots and of the labels that are set, so that the next ones keep away from them."""

    def __init__(self, dots: Sequence[Point]) -> None:
        self._boxes: list[tuple[float, float, float, float]] = [
            (x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in dots
        ]

    def free(self, x: float, y: float, width: float) -> bool:
        """Is there room for a label whose line begins at x and stands on y? If so, it is taken."""
        box = (x, y - _LINE, x + width, y + 3)
        if box[0] < 2 or box[2] > _WIDTH - 2 or box[1] < 0 or box[3] > _HEIGHT - 2:
            return False
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in self._boxes):
            return False
        self._boxes.append(box)
        return True


def _mark(view: _View, pin: Pin, labels: _Labels, *, first: bool) -> Iterator[str]:
    x, y = _on_map(view, _point(pin))
    name = _name(pin)
    radius = view.length(_reach(pin))
    vague = pin.place.precision not in (PlacePrecision.EXACT, PlacePrecision.NEAR)
    title = f"<title>{text(name)}: {plural(len(pin.claims), pin.noun)}</title>"
    circle = f'<circle class="reach" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>' if radius > 4 else ""
    dot = f'<circle class="{"area" if vague else "spot"}" cx="{x:.1f}" cy="{y:.1f}" r="{_DOT}"/>'
    width = len(name) * _LETTER
    spots = ((x + 8, y + 4), (x - 8 - width, y + 4), (x - width / 2, y - 9), (x - width / 2, y + 18))
    spot = next((s for s in spots if labels.free(*s, width)), spots[0] if first else None)
    label = f'<text x="{spot[0]:.1f}" y="{spot[1]:.1f}">{text(name)}</text>' if spot else ""
    target = f"#{pin.anchor}{pin.claims[0]}" if pin.claims else None
    yield tag("a", title, circle, dot, label, href=target, data_claims=" ".join(map(str, pin.claims[:100])))


def _on_map(view: _View, point: Point) -> Point:
    x, y = view.at(point)
    turn = 360 * view.units * view.squeeze
    return (x + turn if x < -1 and x + turn <= _WIDTH + 1 else x), y


def _path(view: _View, outline: Outline) -> str:
    pieces = []
    for ring in outline.rings:
        points: list[Point] = []
        for x, y in map(view.at, ring):
            if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) > _STEP:
                points.append((x, y))
        if len(points) > 2:
            pieces.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(pieces)


def _country_name(view: _View, outline: Outline, labels: _Labels) -> Iterator[str]:
    """A country's name in the middle of its largest part in view, where there is room for it."""
    ring = max(outline.rings, key=lambda r: abs(_area(r)))
    if abs(_area(ring)) < 1e-9:
        return
    drawn = [view.at(point) for point in ring]
    width = len(outline.name) * (_LETTER + 2.4)
    for x, y in (view.at(_centre(ring)), *_GRID):
        if (
            _inside(drawn, (x - width / 2, y))
            and _inside(drawn, (x + width / 2, y))
            and labels.free(x - width / 2, y, width)
        ):
            yield f'<text x="{x:.1f}" y="{y:.1f}">{text(outline.name)}</text>'
            return


def _inside(ring: Sequence[Point], point: Point) -> bool:
    """Does a ring go around a point? Counted by the sides to the right of it."""
    x, y = point
    sides = zip(ring, [*ring[1:], ring[0]], strict=True)
    return (
        sum((a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in sides) % 2
        == 1
    )


def _area(ring: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _centre(ring: Sequence[Point]) -> Point:
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    weights = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
    total = 3 * sum(weights)
    x = sum((a[0] + b[0]) * w for (a, b), w in zip(pairs, weights, strict=True)) / total
    y = sum((a[1] + b[1]) * w for (a, b), w in zip(pairs, weights, strict=True)) / total
    return x, y


def _scale(view: _View) -> str:
    km = max((s for s in _SCALES if view.length(s) <= _WIDTH / 4), default=_SCALES[0])
    x, y, length = 14.0, _HEIGHT - 14, view.length(km)
    line = f'<path d="M{x:g} {y - 4:g}V{y:g}H{x + length:.1f}V{y - 4:g}"/>'
    return tag("g", line, f'<text x="{x + length + 6:.1f}" y="{y:g}">{km} km</text>', class_="scale")


def _links(pin: Pin) -> str:
    links = [tag("a", str(n), href=f"#t{n}", class_="ref", data_go=n) for n in pin.claims[:12]]
    return tag("span", *links, class_="links")
