"""Rights, in one place: who may do what (`may`), and who may see what (`visible`)."""

from .actions import Action
from .policy import Denied, Verdict, demand, may
from .scopes import visible

__all__ = ["Action", "Denied", "Verdict", "demand", "may", "visible"]
