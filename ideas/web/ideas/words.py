"""The three fields: an idea said, and said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from ideas.domain import audiences, ideas
from ideas.models import Audience
from ideas.text import patient_details
from ideas.web.choices import ChoiceField
from ideas.web.fields import LongTextField, TextField, TickField
from ideas.web.forms import Form
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnVersion

if TYPE_CHECKING:
    from ideas.models import Idea

_NAMELESS = "Give it a short name"
_SUGGESTED = "Give it a short name. We took this one from your first words: keep it, or change it"


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
