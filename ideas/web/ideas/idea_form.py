"""The form that says an idea."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from ideas.domain import organisations
from ideas.models import Audience
from ideas.web.by_name import NO_HOME, NO_PLACE, people, places, row
from ideas.web.choices import ChoiceField, SelectField
from ideas.web.fields import TextField, TickField
from ideas.web.forms import Form, Keyed

from .words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ideas.domain.organisations import Named
    from ideas.models import Person


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
