"""Installs the wheel as a user without a network does, and uses it: `python tools/try_wheel.py DIST` (`make try-wheel`).

First everything that it needs is put into a folder (that may ask the package index); then nothing may: a fresh environment is made, the wheel is
installed from the folder alone, and reports are read, added and gathered, where the system can, in a network of its own that leads nowhere.
"""

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

COMMANDS = (
    ("--version",),
    ("example", "example"),
    ("read", "example/reports/courrier-du-nord-tillia.html"),
    ("add", "example/reports", "--sources", "example/sources.toml"),
    ("claims", "--stance", "denies"),
    ("events", "--shared"),
    ("verify",),
)


def main() -> int:
    """Try it; the exit code is 0 when every command did its work."""
    wheel = max(Path(sys.argv[1] if len(sys.argv) > 1 else "dist").resolve().glob("ondit-*.whl"))
    with tempfile.TemporaryDirectory(prefix="ondit-wheel-") as name:
        home = Path(name)
        run([sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(home / "house"), f"{wheel}[formats]"])
        venv.create(home / "venv", with_pip=True)
        python = home / "venv" / "bin" / "python"
        run(
            [
                *alone(),
                str(python),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-index",
                "--find-links",
                str(home / "house"),
                "ondit[formats]",
            ]
        )
        installed = size(next((home / "venv").glob("lib/python*/site-packages/ondit")))
        for command in COMMANDS:
            print(f"$ ondit {' '.join(command)}")
            print(
                "".join(
                    f"  {line}\n"
                    for line in run([*alone(), str(python), "-m", "ondit", *command], home).splitlines()[:4]
                ),
                end="",
            )
        everything = size(next((home / "venv").glob("lib/python*/site-packages")))
    print(
        f"wheel {wheel.stat().st_size / 1e6:.1f} MB, installed {installed / 1e6:.1f} MB, with what it needs and pip {everything / 1e6:.1f} MB"
    )
    return 0


def alone() -> list[str]:
    """A prefix that takes the network away, where the system lets us."""
    prefix = ["unshare", "--net", "--map-root-user"]
    able = (
        shutil.which(prefix[0]) and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    )
    return prefix if able else []


def run(command: list[str], where: Path | None = None) -> str:
    """What a command prints; ends the program when it fails."""
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main())
