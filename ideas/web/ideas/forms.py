"""The forms that say an idea and change its words, and those that its page holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from flask import request
from wtforms.fields.choices import SelectChoice

from ideas.domain import audiences, homes, ideas, organisations
from ideas.models import Audience, PledgeKind, Sector, Stage, Unit, VerdictKind
from ideas.text import patient_details
from ideas.web.choices import ChoiceField, SelectField
from ideas.web.fields import HiddenField, LongTextField, NumberField, TextField, TickField
from ideas.web.forms import FilterForm, Form, Keyed
from ideas.web.links import LARGEST_ROW
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ideas.domain.organisations import Named
    from ideas.domain.people import Colleague, Place
    from ideas.models import Idea, Organisation, Person

_NAMELESS = "Give it a short name"
_SUGGESTED = "Give it a short name. We took this one from your first words: keep it, or change it"
#: What an amount that is pledged counts.
UNITS = [
    ("", "Just the number"),
    (Unit.HOURS_A_WEEK, "hours a week"),
    (Unit.POUNDS, "pounds"),
    (Unit.DAYS, "days"),
    (Unit.ITEMS, "items"),
]
#: What a place to choose says when there is none.
NO_PLACE = ("", "No one place")
NO_HOME = ("", "I do not know: it looks for a host")


def people(persons: Iterable[Person]) -> list[tuple[int | str, str]]:
    """A select's choices: each by name, with job and organisation, and nobody chosen at first."""
    return [("", "Choose somebody"), *((person.id, in_words(person)) for person in persons)]


def colleagues(found: Iterable[Colleague]) -> list[tuple[int | str, str]]:
    """As `people`, of those who were read for a list."""
    first = ((each, each.places[0]) for each in found)
    return [("", "Choose somebody"), *((each.id, f"{each.name}, {at.job}, {at.organisation}") for each, at in first)]


def by_place(found: Iterable[tuple[Place, Colleague]]) -> list[Any]:
    """As `colleagues`, in a group for each organisation: each with their job there."""
    each = (SelectChoice(str(one.id), f"{one.name}, {at.job}", optgroup=at.organisation) for at, one in found)
    return [("", "Choose somebody"), *each]


def in_words(person: Person) -> str:
    """Name, job and organisation in one line."""
    membership = person.main_membership
    place = [membership.job, membership.organisation.name] if membership else []
    return ", ".join([person.name, *place])


def places(known: Iterable[Organisation | Named]) -> list[tuple[int | str, str]]:
    """A select's choices: organisations by name."""
    return [(organisation.id, organisation.name) for organisation in known]


def row(value: str) -> int:
    """A row's number, as it was sent. Raises ValueError for one that no row has, which no database looks for."""
    number = int(value)
    if not 0 < number <= LARGEST_ROW:
        raise ValueError(f"no row has the number {number}")
    return number


