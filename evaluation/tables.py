"""Prints figures as one table: development figure, number to beat, and the parts of a split that are kept apart."""

from collections.abc import Sequence

from evaluation.figures import MAIN, Figure


def figure_table(figures: Sequence[Figure]) -> str:
    """Rows in the order measured; a column for each part (languages, rest, devtest …) that any set keeps apart."""
    groups = list(dict.fromkeys(f.group for f in figures if f.group != MAIN))
    cells = {(f.set_name, f.measure, f.group): f for f in figures}
    header = ["set", "measure", "dev", *groups, "number to beat"]
    body = []
    for set_name, measure in dict.fromkeys((f.set_name, f.measure) for f in figures):
        values = [_show(cells.get((set_name, measure, group))) for group in (MAIN, *groups)]
        body.append([set_name, measure, *values, cells[set_name, measure, MAIN].to_beat])
    return aligned([header, *body], numbers=range(2, 3 + len(groups)))


def _show(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return "-" if figure.value is None else f"{figure.value:.1f}"


def aligned(rows: Sequence[Sequence[str]], numbers: range) -> str:
    """Rows in columns, those of `numbers` to the right; a line under the first row."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [c.rjust(w) if i in numbers else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])
