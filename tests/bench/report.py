"""What was found: a table for the screen, the same as a page of the docs, and a picture."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from . import drawing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .measuring import Figures


@dataclasses.dataclass(frozen=True)
class Run:
    """All that was measured with so many ideas."""

    size: int
    figures: Sequence[Figures]
    megabytes: Mapping[str, float]
    first_visit: Mapping[str, int]
    #: the sums of a chart: for each count of readings, microseconds of a core for each
    sums: Mapping[int, float]

    @property
    def floor(self) -> float:
        """What the bare page costs, in milliseconds."""
        return self.figures[0].cpu

    def ratio(self, figures: Figures) -> float:
        """How many times the bare page."""
        return figures.cpu / self.floor


_HEAD = """# How fast it is

Made by `make bench`. A page's work is the time that the server's processes spend on it, by the kernel's books, so
that it holds on a machine that does other things meanwhile. It is told as a multiple of a *floor*: bare Flask with no
login and a plain template over 100 rows of the same SQLite file, served by the same server in the same run. How long
one waits (p50, p99) is one machine's, and shows how it grows.

*move* is a plain form's, and leads on to the idea; *drag* is the same from the board, answered with the card and the
counts that it changes. Measure on a quiet machine: where much else runs, caches are others', and the figures higher.

![How many times the floor each page takes, by how many ideas there are](speed.svg)
"""


def write(runs: Sequence[Run], folder: Path) -> None:
    """Write down a run."""
    (folder / "speed.md").write_text(f"{_HEAD}\n{text(runs)}\n")
    bars = [
        (figures.name, [run.ratio(same) for run in runs for same in run.figures if same.name == figures.name])
        for figures in runs[-1].figures[1:]
    ]
    (folder / "speed.svg").write_text(drawing.bars(bars, [f"{run.size:,} ideas" for run in runs]))


def text(runs: Sequence[Run]) -> str:
    """Everything, as Markdown."""
    parts = [*map(_work, runs), _growth(runs), _charts(runs), *map(_waits, runs), _memory(runs), _first_visit(runs[-1])]
    return "\n\n".join(parts)


def _work(run: Run) -> str:
    lines = [f"## {run.size:,} ideas", ""]
    rows = [
        [f.name, f"{run.ratio(f):.1f}", f"{f.cpu:.2f}", f"{f.bytes_read / 1000:.1f}", f"{f.bytes_sent / 1000:.1f}"]
        for f in run.figures
    ]
    head = ["", "times the floor", "ms of a core", "kB", "kB as sent"]
    return "\n".join([*lines, _table(head, rows)])


def _growth(runs: Sequence[Run]) -> str:
    first, last = runs[0], runs[-1]
    grown = [
        f"{figures.name} {run_ratio / first.ratio(before):.2f}"
        for before, figures in zip(first.figures, last.figures, strict=True)
        if (run_ratio := last.ratio(figures)) and figures.name != "floor"
    ]
    return f"Times itself, from {first.size:,} to {last.size:,} ideas: {', '.join(grown)}."


def _charts(runs: Sequence[Run]) -> str:
    """A page of charts beside an idea's page, and the sums of a chart by how many readings it has."""
    cpu = [{figures.name: figures.cpu for figures in run.figures} for run in runs]
    times = ", ".join(f"{each['evidence'] / each['idea']:.1f}" for each in cpu)
    page = f"An evidence page with 6 charts of 50 readings takes {times} times an idea's page."
    rows = [[f"{count:,}", f"{each:.2f}", f"{each * count / 1000:.2f}"] for count, each in runs[-1].sums.items()]
    table = _table(["readings", "µs of a core for each", "ms in all"], rows)
    return "\n\n".join([page, "## The sums of a chart", table])


def _waits(run: Run) -> str:
    counts = [wait.connections for wait in run.figures[0].waits]
    head = ["", *(f"{count} at once: p50, p99 ms" for count in counts), "errors"]
    rows = [
        [f.name, *(f"{w.p50:.0f}, {w.p99:.0f}" for w in f.waits), str(sum(w.errors for w in f.waits))]
        for f in run.figures
    ]
    return "\n".join([f"### Waiting, with {run.size:,} ideas", "", _table(head, rows)])


def _memory(runs: Sequence[Run]) -> str:
    head = ["", *runs[0].megabytes, "together"]
    rows = [
        [f"{run.size:,} ideas", *(f"{mb:.0f}" for mb in run.megabytes.values()), f"{sum(run.megabytes.values()):.0f}"]
        for run in runs
    ]
    return "\n".join(["## Memory, in MB", "", _table(head, rows)])


def _first_visit(run: Run) -> str:
    rows = [[name, f"{weight / 1000:.1f}"] for name, weight in run.first_visit.items()]
    rows.append(["in all", f"{sum(run.first_visit.values()) / 1000:.1f}"])
    return "\n".join(
        [f"## The first visit to the board, with {run.size:,} ideas", "", _table(["", "kB as sent"], rows)]
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows])
