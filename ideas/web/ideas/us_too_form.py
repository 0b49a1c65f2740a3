"""The form that says "us too"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from ideas.web.by_name import row
from ideas.web.choices import SelectField
from ideas.web.fields import TextField
from ideas.web.forms import Form, Keyed
from ideas.web.patient_details import TellsNoPatient

if TYPE_CHECKING:
    from ideas.models import Membership, Person


class UsTooForm(TellsNoPatient, Keyed, Form):
    """It affects us too: where, and in which job. What is known is filled in, so that one tap is enough."""

    membership = SelectField("From where do you say it?", coerce=row)
    place = TextField("Ward, home, round or desk (optional)", max_length=120)
    job = TextField("Job", max_length=120)

    @classmethod
    def of(cls, person: Person, **kwargs: Any) -> Self:
        """The form of this person: who works at one place only is not asked at which."""
        held = person.active_memberships
        form = cls(ids="us-too", job=held[0].job if len(held) == 1 else "", **kwargs)
        form.membership.choices = [(each.id, f"{each.job}, {each.organisation.name}") for each in held]
        if len(held) > 1:
            form.job.description = "Leave it empty for the job that you have there."
        return form

    def chosen(self, person: Person) -> Membership:
        """From where they say it: what they chose, or the first."""
        held = {each.id: each for each in person.active_memberships}
        return held.get(self.membership.data or 0) or next(iter(held.values()))
