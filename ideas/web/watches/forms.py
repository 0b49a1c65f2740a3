"""The form that says whether it is still used, and still less bad."""

from ideas.models import StillLessBad, StillUsed
from ideas.web.choices import ChoiceField
from ideas.web.fields import TextField
from ideas.web.forms import Form
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnVersion


class WatchForm(TellsNoPatient, OnVersion, Form):
    """Two questions, and a word about it."""

    used = ChoiceField(
        "Is it still in use?",
        choices=[
            (StillUsed.YES, "Yes"),
            (StillUsed.PARTLY, "In part"),
            (StillUsed.NO, "Not any more"),
        ],
        required="Say whether it is still in use",
    )
    less_bad = ChoiceField(
        "Is it still less bad than it was before?",
        choices=[
            (StillLessBad.YES, "Yes"),
            (StillLessBad.NO, "No"),
            (StillLessBad.NOT_KNOWN, "I do not know"),
        ],
        hint="If it is not used any more, you can leave this.",
    )
    note = TextField("A word about it (optional)", max_length=300)
