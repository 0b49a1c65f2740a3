"""Organisations: who is who, who decides, and which ideas are whose."""

from . import show

blueprints = (show.bp,)
