"""The field for a number that was counted."""

from __future__ import annotations

from typing import Any

from ideas.web.fields import NumberField

#: As large as anything that is counted; what is pasted goes as far.
_LARGEST = 1_000_000_000_000


class FigureField(NumberField):
    """A number that was counted, or is to be reached. It may be below nothing, as a difference is."""

    def __init__(self, label: str, *, decimals: int = 3, **kwargs: Any) -> None:
        super().__init__(label, decimals=decimals, minimum=-_LARGEST, maximum=_LARGEST, **kwargs)
