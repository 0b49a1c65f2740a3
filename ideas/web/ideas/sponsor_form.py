"""The form of somebody who is asked to sponsor."""

from __future__ import annotations

from typing import Any

from ideas.models import PledgeKind, Unit
from ideas.web.choices import ChoiceField, SelectField
from ideas.web.fields import NumberField, TextField
from ideas.web.forms import Form
from ideas.web.patient_details import TellsNoPatient

#: What an amount that is pledged counts.
UNITS = [
    ("", "Just the number"),
    (Unit.HOURS_A_WEEK, "hours a week"),
    (Unit.POUNDS, "pounds"),
    (Unit.DAYS, "days"),
    (Unit.ITEMS, "items"),
]


class SponsorAnswerForm(TellsNoPatient, Form):
    """Back it and say what one brings, or decline and say why."""

    answer = ChoiceField(
        "Will you sponsor it?",
        choices=[
            ("accept", "Yes, I back it", "And say what you bring."),
            ("decline", "No", "And say why, so that they can ask better."),
        ],
        required="Say yes or no",
    )
    pledge_kind = SelectField(
        "What do you bring?", choices=[("", "Choose what"), *((kind.value, kind.words) for kind in PledgeKind)]
    )
    amount = NumberField("How much?", hint="A number, if there is one.", decimals=2)
    unit = SelectField("Of what?", choices=UNITS)
    note = TextField("In a few words", hint="Yes: what it is for, or when. No: your reason.", max_length=300)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether a yes says what it brings."""
        is_complete = super().validate(*args, **kwargs)
        lacks = self.answer.data == "accept" and not self.pledge_kind.data and not self.pledge_kind.errors
        if lacks:
            self.refuse("pledge_kind", "Choose what you bring")
        return is_complete and not lacks
