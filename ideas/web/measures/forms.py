"""The forms of the evidence's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ideas.models import Direction, MeasureKind, Rhythm, VerdictKind
from ideas.web.choices import ChoiceField, SelectField
from ideas.web.fields import DateField, LongTextField, TextField
from ideas.web.forms import Form, Keyed
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnSeal, OnVersion

from .figures import FigureField

if TYPE_CHECKING:
    from ideas.models import Measure

#: The verdicts that a team can give of itself.
_SAID = (VerdictKind.LESS_BAD, VerdictKind.NO_CLEAR_CHANGE, VerdictKind.WORSE)


class AboutMeasure(TellsNoPatient, Form):
    """What would show it."""

    reads_not = frozenset({"unit"})

    name = TextField(
        "What do you count?",
        hint="Like: hours from ready to go until leaving.",
        required="Say what you count",
        max_length=120,
    )
    rhythm = ChoiceField(
        "How often do you count?",
        choices=[
            *((each, each.words) for each in Rhythm if each is not Rhythm.EVENT),
            (Rhythm.EVENT, Rhythm.EVENT.words, "For rare things, like falls. We count the days between."),
        ],
        coerce=Rhythm,
        default=Rhythm.WEEK,
    )
    unit = TextField(
        "In what?", hint="Like: hours, calls a day, people. Leave it empty for days between.", max_length=60
    )
    direction = ChoiceField(
        "Which way is less bad?",
        hint="Of days between, more are less bad.",
        choices=[(Direction.LOWER, "Lower"), (Direction.HIGHER, "Higher")],
        coerce=Direction,
    )
    kind = ChoiceField(
        "What does it tell?",
        choices=[
            (MeasureKind.OUTCOME, MeasureKind.OUTCOME.words, "Like: hours that people wait."),
            (MeasureKind.PROCESS, MeasureKind.PROCESS.words, "Like: how many were written the day before."),
            (MeasureKind.BALANCING, MeasureKind.BALANCING.words, "Like: prescriptions changed again next morning."),
        ],
        coerce=MeasureKind,
        default=MeasureKind.OUTCOME,
    )
    definition = LongTextField(
        "What exactly counts?",
        hint="So that two people count the same. Like: everybody sent home with medicines, the mean of each week.",
        max_length=1000,
    )
    place = TextField("Where is it counted?", hint="Like: Ward 9.", max_length=120)
    target = FigureField("Target", hint="A number to reach, if there is one.")

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether it is whole: of days between, unit and direction go without saying."""
        is_complete: bool = super().validate(*args, **kwargs)
        if self.rhythm.data is Rhythm.EVENT:
            return is_complete
        for name, words in (("unit", "Say in what it is counted"), ("direction", "Choose lower or higher")):
            if not self[name].data and not self[name].errors:
                self.refuse(name, words)
                is_complete = False
        return is_complete

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by the names that the domain knows."""
        target = None if self.target.data is None else float(self.target.data)
        return {
            "name": self.name.data,
            "unit": self.unit.data,
            "direction": self.direction.data or Direction.HIGHER,
            "kind": self.kind.data or MeasureKind.OUTCOME,
            "definition": self.definition.data,
            "place": self.place.data,
            "rhythm": self.rhythm.data or Rhythm.WEEK,
            "target": target,
        }


class ChangeMeasureForm(OnSeal, AboutMeasure):
    """What it is, changed."""


class MeasureForm(Keyed, AboutMeasure):
    """Something more that would show it."""


class ChangeDayForm(TellsNoPatient, Form):
    """From which day the change counts. Empty: from the start of the trial."""

    changed_on = DateField(
        "The change counts from",
        hint="Readings before this day are how it was. Leave it empty for the day on which the trial starts.",
    )
    reason = TextField(
        "Why from that day?", hint="Like: the new list was first used a week later.", required="Say why", max_length=300
    )


class NewLimitsForm(TellsNoPatient, Keyed, Form):
    """Limits begin anew at a reading."""

    starts_on = SelectField("From which reading?", required="Choose the first reading of the new limits")
    reason = TextField(
        "What changed for good?",
        hint="Like: from May the porters count too. New limits are not for hiding what became worse.",
        required="Say what changed for good",
        max_length=300,
    )


class HappeningForm(TellsNoPatient, Keyed, Form):
    """What happened on a day."""

    happened_on = DateField("Day", required="Choose the day on which it happened")
    words = TextField(
        "What happened?",
        hint="What may have moved the numbers. Like: new rota, norovirus, a bay shut.",
        required="Say what happened",
        max_length=120,
    )


class ReadingForm(Keyed, Form):
    """One dated value."""

    taken_on = DateField("Day", required="Choose the day on which you counted")
    value = FigureField("Number", required="Write the number that you counted")


class CorrectionForm(OnVersion, Form):
    """A reading, put right."""

    taken_on = DateField("Day", required="Choose the day on which you counted")
    value = FigureField("Number", decimals=6, required="Write the number that you counted")


class _DayForm(Form):
    taken_on = DateField("The day on which it happened", required="Choose the day on which it happened")


class EventForm(Keyed, _DayForm):
    """A day on which a rare thing happened."""


class CorrectedDayForm(OnVersion, _DayForm):
    """A day on which a rare thing happened, put right."""


def to_enter(measure: Measure) -> type[ReadingForm | EventForm]:
    """The form for one more reading, or for one more time that a rare thing happened."""
    return EventForm if measure.counts_days_between else ReadingForm


class RemovalForm(OnVersion, Form):
    """A reading, to take out as it was read."""


class ResultForm(TellsNoPatient, OnVersion, Form):
    """What the team says came of it."""

    stated_result = LongTextField(
        "What came of it, in your own words",
        hint="What is less bad, what is not, and what you would tell the next team.",
        required="Say what came of it",
    )
    stated_as = ChoiceField(
        "In one word, what is it now?",
        hint="It stands beside what the readings say. If they differ, both stay.",
        choices=[*((each, each.words) for each in _SAID), ("", "Not in one word")],
        coerce=VerdictKind,
    )

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by the names that the domain knows."""
        return {"text": self.stated_result.data, "stated_as": self.stated_as.data}
