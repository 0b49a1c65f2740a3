"""The forms of an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from ideas.domain import invitations
from ideas.models import Role
from ideas.web.choices import ChoiceField
from ideas.web.fields import TextField
from ideas.web.forms import Form, Keyed
from ideas.web.joining.forms import Account, Job

if TYPE_CHECKING:
    from ideas.models import Organisation, Person

#: What each role is, and what it is for.
SAYS = {
    Role.MEMBER: ("A member", "Says what is bad, helps, tries."),
    Role.LEADER: ("A leader", "Sponsors, pledges and decides."),
    Role.ADMIN: ("An administrator", "Looks after people and places. Decides nothing."),
}


class InvitationForm(Keyed, Form):
    """As what somebody is invited."""

    role = ChoiceField("As what?", required="Choose what they will be")
    note = TextField("Who is it for? (optional)", hint="For your own list: the new night nurse.", max_length=120)

    @classmethod
    def of(cls, organisation: Organisation, person: Person, **kwargs: Any) -> Self:
        """The form, with the roles that this person may give."""
        roles = invitations.roles(organisation, by=person)
        form = cls(**kwargs, **({"role": roles[0].value} if len(roles) == 1 else {}))
        form.role.choices = [(role.value, *SAYS[role]) for role in roles]
        return form


class AcceptForm(Job):
    """Join as somebody who has an account."""


class JoinByLinkForm(Account, Job):
    """Make an account, and join."""
