"""Builds the base map of the HTML page from the npm package world-atlas (Natural Earth 1:50 m, public domain)."""

import argparse
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PACKAGE = "world-atlas@2.0.2"
MEMBER = "package/countries-50m.json"
TARGET = Path(__file__).parents[2] / "src" / "ondit" / "present" / "html" / "basemap.json"
SCALE = 100  # steps in a degree: about a kilometre
LIMIT = 300_000  # bytes


def main() -> None:
    """Fetch, convert, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--topojson", type=Path, help="a countries-50m.json of world-atlas; fetched with npm without it"
    )
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    raw = arguments.topojson.read_bytes() if arguments.topojson else fetch()
    data = convert(json.loads(raw))
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
    size = len(text.encode())
    if size > LIMIT:
        raise SystemExit(f"{size} bytes are more than the {LIMIT} allowed: use a coarser SCALE")
    arguments.out.write_text(text, encoding="utf-8")
    print(f"{arguments.out}: {size} bytes, {len(data['arcs'])} arcs, {len(data['countries'])} countries")


def fetch() -> bytes:
    """The TopoJSON file in the npm package."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S607
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            member = tar.extractfile(MEMBER)
            if member is None:
                raise SystemExit(f"{PACKAGE} has no {MEMBER}")
            return member.read()


def convert(topology: dict[str, Any]) -> dict[str, Any]:
    """TopoJSON → the compact form."""
    countries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        countries.append([geometry["properties"]["name"], [ring for polygon in polygons for ring in polygon]])
    countries.sort()
    arcs = [encode(points(arc, topology["transform"])) for arc in topology["arcs"]]
    return {"source": "Natural Earth 1:50m, public domain", "scale": SCALE, "arcs": arcs, "countries": countries}


def points(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[int, int]]:
    """An arc's points in steps, the repeated ones left out (its ends always stay)."""
    x = y = 0
    found: list[tuple[int, int]] = []
    for dx, dy, *_ in arc:
        x, y = x + dx, y + dy
        point = tuple(
            round((v * transform["scale"][i] + transform["translate"][i]) * SCALE) for i, v in enumerate((x, y))
        )
        if not found or point != found[-1]:
            found.append((point[0], point[1]))
    return found if len(found) > 1 else found * 2


def encode(line: list[tuple[int, int]]) -> str:
    """Differences, zigzag, five bits a character."""
    out = []
    before = (0, 0)
    for point in line:
        for new, old in zip(point, before, strict=True):
            value = (new - old) << 1 if new >= old else ~((new - old) << 1)
            while value >= 0x20:
                out.append(chr((0x20 | (value & 0x1F)) + 63))
                value >>= 5
            out.append(chr(value + 63))
        before = point
    return "".join(out)


if __name__ == "__main__":
    main()
