"""The form of the weekly minute: the numbers, whether one got one's time, what is in the way, what is worse."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from flask import request

from ideas import clock
from ideas.domain import weekly_minutes
from ideas.domain.weekly_minutes import Said
from ideas.models import Kept, Rhythm
from ideas.text import numbers
from ideas.web.choices import ChoiceField
from ideas.web.fields import HiddenField, LongTextField
from ideas.web.forms import Form, Keyed
from ideas.web.measures.figures import FigureField
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnVersion
from ideas.web.templating import day

if TYPE_CHECKING:
    from ideas.models import Idea, Measure, Pledge, Week

_TEXT = 1000


class MinuteForm(TellsNoPatient, OnVersion, Keyed, Form):
    """What every team is asked. `of` adds the numbers and the pledges of one idea."""

    #: the Monday of the week that it is about
    week = HiddenField()
    #: the button that says that there is nothing to report
    nothing = HiddenField()
    in_the_way = LongTextField("Anything in the way?", hint="Leave it empty if not.", max_length=_TEXT)
    worse = LongTextField(
        "Anything worse than before?", hint="For us, for patients, for another team.", max_length=_TEXT
    )
    # After the numbers and the pledges: fields come in the order in which they were made, and `of` makes those later.
    in_the_way.creation_counter, worse.creation_counter = 900_001, 900_002

    @classmethod
    def of(cls, idea: Idea, **kwargs: Any) -> MinuteForm:
        """The form for this week of an idea, with what was said so far; what was sent stands in its place."""
        week = weekly_minutes.this_week(idea)
        minute = weekly_minutes.of_week(idea, week)
        asked = weekly_minutes.counted(idea, week)
        sent = [m for m in idea.measures if m not in asked and request.form.get(_number(m.id), "").strip()]
        pledges = weekly_minutes.pledges_of_time(idea)
        fields: dict[str, Any] = {_number(m.id): _asks_number(m, week) for m in [*asked, *sent]}
        fields |= {_time(pledge.id): _asks_pledge(pledge, is_one_of_several=len(pledges) > 1) for pledge in pledges}
        if not pledges:
            fields["had_time"] = _asks_time("Did you have the time?", "Nobody pledged any.")
        so_far = _fields_of(Said.of(minute)) | {"week": f"{week.starts_on}", "version": minute.version if minute else 0}
        return type(cls.__name__, (cls,), fields)(**(so_far | kwargs))

    @property
    def says_nothing(self) -> bool:
        """Whether it was sent by the button that says so."""
        return bool(self.nothing.data)

    @property
    def starts_on(self) -> dt.date | None:
        """The Monday of the week that it is about; None when it does not say."""
        try:
            return dt.date.fromisoformat(self.week.data or "")
        except ValueError:
            return None

    @property
    def said(self) -> Said:
        """What is answered."""
        return Said(
            numbers={int(name.removeprefix(_NUMBER)): float(field.data) for name, field in self._answered(_NUMBER)},
            time={int(name.removeprefix(_TIME)): field.data for name, field in self._answered(_TIME)},
            had_time=self["had_time"].data if "had_time" in self else None,
            in_the_way=self["in_the_way"].data,
            worse=self["worse"].data,
        )

    @property
    def questions(self) -> list[Any]:
        """Its fields in order: numbers, time, what is in the way, what is worse."""
        return [field for field in self if field.short_name.startswith((_NUMBER, _TIME)) or field.short_name in _OTHERS]

    def _answered(self, prefix: str) -> list[tuple[str, Any]]:
        fields = [field for field in self if field.short_name.startswith(prefix)]
        return [(field.short_name, field) for field in fields if field.data is not None]

    def renew(self, idea: Idea) -> dict[str, str]:
        """Make it a form for what is there now, with what was typed, and return what stands against that, by field.

        What was left empty takes what somebody else said meanwhile, so that sending it again takes nothing of theirs
        out.
        """
        week = weekly_minutes.this_week(idea)
        minute = weekly_minutes.of_week(idea, week)
        self.week.data, self.version.data = f"{week.starts_on}", minute.version if minute else 0
        theirs = {name: value for name, value in _fields_of(Said.of(minute)).items() if value and name in self}
        for name, value in theirs.items():
            if self[name].data in (None, ""):
                self[name].data = value
        return {name: _shown(value) for name, value in theirs.items() if f"{self[name].data}" != value}


_NUMBER, _TIME, _OTHERS = "number_", "time_", ("had_time", "in_the_way", "worse")


def _shown(value: str) -> str:
    return value.words if isinstance(value, Kept) else value


def _number(measure_id: int) -> str:
    return f"{_NUMBER}{measure_id}"


def _time(pledge_id: int) -> str:
    return f"{_TIME}{pledge_id}"


def _fields_of(said: Said) -> dict[str, str]:
    """What is said, by the names of the fields."""
    return {
        **{_number(id): _figure(value) for id, value in said.numbers.items()},
        **{_time(id): kept for id, kept in said.time.items()},
        "had_time": said.had_time or "",
        "in_the_way": said.in_the_way,
        "worse": said.worse,
    }


def _figure(value: float) -> str:
    return numbers.plain(value).replace(",", "")


def _asks_number(measure: Measure, week: Week) -> FigureField:
    is_daily = measure.rhythm is Rhythm.DAY
    since = clock.today() if is_daily else week.starts_on
    last = next((r for r in reversed(measure.readings) if r.taken_on < since), None)
    said = numbers.with_unit(numbers.plain(last.value), measure.unit) if last else ""
    before = f" Last time: {said}, on {day(last.taken_on)}." if last else ""
    what = f"{measure.definition.rstrip('.')}. " if measure.definition else ""
    of_today = "Today's number. " if is_daily else ""
    return FigureField(
        measure.name,
        hint=f"{what}{of_today}How many {measure.unit}?{before}",
    )


def _asks_pledge(pledge: Pledge, *, is_one_of_several: bool) -> ChoiceField:
    whose = f"{pledge.words}, pledged by {pledge.sponsorship.person.short_name}"
    if is_one_of_several:
        return _asks_time(f"Did you get your time: {whose}?")
    return _asks_time("Did you get your time?", whose)


def _asks_time(question: str, hint: str = "") -> ChoiceField:
    return ChoiceField(question, hint=hint, choices=[(kept, kept.words) for kept in Kept], coerce=Kept)
