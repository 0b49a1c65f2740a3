"""The forms that hide an idea, and show it again."""

from __future__ import annotations

from ideas.web.fields import LongTextField
from ideas.web.forms import Form, Keyed
from ideas.web.patient_details import TellsNoPatient


class HidingForm(TellsNoPatient, Keyed, Form):
    """Hide it, and say why."""

    reason = LongTextField(
        "Why?",
        hint="Its team reads this, so that they can put it right. Do not repeat what must not be read.",
        required="Say why, so that its team can put it right",
        max_length=1000,
    )


class ShowAgainForm(Form):
    """One button: show it again."""
