"""Felt: the answer to "is it less bad for you now?"."""

from . import answers

blueprints = (answers.bp,)
