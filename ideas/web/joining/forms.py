"""The forms with which somebody joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from ideas.domain import joining
from ideas.web.choices import SelectField
from ideas.web.fields import PasswordField, TextField
from ideas.web.forms import Form, Keyed

if TYPE_CHECKING:
    from ideas.models import Organisation


class Where(Form):
    """The organisation to join."""

    organisation = SelectField("Where do you work?", coerce=int, required="Choose where you work")

    @classmethod
    def of(cls) -> Self:
        """The form, with the organisations that can be joined."""
        form = cls()
        form.organisations = {one.id: one for one in joining.could_be_joined()}
        form.organisation.choices = [("", "Choose"), *((id, one.name) for id, one in form.organisations.items())]
        return form

    @property
    def chosen(self) -> Organisation:
        """The organisation that was chosen, in a form that is complete."""
        chosen: Organisation = self.organisations[self.organisation.data]
        return chosen


class Job(Form):
    """What somebody does where they join."""

    job = TextField(
        "Your job there",
        hint="As your colleagues would say it: carer, porter, ward sister.",
        required="Say what you do",
        max_length=120,
    )


class Account(Form):
    """What an account needs. The names of the fields are those of the domain's refusals."""

    name = TextField("Your name", hint="As your colleagues know you.", required="Type your name", max_length=120)
    sign_in = TextField(
        "A name to sign in with",
        hint="An e-mail address, or any one word: dele, or dele.nights. No e-mail is sent.",
        required="Choose a name to sign in with",
        max_length=254,
    )
    new = PasswordField(
        "A password",
        hint="12 characters or more. Three random words make a good one. Spaces count.",
        required="Choose a password",
    )


class JoinForm(Where, Account, Job):
    """Make an account, and ask to join."""


class JoinAlsoForm(Keyed, Where, Job):
    """Ask to join one more organisation."""


class AnswerForm(Form):
    """One button."""
