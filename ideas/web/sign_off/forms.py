"""Forms of a sign-off: asking, answering, sending on, taking back."""

from __future__ import annotations

import decimal
from typing import TYPE_CHECKING, Any, ClassVar

from ideas.domain.backings import Backing
from ideas.models import Gate, Outcome, PledgeKind, Unit
from ideas.web.choices import ChoiceField, SelectField, TicksField
from ideas.web.fields import DateField, HiddenField, LongTextField, NumberField, TextField, TickField
from ideas.web.forms import Form, Keyed, RefusesUnknown
from ideas.web.ideas.sponsor_form import UNITS
from ideas.web.patient_details import TellsNoPatient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ideas.models import Organisation, Person

_NO = ("no", "No", "It ends here, not elsewhere. Say why, and what would change it.")
_NOT_OURS = ("not_ours", "Not ours", "It is for others to answer. Who else was asked still does.")
_ANSWERS = {
    Gate.TRY: [
        ("approve", "Yes, try it", "To an end date, with a condition if you set one."),
        ("not_yet", "Not yet", "Back to planning, with what would make it a yes."),
        _NO,
        _NOT_OURS,
    ],
    Gate.ADOPT: [
        ("approve", "Yes, make it the way we work", "The trial is over, and it stays."),
        ("not_yet", "Not yet", "The trial goes on to a new end date. Say what would make it a yes."),
        _NO,
        _NOT_OURS,
    ],
}
_AND_BACK = ("approve", "Yes, and I back it", "One act: your pledge and your approval.")
_END = ("ends_on", "Say on which day it ends")
_MUST_SAY = {
    (Gate.TRY, Outcome.APPROVE): [_END],
    (Gate.TRY, Outcome.NOT_YET): [("would_change", "Say what would make it a yes, one thing a line")],
    (Gate.ADOPT, Outcome.NOT_YET): [_END, ("would_change", "Say what would make it a yes, one thing a line")],
    (Gate.TRY, Outcome.NO): [("reason", "Say why, so that nobody has to guess")],
    (Gate.ADOPT, Outcome.NO): [("reason", "Say why, so that nobody has to guess")],
}


def among(leaders: Sequence[Person], organisation: Organisation | None) -> list[tuple[str, str]]:
    """Leaders to choose from, by name and job there; who leads elsewhere with the place."""
    return [("", "Choose a leader"), *((str(leader.id), _name_and_job(leader, organisation)) for leader in leaders)]


def _name_and_job(leader: Person, organisation: Organisation | None) -> str:
    jobs = [m.job for m in leader.active_memberships if organisation and m.organisation_id == organisation.id]
    if jobs:
        return f"{leader.name}, {jobs[0]}"
    main = leader.main_membership
    return f"{leader.name}, {main.job}, {main.organisation.name}" if main else leader.name


class AskForm(Keyed, Form):
    """Ask a named leader."""

    #: empty: its home
    organisation = HiddenField(default="")
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
    pledge_kind = SelectField(
        "What do you bring?",
        hint="Protected time, cover, equipment, money, or clearing the way.",
        choices=[("", "Choose what"), *((kind.value, kind.words) for kind in PledgeKind)],
    )
    amount = NumberField("How much?", hint="A number, if there is one.", decimals=2)
    unit = SelectField("Of what?", choices=UNITS)
    note = TextField("In a few words", hint="What it is for, or when.", max_length=300)
    no_interest = TickField(
        "This idea is not mine, I am not in its team, and I have no interest in it",
        required="Tick this if it is so. If not, send it on to another leader",
    )

    def __init__(self, gate: Gate, *args: Any, may_back: bool = False, must_back: bool = False, **kwargs: Any) -> None:
        """The form of one gate: the answers differ. Some may back it in the same act, and some must."""
        super().__init__(*args, **kwargs)
        self.gate, self.may_back, self.must_back = gate, may_back, must_back
        self.outcome.choices = [_AND_BACK, *_ANSWERS[gate][1:]] if must_back else _ANSWERS[gate]

    @property
    def backing(self) -> Backing | None:
        """What the leader brings in the same act; none where nothing is pledged with this answer."""
        if self.outcome.data != Outcome.APPROVE or not self.pledge_kind.data:
            return None
        unit = Unit(self.unit.data) if self.unit.data else None
        return Backing(PledgeKind(self.pledge_kind.data), self._amount, unit, self.note.data or "")

    @property
    def _amount(self) -> decimal.Decimal | None:
        return None if self.amount.data is None else decimal.Decimal(self.amount.data)

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
        outcome = Outcome(self.outcome.data)
        pledge = [("pledge_kind", "Choose what you bring")] if self.must_back and outcome is Outcome.APPROVE else []
        return [*_MUST_SAY.get((self.gate, outcome), []), *pledge]
