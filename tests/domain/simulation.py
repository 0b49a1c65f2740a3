"""How often the verdict is wrong, tried on made-up trials. `python -m tests.domain.simulation` writes it down."""

from __future__ import annotations

import collections
import dataclasses
import math
import random
import re
from typing import TYPE_CHECKING

from ideas.config import ROOT
from ideas.domain import verdict
from ideas.models import VerdictKind as Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    #: Readings, whose means are given in sigmas, with nothing but luck about them.
    Noise = Callable[[random.Random, Iterator[float]], Iterator[float]]

FILE = ROOT / "docs/evidence.md"
#: The same, for the page that says how we decide.
PAGE = ROOT / "templates/statements/_rates.html"
BETWEEN_MARKS = re.compile(r"(<!-- rates: made by .* -->\n).*?(<!-- end of rates -->)", re.DOTALL)
TRIALS = 4_000


def normal(rng: random.Random, levels: Iterator[float]) -> Iterator[float]:
    """Ups and downs as most measures have them."""
    return (rng.gauss(level, 1) for level in levels)


def counts(mean: float) -> Noise:
    """Counts of what happens by chance, so many a week on average (Poisson)."""

    def noise(rng: random.Random, levels: Iterator[float]) -> Iterator[float]:
        return (_happened(rng, max(mean + level * math.sqrt(mean), 0)) for level in levels)

    return noise


def dragging(rng: random.Random, levels: Iterator[float]) -> Iterator[float]:
    """Ups and downs that drag on: each week takes 0.3 of the last one's (autocorrelation)."""
    drag, last = 0.3, rng.gauss(0, 1)
    for level in levels:
        last = drag * last + math.sqrt(1 - drag**2) * rng.gauss(0, 1)
        yield level + last


def days_between(rng: random.Random, levels: Iterator[float]) -> Iterator[float]:
    """Days between rare things that happen by chance: a fall of 1 sigma is twice as many days, of 2 three times.

    Below none, because more days are less bad, and the trials look for a fall.
    """
    return (-rng.expovariate(1) * (1 - level) for level in levels)


def _happened(rng: random.Random, mean: float) -> int:
    """Knuth's way to draw a count."""
    floor, chance, count = math.exp(-mean), rng.random(), 0
    while chance > floor:
        chance *= rng.random()
        count += 1
    return count


NOISES = {
    "normal": normal,
    "counts, 9 a week": counts(9),
    "counts, 4 a week": counts(4),
    "counts, 1 a week": counts(1),
    "dragging on (0.3)": dragging,
    "days between": days_between,
}
SIZES = [(6, 4), (6, 7), (8, 8), (12, 12), (24, 24)]


@dataclasses.dataclass(frozen=True)
class Rates:
    """Of 100 trials, how many got each verdict."""

    verdicts: collections.Counter[Kind]
    #: and how many the chart's four rules alone would have called less bad
    rules_alone: int
    trials: int

    def of(self, kind: Kind) -> float:
        """Of 100 trials, how many got this verdict."""
        return 100 * self.verdicts[kind] / self.trials

    @property
    def by_rules_alone(self) -> float:
        """Of 100 trials, how many had a signal for less bad."""
        return 100 * self.rules_alone / self.trials


def rates(noise: Noise, before: int, since: int, *, shift: float = 0, trials: int, seed: int = 20261125) -> Rates:
    """Make up trials whose mean falls by `shift` sigma, where lower is less bad, and judge each."""
    rng = random.Random(f"{seed} {before} {since} {shift}")
    levels = [0.0] * before + [-shift] * since
    found: collections.Counter[Kind] = collections.Counter()
    alone = 0
    for _ in range(trials):
        values = list(noise(rng, iter(levels)))
        judged = verdict.judge(values[:before], values[before:], improvement="decrease")
        found[judged.kind] += 1
        alone += judged.has_better_signal
    return Rates(found, alone, trials)


