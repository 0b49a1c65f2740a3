"""The forms of an organisation's administration."""

from __future__ import annotations

from typing import Any

from ideas.domain import leaving
from ideas.models import Membership, Organisation, Person, Role
from ideas.web.choices import ChoiceField, SelectField
from ideas.web.fields import NumberField, TextField
from ideas.web.forms import Form, Keyed
from ideas.web.invitations.forms import SAYS


class JobForm(Form):
    """What somebody does here."""

    job = TextField("Their job", required="Say what they do", max_length=120)


class RoleForm(Keyed, Form):
    """As what, too."""

    role = ChoiceField("Make them", required="Choose one")

    @classmethod
    def of(cls, membership: Membership, **kwargs: Any) -> RoleForm:
        """The form, with what they are not yet."""
        form = cls(**kwargs)
        held = {m.role for m in membership.person.active_memberships if m.organisation == membership.organisation}
        form.role.choices = [(role.value, *SAYS[role]) for role in Role if role not in held]
        return form


class EndingForm(Keyed, Form):
    """To whom goes what somebody leaves. Nothing has to be chosen."""

    requests = SelectField("Who answers them now?", coerce=int)
    ideas = SelectField("Whom do you ask to carry them?", hint="They say yes or no on their desk.", coerce=int)
    steps = SelectField("Who does them now?", coerce=int)

    @classmethod
    def of(cls, membership: Membership, **kwargs: Any) -> EndingForm:
        """The form, with who is there to take something on."""
        form = cls(**kwargs)
        form.leaders = {one.id: one for one in leaving.could_answer(membership)}
        form.colleagues = {one.id: one for one in leaving.could_carry(membership)}
        form.requests.choices = [("", "Any other leader here"), *((id, one.name) for id, one in form.leaders.items())]
        named = [(id, one.name) for id, one in form.colleagues.items()]
        form.ideas.choices = form.steps.choices = [("", "Nobody yet"), *named]
        return form

    @property
    def heirs(self) -> leaving.Heirs:
        """Who was chosen, in a form that is complete."""
        return leaving.Heirs(
            requests=self.leaders.get(self.requests.data),
            ideas=self.colleagues.get(self.ideas.data),
            steps=self.colleagues.get(self.steps.data),
        )

    leaders: dict[int, Person]
    colleagues: dict[int, Person]


class DetailsForm(Form):
    """What everybody may know about the organisation."""

    sign_off_days = NumberField(
        "Working days to answer a request",
        hint="10 is usual. Bank holidays do not count.",
        minimum=1,
        maximum=60,
        required="Say in how many working days a leader here answers",
    )
    reporting_url = TextField(
        "Where people here report incidents and concerns (optional)",
        hint="An address that begins with https://. It stands wherever harm can be written.",
        max_length=500,
    )
    ods_code = TextField("ODS code (optional)", hint="Like RRK.", max_length=9)
    cqc_code = TextField("CQC code (optional)", hint="Like 1-123039495.", max_length=20)

    @classmethod
    def of(cls, organisation: Organisation, **kwargs: Any) -> DetailsForm:
        """The form, as things are."""
        return cls(obj=organisation, **kwargs)

    @property
    def details(self) -> dict[str, Any]:
        """What `administration.describe` asks for."""
        return {name: self[name].data for name in ("sign_off_days", "reporting_url", "ods_code", "cqc_code")}
