"""The form that names a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from ideas.domain import partners
from ideas.web.by_name import places, row
from ideas.web.choices import SelectField
from ideas.web.fields import TickField
from ideas.web.forms import Form

if TYPE_CHECKING:
    from ideas.models import Organisation


class PartnerForm(Form):
    """Name the partner, and say whether a leader may decide what they sponsor."""

    partner = SelectField(
        "Your partner", hint="Another home, the council, or a trust.", coerce=row, validate_choice=False
    )
    sponsor_may_decide = TickField("A leader here may decide what they back themselves, in one act")

    @classmethod
    def of(cls, organisation: Organisation, **kwargs: Any) -> Self:
        """The form as it stands, with who may be named."""
        form = cls(
            data={"partner": organisation.partner_id, "sponsor_may_decide": organisation.sponsor_may_decide}, **kwargs
        )
        form.partner.choices = [("", "None"), *places(partners.could_be(organisation))]
        return form