def called_at_any_look(noise: Noise, before: int, since: int, *, trials: int, seed: int = 20261125) -> float:
    """Of 100 trials that changed nothing and are looked at after each reading, how many were once called less bad."""
    rng = random.Random(f"{seed} {before} {since} looks")
    called = 0
    for _ in range(trials):
        values = list(noise(rng, iter([0.0] * (before + since))))
        looks = (values[before:end] for end in range(before + 1, before + since + 1))
        called += any(
            verdict.judge(values[:before], seen, improvement="decrease").kind is Kind.LESS_BAD for seen in looks
        )
    return 100 * called / trials


def table(trials: int) -> str:
    """The rates, as the document shows them."""
    lines = [
        f"Of 100 made-up trials; each row tried {trials:,} times:",
        "",
        "| noise | readings before + since | four rules alone: less bad | verdict: less bad | verdict: worse | "
        "a fall of 1 sigma found | of 2 sigma found |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, noise in NOISES.items():
        for before, since in SIZES:
            nothing, one, two = (rates(noise, before, since, shift=shift, trials=trials) for shift in (0, 1, 2))
            lines.append(row(name, before, since, nothing, one, two))
    lines += ["", "Looked at after each of 12 readings since (12 before), and called less bad at least once:", ""]
    lines += [f"- {name}: {called_at_any_look(noise, 12, 12, trials=trials):.1f}" for name, noise in NOISES.items()]
    return "\n".join(lines)


def row(name: str, before: int, since: int, nothing: Rates, one: Rates, two: Rates) -> str:
    """A row of it: mistakes where nothing had changed, and what was found of a change."""
    wrong = [nothing.by_rules_alone, nothing.of(Kind.LESS_BAD), nothing.of(Kind.WORSE)]
    found = [shifted.of(Kind.LESS_BAD) for shifted in (one, two)]
    figures = [*(f"{rate:.1f}" for rate in wrong), *(f"{rate:.0f}" for rate in found)]
    return f"| {name} | {before} + {since} | {' | '.join(figures)} |"


def written(rows: str) -> str:
    """The document with these rates in it."""
    return BETWEEN_MARKS.sub(lambda marks: f"{marks[1]}\n{rows}\n\n{marks[2]}", FILE.read_text())


def page(document: str) -> str:
    """The rates of the document, as the page shows them."""
    (rows,) = (match[0] for match in BETWEEN_MARKS.finditer(document))
    lines = [line.strip("| ").split(" | ") for line in rows.splitlines() if line.startswith("| ")]
    looks = [line[2:] for line in rows.splitlines() if line.startswith("- ")]
    head, body = lines[0], lines[1:]
    return "\n".join(
        [
            "{# How often the verdict is wrong: made by `python -m tests.domain.simulation`. No inputs #}",
            '<div class="scrolls" tabindex="0" role="region" aria-labelledby="rates">',
            "<table>",
            f'  <caption id="rates">Of 100 made-up trials; each row tried {TRIALS:,} times</caption>',
            f"  <thead><tr>{''.join(_heading(words, place) for place, words in enumerate(head))}</tr></thead>",
            "  <tbody>",
            *(f'    <tr><th scope="row">{row[0]}</th>{"".join(map(_figure, row[1:]))}</tr>' for row in body),
            "  </tbody>",
            "</table>",
            "</div>",
            "<p>Looked at after each of 12 readings since (12 before), and called less bad at least once:</p>",
            f"<ul>{''.join(f'<li>{look}</li>' for look in looks)}</ul>",
            "",
        ]
    )


def _heading(words: str, place: int) -> str:
    return f'<th scope="col"{" class=num" if place else ""}>{words.capitalize()}</th>'.replace("=num", '="num"')


def _figure(words: str) -> str:
    return f'<td class="num">{words}</td>'


if __name__ == "__main__":
    FILE.write_text(written(table(TRIALS)))
    PAGE.write_text(page(FILE.read_text()))
