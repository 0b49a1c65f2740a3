"""The form of one question with three answers."""

from ideas.models import Felt
from ideas.web.choices import ChoiceField
from ideas.web.fields import HiddenField
from ideas.web.forms import Form


class FeltForm(Form):
    """Three buttons; `back` says whence it was sent."""

    answer = ChoiceField(
        "Is it less bad for you now?",
        choices=[(felt, felt.words) for felt in Felt],
        required="Choose one of the three answers",
    )
    back = HiddenField()