class Words(TellsNoPatient):
    """The three fields, in their order."""

    now = LongTextField(
        "What happens now?",
        hint="Who is it bad for, and how often? Leave out names, and anything that could point to one patient, "
        "resident or colleague.",
        required="Say what happens now",
    )
    change = LongTextField(
        "What would be less bad?",
        hint="It does not have to be perfect.",
        required="Say what would be less bad, or tick “I do not know yet”",
    )
    change_unknown = TickField("I do not know yet: ask others")
    title = TextField(
        "A short name for it",
        hint="Taken from your first words. Change it if you like.",
        required=_NAMELESS,
        max_length=120,
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Fill what the author leaves to us: an unknown change, and a name to keep or to change."""
        if not self.change.data and self.change_unknown.data:
            self.change.data = ideas.UNKNOWN_CHANGE
        is_complete = super().validate(*args, **kwargs)
        suggestion = ideas.first_words(self.now.data or "")
        if not self.title.data and suggestion and not patient_details.nhs_numbers(suggestion):
            self.title.data, self.title.errors = suggestion, [_SUGGESTED]
        return is_complete


class IdeaForm(Words, Keyed, Form):
    """Say what is bad now, and what would be less bad."""

    on_behalf_of = SelectField(
        "Whose idea is it?",
        hint="They are asked whether it is theirs. Only the team sees their name before that.",
        coerce=row,
    )
    hurts_place = TextField("Where does it hurt? (optional)", hint="The ward, home, round or desk.", max_length=120)
    hurts_organisation = SelectField("At which organisation?", coerce=int)
    home_organisation = SelectField(
        "Where would it have to change?",
        hint="Only places that give care. Somebody there says whether they take it on.",
        coerce=int,
    )
    audience = ChoiceField(
        "Who may read it?",
        choices=[
            (Audience.OPEN, "Everybody who is signed in", "So that others can back it."),
            (
                Audience.HERE_FIRST,
                "Here first: people where it hurts and where it would change",
                "After 28 days everybody can read it, unless you withdraw it.",
            ),
            (Audience.DRAFT, "Only my team, as a draft", "You can open it later."),
        ],
        default=Audience.OPEN,
        required="Say who may read it",
    )
    without_name = TickField("Send it without my name")
    leave_place_out = TickField(
        "Without my name, leave out the place too",
        hint="Then it names no organisation, and waits for one that takes it on.",
    )

    @classmethod
    def of(cls, author: Person, known: Sequence[Named], *, few_people: bool) -> Self:
        """The form as its author meets it: it hurts where they work, and would have to change there.

        Where only `few_people` use Headroom it offers to leave the place out of what is sent without a name.
        """
        own = author.main_membership.organisation if author.main_membership else None
        form = cls(
            leave_place_out=few_people,
            hurts_organisation=own.id if own else None,
            home_organisation=own.id if own and own.gives_care else None,
        )
        form.hurts_organisation.choices = [NO_PLACE, *places(known)]
        form.home_organisation.choices = [NO_HOME, *places(o for o in known if o.gives_care)]
        return form

    def offer(self, colleagues: Iterable[Person]) -> Self:
        """Enter it for a colleague: one of these."""
        self.colleagues = {person.id: person for person in colleagues}
        self.on_behalf_of.choices = people(self.colleagues.values())
        # They have to read it before they can say whether it is theirs.
        self.audience.choices = [choice for choice in self.audience.choices if choice.value != Audience.DRAFT]
        return self

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether it says for whom, when it is for a colleague, who is asked by name."""
        is_complete = super().validate(*args, **kwargs)
        if not self.on_behalf_of.choices or self.on_behalf_of.errors:
            return is_complete
        if not self.on_behalf_of.data:
            self.refuse("on_behalf_of", "Choose whose idea it is")
        elif self.without_name.data:
            self.refuse("on_behalf_of", "Send it for a colleague, or without a name. It cannot be both")
        return is_complete and not self.on_behalf_of.errors

    @property
    def colleague(self) -> Person | None:
        """For whom it is entered; nobody: it is one's own."""
        return self.colleagues.get(self.on_behalf_of.data) if self.on_behalf_of.choices else None

    @property
    def said(self) -> dict[str, Any]:
        """What `ideas.say` asks for."""
        return {
            "now": self.now.data,
            "change": self.change.data,
            "title": self.title.data,
            "hurts_place": self.hurts_place.data,
            "hurts_organisation": organisations.of_id(self.hurts_organisation.data),
            "home": organisations.of_id(self.home_organisation.data),
            "audience": Audience(self.audience.data),
        }

    @property
    def said_without_name(self) -> dict[str, Any]:
        """What `claims.say` asks for: the same, or less when the place is left out."""
        left_out: dict[str, Any] = {"hurts_place": "", "hurts_organisation": None, "home": None}
        return self.said | (left_out if self.leave_place_out.data else {}) | {"key": self.key.data}


class VersionForm(OnVersion, Form):
    """One button, on what was read: it opens a draft, or starts the planning."""


class NominationForm(Keyed, Form):
    """One button: a link for the person who could lead where nobody does."""


class EditForm(Words, OnVersion, Form):
    """Change the words, and let more people read it. What is not sent stays as it is."""

    audience = ChoiceField("Who may read it?")

    @classmethod
    def of(cls, idea: Idea) -> Self:
        """The form, with who reads it now and who else could."""
        form = cls(obj=idea)
        readers = {
            Audience.DRAFT: "Only its team, as a draft",
            Audience.HERE_FIRST: "Here first: people where it hurts and where it would change, for 28 days",
            Audience.OPEN: "Everybody who is signed in",
            Audience.HIDDEN: "Only its team, while it is hidden",
        }
        form.audience.choices = [(each, readers[each]) for each in (idea.audience, *audiences.WIDER[idea.audience])]
        return form


class HidingForm(TellsNoPatient, Keyed, Form):
    """Hide it, and say why."""

    reason = LongTextField(
        "Why?",
        hint="Its team reads this, so that they can put it right. Do not repeat what must not be read.",
        required="Say why, so that its team can put it right",
        max_length=1000,
    )


class EndForm(Form):
    """One button: show it again."""


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


class ListForm(FilterForm):
    """Which ideas to list."""

    stage = SelectField("Stage", choices=[("", "All stages"), *((stage.value, stage.words) for stage in Stage)])
    organisation = SelectField("Organisation")
    sector = SelectField("Sector", choices=[("", "All sectors"), *((sector.value, sector.words) for sector in Sector)])
    verdict = SelectField(
        "Is it less bad?", choices=[("", "Any verdict"), *((each.value, each.words) for each in VerdictKind)]
    )
    # The board's own filters, so that "All 14 new" there leads to the same fourteen here.
    mine = SelectField("Only yours", choices=[("", "No"), ("1", "Yes")])
    overdue = SelectField("Only overdue", choices=[("", "No"), ("1", "Yes")])
    needs = SelectField(
        "Only those that need something",
        choices=[("", "All"), ("sponsor", "Need a sponsor"), ("host", "Look for a host")],
    )

    @property
    def of_the_board(self) -> list[SelectField]:
        """Those of the board's own filters that are set."""
        return [field for field in (self.mine, self.overdue, self.needs) if field.data and not field.errors]
