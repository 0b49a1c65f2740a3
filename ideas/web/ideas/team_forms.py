"""The forms of a team: take it on, ask somebody, answer; and the one button that needs a version alone."""

from __future__ import annotations

from ideas.web.by_name import row
from ideas.web.choices import ChoiceField, SelectField
from ideas.web.forms import Form, Keyed
from ideas.web.stale import OnVersion


class TakeOnForm(Keyed, Form):
    """Carry it oneself."""


class AskForm(Keyed, Form):
    """Ask somebody by name."""

    # Who is not in the list is answered by the domain, which says why.
    person = SelectField("Whom do you ask?", coerce=row, validate_choice=False, required="Choose somebody")
    #: its reader asked for everybody
    is_whole = False
    #: there are more than it offers
    leaves_out = False


class TeamAnswerForm(Form):
    """Say yes or no to a place in the team."""

    answer = ChoiceField("Your answer", choices=["accept", "decline"], required="Say yes or no")


class VersionForm(OnVersion, Form):
    """One button, on what was read: it opens a draft, or starts the planning."""
