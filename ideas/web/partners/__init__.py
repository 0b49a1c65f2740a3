"""Partners: the page on which a place names who answers where nobody of its own may."""

from . import partners

blueprints = (partners.bp,)
