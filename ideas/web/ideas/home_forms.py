"""The forms of a home: the answer to "asked of us", the offer to host, and who could lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from flask import request

from ideas.domain import home_answers, homes
from ideas.models import HomeAnswer
from ideas.web.by_name import in_words, places, row
from ideas.web.choices import ChoiceField, SelectField
from ideas.web.fields import HiddenField, LongTextField
from ideas.web.forms import Form, Keyed
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnVersion

if TYPE_CHECKING:
    from ideas.models import Idea, Organisation, Person


class HomeAnswerForm(TellsNoPatient, OnVersion, Form):
    """We take it, with who carries it; or it is not ours, with whose it might be."""

    answer = ChoiceField(
        "Your answer",
        choices=[
            (HomeAnswer.TAKE, "We take it", "Say who carries it here."),
            (HomeAnswer.NOT_OURS, "Not ours", "Say whose it might be, or why."),
        ],
        required="Say whether you take it",
    )
    # Who is not in the lists is answered by the domain, which says why.
    person = SelectField("Who carries it?", coerce=row, validate_choice=False)
    organisation = SelectField("Who else might it be for?", coerce=row, validate_choice=False)
    reason = LongTextField("Why it is not yours", hint="A line is enough. Its author reads it.", max_length=1000)

    @classmethod
    def of(cls, idea: Idea, leader: Person, **kwargs: Any) -> Self:
        """The form, with who may carry it and who may be asked instead."""
        form = cls(version=idea.version, **kwargs)
        carries = f"{idea.owner.short_name}, who carries it already" if idea.owner else "I carry it myself"
        named = [(person.id, in_words(person)) for person in home_answers.could_carry(idea, by=leader)]
        form.person.choices = [("", carries), *named]
        others = home_answers.could_be_asked(idea)
        form.organisation.choices = [("", "I do not know: it looks for a host"), *places(others)]
        return form

    def named(self, idea: Idea) -> Organisation | None:
        """The organisation that was chosen; none when it looks for a host."""
        if not self.organisation.data:
            return None
        return home_answers.organisation_asked(idea, self.organisation.data)


class HomeForm(OnVersion, Form):
    """Say that it can change here."""

    answer = HiddenField(default="host")
    organisation = SelectField("At which organisation?", coerce=int, required="Choose an organisation that you lead")

    @classmethod
    def is_sent_about(cls, idea: Idea) -> bool:
        """Whether what was sent is about hosting: it says so, or no home owes an answer and it says nothing else."""
        said = request.form.get("answer", "" if idea.open_home_ask else "host")
        return idea.looks_for_a_host or said == "host"

    @classmethod
    def of(cls, idea: Idea, leader: Person, **kwargs: Any) -> Self:
        """The form, with the organisations that this leader may say it for."""
        own = homes.could_host(leader)
        form = cls(version=idea.version, organisation=own[0].id if own else None, **kwargs)
        form.organisation.choices = places(own)
        return form

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether it says "host", the one answer that there is."""
        is_complete = super().validate(*args, **kwargs)
        if self.answer.data != "host":
            self.refuse(None, "Choose one of the answers given")
        return is_complete and self.answer.data == "host"


class NominationForm(Keyed, Form):
    """One button: a link for the person who could lead where nobody does."""
