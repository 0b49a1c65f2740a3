"""Without a name: the six words, and what one may do with them."""

from . import authors, claims, words

blueprints = (claims.bp, words.bp, authors.bp)
