"""Batches: many readings at once, from two columns of a spreadsheet; all of what was looked at, or nothing."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
from typing import IO, TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.adapters.files import cleaning
from ideas.adapters.files.kinds import FileKind
from ideas.models import Measure, Reading
from ideas.text import pasted
from ideas.text.pasted import Unclear

from . import arrivals, corrections, events, readings, versions
from .errors import Invalid

if TYPE_CHECKING:
    import datetime as dt

    from ideas.adapters.files.store import Store
    from ideas.models import Person
    from ideas.text.pasted import Understood

_TABLES = (FileKind.CSV, FileKind.TXT, FileKind.XLSX)
#: What a file box offers to choose.
ACCEPT = ".csv,.xlsx"


class Doubles(enum.StrEnum):
    """What is to hold where a day has two numbers."""

    #: the number that is there, and of two lines the first
    OLD = "old"
    #: the number that comes, and of two lines the last
    NEW = "new"


@dataclasses.dataclass(frozen=True)
class Double:
    """A day with two numbers: one that is there or on an earlier line, and one that comes."""

    line: int
    taken_on: dt.date
    old: float
    new: float
    #: the earlier line; none: the old number is there already
    first_line: int | None


@dataclasses.dataclass(frozen=True)
class Batch:
    """What a text would do to a measure, before it does."""

    #: the first line of each day that has no reading yet
    new: list[Understood]
    doubles: list[Double]
    #: how many lines say what is there already, or what an earlier line said
    same: int
    unclear: list[Unclear]
    heading: str
    is_cut: bool

    @property
    def entered(self) -> list[Understood]:
        """The new readings, in the order of their days."""
        return sorted(self.new, key=lambda line: line.taken_on)

    @property
    def seal(self) -> str:
        """What stands for all this: another text, or other readings there, has another."""
        said = repr((self.new, self.doubles, self.same, self.unclear))
        return hashlib.sha256(said.encode(errors="backslashreplace")).hexdigest()


def columns(name: str, stream: IO[bytes], *, store: Store) -> str:
    """The first two filled columns of a CSV or Excel file, as text to look at. Takes up to some seconds.

    Raises Invalid, with what can be done instead.
    """
    kind = FileKind.of(name)
    if kind not in _TABLES:
        raise Invalid(
            "file", "This is neither CSV nor an Excel file (.xlsx). Save it as one of these, and choose that."
        )
    arrivals.refuse_unless_readable(stream, too_large="Save only the sheet with the readings.")
    with arrivals.told_at_the_field():
        text = cleaning.columns(kind, stream, store.arriving)
    if not text.strip():
        raise Invalid("file", "The first sheet is empty. Put the readings there, save it, and choose it again.")
    return text


def read(measure: Measure, text: str) -> Batch:
    """Look at what this text would do. Changes nothing."""
    columns = pasted.days if measure.counts_days_between else pasted.days_and_numbers
    found = columns(text, today=clock.today())
    there: dict[dt.date, tuple[float, int | None]] = {each.taken_on: (each.value, None) for each in measure.readings}
    batch = Batch([], [], 0, list(found.unclear), found.heading, found.is_cut)
    same = 0
    for line in found.understood:
        if why := _nonsense(line):
            batch.unclear.append(Unclear(line.line, _shown(measure, line), why))
        elif line.taken_on not in there:
            batch.new.append(line)
            there[line.taken_on] = line.value, line.line
        elif there[line.taken_on][0] == line.value:
            same += 1
        else:
            old, first_line = there[line.taken_on]
            batch.doubles.append(Double(line.line, line.taken_on, old, line.value, first_line))
    batch.unclear.sort(key=lambda each: each.line)
    return dataclasses.replace(batch, same=same)


def _nonsense(line: Understood) -> str:
    try:
        readings.make_sense(line.taken_on, line.value)
    except Invalid as refusal:
        return refusal.words
    return ""


def _shown(measure: Measure, line: Understood) -> str:
    day = f"{line.taken_on:%d/%m/%Y}"
    return day if measure.counts_days_between else f"{day} {line.value:g}"


def add(measure: Measure, text: str, *, seal: str, doubles: Doubles | None, by: Person) -> str:
    """Enter all readings of a text that was looked at, and return in words what was done.

    Raises Denied, or Invalid when it would do something else than what was looked at, leaves a day with two numbers,
    or is too much; then nothing is entered.
    """
    versions.hold(measure.idea)
    demand(by, Action.EDIT, measure)
    batch = read(measure, text)
    if batch.seal != seal:
        raise Invalid("seal", "The readings have changed since you looked. Look again at what would be added.")
    if batch.doubles and doubles is None:
        raise Invalid("doubles", "Choose which number holds where a day has two")
    values = {line.taken_on: line.value for line in batch.new}
    corrected: dict[dt.date, float] = {}
    if doubles is Doubles.NEW:
        for double in batch.doubles:
            (values if double.taken_on in values else corrected)[double.taken_on] = double.new
    done = _enter(measure, values, by=by), _correct(measure, corrected, by=by)
    if not any(done):
        raise Invalid("seal", "There is nothing new to add.")
    what = _words(*done)
    events.record(events.Kind.BATCH_ENTERED, measure.idea, by=by, name=measure.name, what=what)
    readings.settle(measure.idea)
    return what


def _enter(measure: Measure, values: dict[dt.date, float], *, by: Person) -> int:
    readings.refuse_without_room(measure, len(values), field="seal")
    now = clock.now()
    measure.readings.extend(
        Reading(taken_on=day, value=value, entered_by_id=by.id, entered_at=now) for day, value in values.items()
    )
    return len(values)


def _correct(measure: Measure, values: dict[dt.date, float], *, by: Person) -> int:
    wrong = [each for each in measure.readings if values.get(each.taken_on, each.value) != each.value]
    if wrong and corrections.count(measure, reader=by) + len(wrong) > corrections.MOST:
        raise Invalid("doubles", "Very many readings were corrected already. Keep the old numbers, or add a measure.")
    for reading in wrong:
        readings.amend(reading, taken_on=reading.taken_on, value=values[reading.taken_on], by=by)
    return len(wrong)


def _words(new: int, corrected: int) -> str:
    words = [f"{new:,} added"] if new else []
    words += [f"{corrected:,} corrected"] if corrected else []
    return ", ".join(words)
