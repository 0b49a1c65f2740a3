"""An Undefined that forgives the macros of nhsuk-frontend-jinja and nobody else: a misspelt name of ours fails."""

import sys
from pathlib import Path
from typing import Any

import nhsuk_frontend_jinja
from jinja2 import ChainableUndefined
from jinja2.exceptions import UndefinedError

THEIRS = str(Path(nhsuk_frontend_jinja.__file__).parent)
OURS = str(Path(__file__).resolve().parents[2] / "templates")


def is_asked_by_theirs() -> bool:
    """Whether the nearest template on the stack is one of nhsuk-frontend-jinja's."""
    frame = sys._getframe(2)
    while frame:
        file = frame.f_code.co_filename
        if file.startswith((THEIRS, OURS)) or file in ("<template>", "<unknown>"):
            return file.startswith(THEIRS)
        frame = frame.f_back
    return False


class StrictForOurs(ChainableUndefined):
    """Chainable in a template of theirs; in ours every use but `is defined` and `default` raises."""

    __slots__ = ()

    def _refuse(self) -> None:
        if not is_asked_by_theirs():
            raise UndefinedError(self._undefined_message)

    def __str__(self) -> str:
        self._refuse()
        return super().__str__()

    __html__ = __str__

    def __bool__(self) -> bool:
        self._refuse()
        return False

    def __iter__(self) -> Any:
        self._refuse()
        return iter(())

    def __len__(self) -> int:
        self._refuse()
        return 0

    def __eq__(self, other: object) -> bool:
        self._refuse()
        return type(self) is type(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self._refuse()
        return id(type(self))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._refuse()
        return self

    def __getitem__(self, name: Any) -> Any:
        self._refuse()
        return self
