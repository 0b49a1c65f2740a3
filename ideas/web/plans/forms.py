"""The forms of the plan's page. Each is also sent by tools, which may send some fields only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from wtforms.validators import ValidationError

from ideas.domain import plans
from ideas.domain.governance import governance
from ideas.models import Answer, CheckState, HowSure, SaidBy
from ideas.text import patient_details
from ideas.web.choices import ChoiceField, SelectField
from ideas.web.fields import DateField, FileField, HiddenField, LongTextField, TextField
from ideas.web.forms import Form, Keyed
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnSeal, OnVersion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ideas.models import Person

_SURE = [
    ("", "Not said"),
    (HowSure.COUNTED, "Counted"),
    (HowSure.ESTIMATED, "Estimated"),
    (HowSure.GUESSED, "Guessed"),
]


class PlanForm(TellsNoPatient, OnVersion, Form):
    """The whole plan. A field that is not sent stays as it is; one that is sent empty is emptied."""

    reads_not = frozenset({"watcher"})

    smallest_test = LongTextField(
        "Smallest test", hint="Who, where, for how long. As small as can still tell you something."
    )
    place = TextField("Place (optional)", hint="The ward, home, round or desk.", max_length=120)
    people_touched = TextField(
        "How many people it touches (optional)", hint="Like: about 24 patients at a time.", max_length=120
    )
    starts_on = DateField("First day (optional)")
    ends_on = DateField("Last day (optional)")
    how_we_know = LongTextField("How we will know", hint="What you count, who counts it, how often.")
    undoing = LongTextField("How we undo it", hint="And how long that takes.")
    stop_rule = LongTextField("What would stop it at once", hint="Something that anybody can see.")
    watcher = TextField("Who watches for that (optional)", hint="A name or a role, and when they look.", max_length=120)
    harm_who = TextField("Who is hurt (optional)", max_length=300)
    harm_of_staying = LongTextField("How badly")
    harm_how_many = TextField("How many (optional)", max_length=300)
    harm_how_sure = SelectField("How sure that is (optional)", choices=_SURE, coerce=HowSure)
    risk_who = TextField("Who could be hurt (optional)", max_length=300)
    risk_of_trying = LongTextField("How badly")
    risk_how_many = TextField("How many (optional)", max_length=300)
    risk_how_sure = SelectField("How sure that is (optional)", choices=_SURE, coerce=HowSure)
    cost = LongTextField("What it costs (optional)", hint="Money and hours. Nothing is an answer too.")
    still_wrong = LongTextField("What would still be wrong (optional)", hint="Less bad is not perfect.")
    asked_whom = LongTextField(
        "Whom we asked, and what they said (optional)", hint="Patients, residents, families, staff."
    )

    @property
    def sent(self) -> dict[str, Any]:
        """The fields that were sent, with what they hold now."""
        return {name: self[name].data for name in plans.FIELDS if self[name].raw_data}


class StepForm(TellsNoPatient, Keyed, Form):
    """One thing to do."""

    title = TextField("What is to be done?", required="Say what is to be done", max_length=200)
    owner = SelectField("Who does it?", coerce=int)
    due_on = DateField("By when?")

    def offer(self, people: Iterable[Person]) -> Self:
        """Say who may be given it."""
        self.owner.choices = [("", "Nobody yet"), *named(people)]
        return self


class ChangeStepForm(OnSeal, StepForm):
    """The same thing to do, said otherwise."""


class AttachmentForm(Keyed, Form):
    """One file."""

    file = FileField("Choose a file", required="Choose a file")

    def validate_file(self, field: FileField) -> None:
        """A name is words too."""
        if field.data and patient_details.nhs_numbers(field.data.filename):
            raise ValidationError("The name of this file has what looks like an NHS number. Give it another name")


class CompletionForm(Form):
    """Done, or not after all."""

    done = HiddenField()
    #: "desk" when it is ticked off there, and they go on from there
    back = HiddenField()

    def validate_done(self, field: HiddenField) -> None:
        """One or the other: a step is not done by accident."""
        if field.data not in ("1", "0"):
            raise ValidationError("Say whether the step is done: 1 for done, 0 for not done")


class CheckForm(OnSeal, TellsNoPatient, Form):
    """How far a check has come. A field that is not sent stays as it is."""

    reads_not = frozenset({"asked_whom"})

    asked_person = SelectField("Who is asked?", hint="Somebody of your organisation, outside the team.", coerce=int)
    asked_whom = TextField("Or a role or name, in words", max_length=120)
    due_on = DateField("Answer wanted by")
    state = ChoiceField(
        "How far has it come?", choices=[(state.value, state.words) for state in CheckState], coerce=CheckState
    )
    answer = LongTextField("What was said, in their own words")
    said_by = HiddenField()

    def validate_said_by(self, field: HiddenField) -> None:
        """Only the two voices that there are."""
        if field.data and field.data not in set(SaidBy):
            raise ValidationError("Say whose word it is: team or adviser")

    def offer(self, people: Iterable[Person], asked: Person | None) -> CheckForm:
        """Say who may be asked; whoever was asked already may stay."""
        able = {person.id: person for person in people} | ({asked.id: asked} if asked else {})
        self.asked_person.choices = [("", "Nobody by name"), *named(able.values())]
        return self

    def was_sent(self, name: str) -> bool:
        """Whether this field was sent at all."""
        return bool(self[name].raw_data)


class ScreeningForm(OnVersion, Form):
    """The five questions, and the fuller ones behind them."""

    none_of_these = HiddenField()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether the five are answered, one by one or in one tap."""
        if self.is_none_of_these:
            for question in governance().questions:
                self[question.key].validators = []
        return super().validate(*args, **kwargs)

    @property
    def is_none_of_these(self) -> bool:
        """Whether it says no to all of them in one tap."""
        return bool(self.none_of_these.data == "y")

    @property
    def answers(self) -> dict[str, Answer]:
        """The questions that were answered."""
        return {q.key: self[q.key].data for q in governance().questions if self[q.key].data is not None}


_ANSWERS = [(Answer.YES, "Yes"), (Answer.NO, "No"), (Answer.NOT_SURE, "Not sure")]
for _question in governance().questions:
    # The questions are data, and so are the fields: each is named as its question.
    _field = ChoiceField(
        _question.words,
        hint=_question.hint,
        choices=_ANSWERS,
        coerce=Answer,
        required=None if _question.behind else "Choose yes, no or not sure",
    )
    setattr(ScreeningForm, _question.key, _field)


def named(people: Iterable[Person]) -> list[tuple[int, str]]:
    """People as choices: two of one name are told apart by what they do."""
    return [
        (person.id, f"{person.name}, {person.main_membership.job}" if person.main_membership else person.name)
        for person in people
    ]


def chosen(people: Iterable[Person], id: int | None) -> Person | None:
    """The one of these people whom a select names."""
    return next((person for person in people if person.id == id), None)
