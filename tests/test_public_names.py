"""The public names are what they say, in whatever order modules are imported: `read` is a function and also the name of a stage."""

import subprocess
import sys

import pytest

SENTENCE = "'Police said a bomb killed two people in Mosul.'"


@pytest.mark.parametrize(
    "program",
    [
        f"import ondit; ondit.read({SENTENCE}); ondit.read({SENTENCE})",
        f"import ondit, ondit.pipeline; ondit.read({SENTENCE})",
        f"import ondit, ondit.read.engines; ondit.read({SENTENCE})",
        f"from ondit import read; read({SENTENCE}); read({SENTENCE})",
        "import ondit; [getattr(ondit, name) for name in ondit.__all__]; assert callable(ondit.read)",
    ],
)
def test_read_is_always_the_function(program: str) -> None:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-400:]
