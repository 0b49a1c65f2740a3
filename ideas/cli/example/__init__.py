"""The example: made-up people in made-up organisations, and what became of sixty ideas in a year."""

from .load import load

__all__ = ["load"]
