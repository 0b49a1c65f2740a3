"""The forms of a cycle, one for each step. What they ask stands in the order of `asks`."""

from __future__ import annotations

from typing import Any

from ideas.models import CycleEnd, Foresight
from ideas.web.choices import ChoiceField
from ideas.web.fields import DateField, LongTextField
from ideas.web.forms import Form, Keyed
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnSeal


class PlanForm(TellsNoPatient, Keyed, Form):
    """What they will try, and what they think will happen."""

    attempt = LongTextField(
        "What will you try?",
        hint="The smallest thing that could teach you something. Like: two bays, one doctor, this week.",
        required="Say what you will try",
        max_length=500,
    )
    prediction = LongTextField(
        "What do you think will happen?",
        hint="Say it as you would to a colleague, with a number if you can. It stays as it is once you start.",
        required="Say what you think will happen",
        max_length=1000,
    )

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by the names that the domain knows."""
        return {"attempt": self.attempt.data, "prediction": self.prediction.data}


class RevisionForm(OnSeal, PlanForm):
    """The same, planned otherwise."""


class StartForm(Keyed, Form):
    """From when they did it."""

    started_on = DateField("On which day did it begin?", required="Enter the day on which it began")


class ReportForm(TellsNoPatient, Keyed, Form):
    """What happened."""

    happened = LongTextField(
        "What happened?",
        hint="What you saw, what went another way, what surprised you.",
        required="Say what happened",
        max_length=2000,
    )


class StudyForm(TellsNoPatient, Keyed, Form):
    """What they learned."""

    foresight = ChoiceField(
        "Did it go as you thought?",
        choices=[
            (Foresight.AS_PREDICTED, "Yes"),
            (Foresight.PARTLY, "Partly"),
            (Foresight.NOT, "No", "That teaches the most."),
        ],
        coerce=Foresight,
        required="Choose yes, partly or no",
    )
    learned = LongTextField("What did you learn?", required="Say what you learned", max_length=2000)


class EndForm(TellsNoPatient, Keyed, Form):
    """What comes of it."""

    ended_as = ChoiceField(
        "What comes of it?",
        choices=[
            (CycleEnd.ADOPT, "Keep it", "You do it so from now on."),
            (CycleEnd.ADAPT, "Change it", "Something changes, and you go round again."),
            (CycleEnd.ABANDON, "Drop it", "You do not do it any more."),
        ],
        coerce=CycleEnd,
        required="Choose keep, change or drop",
    )
    because = LongTextField("What changes, or why?", hint="You can leave this empty.", max_length=1000)
