"""Forms about oneself: signing in, the password, being away."""

from __future__ import annotations

from typing import Any

from ideas.models import Person
from ideas.web.choices import SelectField
from ideas.web.fields import DateField, HiddenField, PasswordField, TextField, TickField
from ideas.web.forms import Form, Keyed


class SharedDevice(Form):
    """Say that somebody else sits here next."""

    shared = TickField("Others use this device too", hint="You are signed out when you are done.")


class SignInForm(SharedDevice):
    """A sign-in name and a password, and where to go then."""

    email = TextField("User name or e-mail", required="Type your user name or e-mail address", max_length=254)
    password = PasswordField("Password", required="Type your password")
    next = HiddenField()


class PasswordForm(Form):
    """The password that one has, and the one to have."""

    current = PasswordField("Your password now", required="Type the password that you have now")
    new = PasswordField(
        "New password",
        hint="12 characters or more. Three random words make a good one. Spaces count.",
        required="Type a new password",
    )


class AbsenceForm(Keyed, Form):
    """From when to when one is away, and who answers then."""

    deputy = SelectField("Who answers for you", required="Choose who answers for you", coerce=int)
    since = DateField("First day away", required="Choose the first day that you are away")
    until = DateField("Last day away", required="Choose the last day that you are away")

    def offer(self, leaders: list[Person]) -> AbsenceForm:
        """Let one choose among these."""
        named = [(one.id, f"{one.name}, {one.main_membership.job}") for one in leaders if one.main_membership]
        self.deputy.choices = [("", "Choose somebody"), *named]
        return self

    def days(self) -> dict[str, Any]:
        """The first and the last day, of a form that is complete."""
        return {"since": self.since.data, "until": self.until.data}
