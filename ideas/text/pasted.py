"""Two columns from a spreadsheet, a day and a number on each line, read as people write them."""

from __future__ import annotations

import csv
import dataclasses
import re
from typing import TYPE_CHECKING

from . import patient_details, written_days
from .written_days import NoDay

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

#: More lines than a measure takes readings are not looked at.
MOST_LINES = 20_000
_LONGEST_LINE = 300
#: Blanks that spreadsheets and pages use, the minus of a typesetter, and what cannot be seen.
_AS_TYPED = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-", "\u2013": "-", "\ufeff": None})
_NUMBER = re.compile(
    r"£?\s?([+-]?)£?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(e[+-]?\d{1,3})?\s?%?", re.I | re.ASCII
)
_PARTS = re.compile(r"\s*[\t;]\s*")
_BETWEEN = " \t;,"


@dataclasses.dataclass(frozen=True)
class Understood:
    """A line that is a reading."""

    #: counted from one
    line: int
    taken_on: dt.date
    value: float


@dataclasses.dataclass(frozen=True)
class Unclear:
    """A line that is none, with what was typed and why it is not understood."""

    line: int
    typed: str
    why: str


@dataclasses.dataclass(frozen=True)
class Pasted:
    """What was understood of a text, in its order, and what was not."""

    understood: list[Understood] = dataclasses.field(default_factory=list)
    unclear: list[Unclear] = dataclasses.field(default_factory=list)
    #: the line above the columns, if there is one
    heading: str = ""
    #: whether there were more lines than are looked at
    is_cut: bool = False


class _Puzzled(Exception):
    """This line is not understood, and why."""


def days_and_numbers(text: str, *, today: dt.date) -> Pasted:
    """Read a day and a number from each line. No text is an error: what is not understood is said line by line."""
    return _read(text, lambda line: _day_and_number(line, today))


def days(text: str, *, today: dt.date) -> Pasted:
    """Read a day from each line: something happened on it."""
    return _read(text, lambda line: (_day(line.split("\t")[0].strip(_BETWEEN).strip('"'), today), 1.0))


def _read(text: str, understand: Callable[[str], tuple[dt.date, float]]) -> Pasted:
    found = Pasted()
    for number, typed in _lines(text):
        if number > MOST_LINES:
            return dataclasses.replace(found, is_cut=True)
        line = typed.translate(_AS_TYPED).strip()
        if not line.strip(_BETWEEN + '"'):
            continue
        try:
            if len(line) > _LONGEST_LINE:
                raise _Puzzled("This line is too long to be a day and a number.")
            found.understood.append(Understood(number, *understand(line)))
        except _Puzzled as puzzle:
            if not (found.understood or found.unclear or found.heading) and _is_heading(line):
                found = dataclasses.replace(found, heading=typed.strip()[:_LONGEST_LINE])
            else:
                found.unclear.append(Unclear(number, typed.strip()[:_LONGEST_LINE], str(puzzle)))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number, one after the other, so that a text of a million lines is not kept twice."""
    return (
        (number, match.group(1)) for number, match in enumerate(re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|$)", text), 1)
    )


def _is_heading(line: str) -> bool:
    """Whether no part of the line is a day or a number."""
    cells = [cell.strip() for cell in re.split(r"[\t;,]|\s{2,}", line)]
    return not any(_NUMBER.fullmatch(cell) or written_days.beginning(cell) for cell in cells if cell)


def _day_and_number(line: str, today: dt.date) -> tuple[dt.date, float]:
    day, number = _two(line)
    return _day(day, today), _number(number)


def _two(line: str) -> tuple[str, str]:
    """The two columns of a line."""
    cells = _cells(line)
    while len(cells) > 2 and not cells[-1]:
        cells.pop()
    if len(cells) > 2 and not written_days.beginning(cells[0]):
        raise _Puzzled("A line needs a day, and then a number.")
    if len(cells) > 2:
        raise _Puzzled("There is more than a day and a number here. Copy two columns only.")
    if len(cells) < 2 or not cells[1]:
        if written_days.beginning(cells[0]):
            raise _Puzzled("There is no number on this line. If it is a formula, copy its value.")
        raise _Puzzled("A line needs a day, and then a number.")
    if _NUMBER.fullmatch(cells[0]) and written_days.beginning(cells[1]):
        raise _Puzzled("The number stands first. Put the day in the first column.")
    return cells[0], cells[1]


def _cells(line: str) -> list[str]:
    if '"' in line:
        between = next((each for each in "\t;" if each in line), ",")
        try:
            return [cell.strip() for cell in next(csv.reader([line], delimiter=between, skipinitialspace=True), [""])]
        except csv.Error:
            raise _Puzzled("The quotation marks on this line do not match.") from None
    if "\t" in line or ";" in line:
        return _PARTS.split(line)
    # By commas or blanks: a comma may also stand inside the number, so the day is looked for first.
    match = written_days.beginning(line)
    if match is None:
        return [cell.strip() for cell in re.split(r",|\s{2,}|\s(?=\S+$)", line)]
    rest = line[match.end() :]
    if rest and rest[0] not in " ,":
        return [line]
    if re.fullmatch(r",\d{1,3}(,\d{3})+", rest.rstrip(","), re.ASCII):
        raise _Puzzled("The commas may part columns or thousands. Write the number without commas.")
    value = rest.strip(_BETWEEN)
    parts = re.split(r",\s+|\s{2,}", value)
    return [match.group().strip(), *(parts if len(parts) > 1 else [value])]


def _day(text: str, today: dt.date) -> dt.date:
    try:
        return written_days.read(text, today=today)
    except NoDay as error:
        raise _Puzzled(error.words) from None


def _number(text: str) -> float:
    if text.startswith("="):
        raise _Puzzled("This is a formula. Copy its value.")
    match = _NUMBER.fullmatch(text)
    if match is None:
        if re.fullmatch(r"-?\d+,\d{1,2}", text, re.ASCII):
            raise _Puzzled("Write the decimal with a point, like 3.5, and not with a comma.")
        raise _Puzzled(f"“{text[:40]}” is not a number.")
    if patient_details.nhs_numbers(text):
        raise _Puzzled("This looks like an NHS number. No patient details here.")
    sign, figures, power = match.groups()
    return float(f"{sign}{figures.replace(',', '')}{power or ''}")
