"""The forms of places, and of what is said from their posters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from ideas.domain import ideas
from ideas.models import Audience
from ideas.text import codes
from ideas.web.fields import HiddenField, PasswordField, TextField, TickField
from ideas.web.forms import FilterForm, Form, Keyed
from ideas.web.ideas.words import Words
from ideas.web.people.forms import SharedDevice

if TYPE_CHECKING:
    from markupsafe import Markup

    from ideas.models import Workplace


class PlaceForm(Keyed, Form):
    """Name a place."""

    name = TextField(
        "Name of the place",
        hint="As everybody there calls it: Ward 9, Night staff, Kitchen.",
        required="Name the place",
        max_length=120,
    )


class RetirementForm(Form):
    """One button, that takes a poster out of use."""


class CodeForm(FilterForm):
    """The code of a poster, typed."""

    code = TextField("Code", hint="Eight letters and figures, like bcdf-3467.", required="Type the code")

    @property
    def read(self) -> str | None:
        """The code, or None when what was typed is none."""
        return codes.read(self.code.data or "")


class WordsForm(Words, Form):
    """The three fields of a poster, with nothing to sign in to."""


#: What a form carries from the first step to the second.
CARRIED = ("now", "change", "title", "checked_details")


class PassedForm(Words, Keyed, Form):
    """Words that were read once and are carried along in the form, with the ticket that says so."""

    reads_not = frozenset({"email", "password"})
    ticket = HiddenField()

    @classmethod
    def carrying(cls, words: WordsForm) -> Self:
        """The words of a form that was read, to be carried along."""
        return cls(formdata=None, **{name: words[name].data for name in CARRIED})

    @property
    def name_is_suggested(self) -> bool:
        """Whether the short name is the first words of what happens now, as they were suggested."""
        return bool(self.title.data == ideas.first_words(self.now.data or ""))

    def carried(self) -> Markup:
        """The words, as hidden inputs of every way's form."""
        return self.hidden_tag(self.csrf_token, self.key, self.ticket, *(self[name] for name in CARRIED))

    def said_at(self, place: Workplace) -> dict[str, Any]:
        """What `ideas.say` asks for: it hurts at the poster, and would have to change there."""
        organisation = place.organisation
        return {
            "now": self.now.data,
            "change": self.change.data,
            "title": self.title.data,
            "hurts_place": place.name,
            "hurts_organisation": organisation,
            "home": organisation if organisation.gives_care else None,
        }


class WithoutNameForm(PassedForm):
    """Send the words with nobody's name."""

    leave_place_out = TickField(
        "Leave the place out", hint="Then it names no organisation, and waits for one that takes it on."
    )

    def said_without_name_at(self, place: Workplace) -> dict[str, Any]:
        """What `claims.say` asks for: what was said there, or less when the place is left out."""
        left_out: dict[str, Any] = {"hurts_place": "", "hurts_organisation": None, "home": None}
        said = self.said_at(place) | (left_out if self.leave_place_out.data else {})
        return said | {"audience": Audience.OPEN, "key": self.key.data}


class JoinForm(PassedForm):
    """Ask to join, and leave the words to wait for the yes. Fields are named as the domain's refusals are."""

    reads_not = frozenset({"name", "job", "sign_in"})
    name = TextField("First name", hint="As your colleagues know you.", required="Type your name", max_length=120)
    job = TextField("Job", required="Say what you do", max_length=120)
    sign_in = TextField(
        "A name to sign in with",
        hint="Any one word, like dele.nights. No e-mail is sent.",
        required="Choose a name to sign in with",
        max_length=254,
    )
    new = PasswordField("A password", hint="12 characters or more: three random words.", required="Choose a password")
    opens = TickField("Show my words to everybody once somebody here has said yes")

    @property
    def words_are_whole(self) -> bool:
        """Whether the words, which were read before, are as they were: what is wrong is what this form asks."""
        return not any(self[name].errors for name in CARRIED)


class AccountForm(SharedDevice, PassedForm):
    """Sign in, and send the words."""

    email = TextField("User name or e-mail", max_length=254)
    password = PasswordField("Password")
