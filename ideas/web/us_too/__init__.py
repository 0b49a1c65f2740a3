"""Us too: one tap on the page of an idea, and taking it back."""

from . import removals, us_too

blueprints = (us_too.bp, removals.bp)
