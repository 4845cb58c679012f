"""Puts Leaflet, the map of the desk, from its npm package into the web app: script, style and licence, no pictures."""

import argparse
import subprocess
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "leaflet@1.9.4"
MEMBERS = ("dist/leaflet.js", "dist/leaflet.css", "LICENSE")
TARGET = Path(__file__).parents[2] / "src" / "ondit" / "web" / "static" / "leaflet"
SOURCE_MAP = b"//# sourceMappingURL=leaflet.js.map"


def main() -> None:
    """Fetch and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, help="the package as npm packs it (.tgz); fetched with npm without it")
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = arguments.package or fetch(Path(folder))
        arguments.out.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive) as tar:
            for member in MEMBERS:
                file = tar.extractfile(f"package/{member}")
                if file is None:
                    raise SystemExit(f"{PACKAGE} has no {member}")
                # The map of the source is not shipped; browsers would ask for it in vain.
                data = file.read().replace(SOURCE_MAP, b"").rstrip() + b"\n"
                (arguments.out / Path(member).name).write_bytes(data)
                print(f"{arguments.out / Path(member).name}: {len(data)} bytes")


def fetch(folder: Path) -> Path:
    """The package from npm."""
    subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S607
    (archive,) = folder.glob("*.tgz")
    return archive


if __name__ == "__main__":
    main()
