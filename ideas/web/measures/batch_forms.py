"""The forms for many readings at once."""

from __future__ import annotations

from ideas.domain.batches import Doubles
from ideas.web.choices import ChoiceField
from ideas.web.fields import FileField, HiddenField, LongTextField
from ideas.web.forms import Form, Keyed

#: Ten thousand lines of a day and a number, with room.
_LONGEST = 500_000


class PasteForm(Form):
    """Two columns of a spreadsheet, to look at."""

    text = LongTextField(
        "Two columns of your spreadsheet",
        hint="The day first, then the number. Days like 26/11/2026 or 26 Nov 2026.",
        required="Paste two columns: the day, then the number",
        max_length=_LONGEST,
    )


class TableForm(Form):
    """A file with two columns, to look at."""

    file = FileField("CSV or Excel file", hint="At most 10 MB.", required="Choose a CSV or Excel file")


class BatchForm(Keyed, Form):
    """What was looked at, to be entered."""

    #: as it was looked at; it is read again
    text = LongTextField("Readings", required="There is nothing to add. Paste two columns", max_length=_LONGEST)
    #: what was seen, so that nothing else is entered
    seal = HiddenField()
    doubles = ChoiceField(
        "Where a day has two numbers, which one holds?",
        choices=[
            (Doubles.OLD, "Keep the old number", "What is there already, or stands first."),
            (Doubles.NEW, "Take the new number", "The old one is kept among the corrected readings."),
        ],
        coerce=Doubles,
    )
