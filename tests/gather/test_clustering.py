"""Groups of tellings by how alike they are."""

import pytest

from ondit.gather.clustering import cluster


@pytest.mark.parametrize(
    ("case", "sizes", "groups"),
    [
        ("one telling joins many by the one it resembles", (1, 6), 1),
        ("two tellings join many", (2, 6), 1),
        ("of two large groups some pair is always alike", (3, 6), 2),
    ],
)
def test_the_likest_pair_joins_small_groups_only(case: str, sizes: tuple[int, int], groups: int) -> None:
    """Everybody is alike within a group, hardly across, but for one pair."""
    one, other = ([f"{side}{n}" for n in range(size)] for side, size in zip("ab", sizes, strict=True))
    pairs = {a: {b: 1.0 if (a in one) == (b in one) else 0.2 for b in (*one, *other) if a != b} for a in (*one, *other)}
    pairs["a0"]["b0"] = pairs["b0"]["a0"] = 1.0
    assert len(cluster([*one, *other], pairs, 0.4, nearest=0.3)) == groups, case
