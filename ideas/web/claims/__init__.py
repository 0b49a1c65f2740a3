"""Without a name: the six words, and what one may do with them."""

from . import authors, claims, withdrawals, words

blueprints = (claims.bp, words.bp, withdrawals.bp, authors.bp)
