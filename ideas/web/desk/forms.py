"""The forms of the desk: one button each."""

from ideas.web.fields import WholeHiddenField
from ideas.web.forms import Form


class ActForm(Form):
    """A button that answers or ticks off something: the token alone, shared by all of them on the page."""


class SeenForm(Form):
    """Seen, up to the newest event that the page showed."""

    newest = WholeHiddenField()
