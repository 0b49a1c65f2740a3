"""Forms of a sign-off: asking, answering, sending on, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from ideas.models import Gate, Outcome
from ideas.web.choices import ChoiceField, SelectField, TicksField
from ideas.web.fields import DateField, HiddenField, LongTextField, TextField, TickField
from ideas.web.forms import Form, Keyed, RefusesUnknown
from ideas.web.patient_details import TellsNoPatient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Organisation, Person

_NO = ("no", "No", "It ends here, not elsewhere. Say why, and what would change it.")
_ANSWERS = {
    Gate.TRY: [
        ("approve", "Yes, try it", "To an end date, with a condition if you set one."),
        ("not_yet", "Not yet", "Back to planning, with what would make it a yes."),
        _NO,
    ],
    Gate.ADOPT: [
        ("approve", "Yes, make it the way we work", "The trial is over, and it stays."),
        ("not_yet", "Not yet", "The trial goes on to a new end date. Say what would make it a yes."),
        _NO,
    ],
}
_END = ("ends_on", "Say on which day it ends")
_MUST_SAY = {
    (Gate.TRY, Outcome.APPROVE): [_END],
    (Gate.TRY, Outcome.NOT_YET): [("would_change", "Say what would make it a yes, one thing a line")],
    (Gate.ADOPT, Outcome.NOT_YET): [_END, ("would_change", "Say what would make it a yes, one thing a line")],
    (Gate.TRY, Outcome.NO): [("reason", "Say why, so that nobody has to guess")],
    (Gate.ADOPT, Outcome.NO): [("reason", "Say why, so that nobody has to guess")],
}


def among(leaders: Sequence[Person], organisation: Organisation | None) -> list[tuple[str, str]]:
    """Leaders to choose from, by name and job there."""
    return [("", "Choose a leader"), *((str(leader.id), _name_and_job(leader, organisation)) for leader in leaders)]


def _name_and_job(leader: Person, organisation: Organisation | None) -> str:
    jobs = [m.job for m in leader.active_memberships if organisation and m.organisation_id == organisation.id]
    return f"{leader.name}, {jobs[0]}" if jobs else leader.name


class AskForm(Keyed, Form):
    """Ask a named leader."""

    leader = SelectField("Whom do you ask?", coerce=int, required="Choose who is asked")


class SendOnForm(TellsNoPatient, Keyed, Form):
    """Send a request on to another leader."""

    leader = SelectField("To whom", coerce=int, required="Choose who is asked instead")
    reason = TextField("Why", max_length=300, required="Say in a word why it goes to somebody else")


class TakeOverForm(Form):
    """Take a request over: the leader is the one who sends it."""


class TakeBackForm(TellsNoPatient, Keyed, Form):
    """Take a request back."""

    reason = TextField("Why", max_length=300, required="Say in a word why it is taken back")


class OneTextField(LongTextField):
    """One text; what is sent several times under its name is kept whole, one after the other."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Join what was sent."""
        super().process_formdata(["\n".join(valuelist)] if valuelist else [])


class CaseVersionField(HiddenField):
    """The name of the case that was read. A form that does not say has read none, whatever stands now."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent, and nothing else."""
        self.data = valuelist[0] if valuelist else ""


class DecisionForm(RefusesUnknown, TellsNoPatient, Keyed, Form):
    """A leader's answer. What each answer must say is asked for only with that answer."""

    cannot: ClassVar[dict[str, str]] = {
        "condition_before": "A condition holds while it runs. What must be so before it starts is a not yet"
    }

    #: which case was read: a name, not a number
    version = CaseVersionField()
    outcome = ChoiceField("Your answer", required="Choose your answer")
    ends_on = DateField("It ends on")
    condition_while = OneTextField(
        "A condition while it runs (optional)", hint="It stands on the card as long as it is tried.", max_length=1000
    )
    checks = TicksField(
        "Checks that are still open",
        hint="Tick one to make it a condition while it runs. With one left open, say not yet.",
        coerce=int,
        validate_choice=False,
    )
    reason = LongTextField("The reason")
    would_change = LongTextField(
        "What would make it a yes?",
        hint="One thing a line. After a not yet it is the team's list. After a no it says when to come back.",
    )
    smaller_yes = LongTextField(
        "A smaller thing they may try now (optional)",
        hint="With this it goes back to planning, and this is its smallest test.",
    )
    no_interest = TickField(
        "This idea is not mine, I am not in its team, and I have no interest in it",
        required="Tick this if it is so. If not, send it on to another leader",
    )

    def __init__(self, gate: Gate, *args: Any, **kwargs: Any) -> None:
        """The form of one gate: the answers differ."""
        super().__init__(*args, **kwargs)
        self.gate = gate
        self.outcome.choices = _ANSWERS[gate]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether the answer is whole: each outcome asks for words, or a day, of its own."""
        is_complete = super().validate(*args, **kwargs)
        for name, words in self._must_say():
            if not self[name].data and not self[name].errors:
                self.refuse(name, words)
                is_complete = False
        return is_complete

    def _must_say(self) -> list[tuple[str, str]]:
        if self.outcome.errors:
            return []
        return _MUST_SAY.get((self.gate, Outcome(self.outcome.data)), [])
