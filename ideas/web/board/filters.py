"""Which ideas the board shows: the filter in its address, and the chips that change it."""

from __future__ import annotations

import dataclasses
import urllib.parse
from typing import TYPE_CHECKING, Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from ideas.domain import board, organisations
from ideas.domain.search import Filter
from ideas.models import Sector, Stage
from ideas.web.choices import SelectField
from ideas.web.forms import FilterForm
from ideas.web.guard import me

if TYPE_CHECKING:
    from ideas.domain.organisations import Named

_IS_SET = [("", "No"), ("1", "Yes")]
#: The longest query that a move brings back to the board.
_LONGEST = 500


class BoardForm(FilterForm):
    """The filter as it stands in the address. What it does not know it leaves out, and says so in `ignored`."""

    organisation = SelectField("Organisation")
    sector = SelectField(
        "Sector", choices=[("", "All sectors"), *((each.value, each.words) for each in Sector)], coerce=Sector
    )
    mine = SelectField("Mine", choices=_IS_SET)
    overdue = SelectField("Overdue", choices=_IS_SET)
    needs = SelectField("Needs", choices=[("", "Anything"), ("sponsor", "A sponsor")])
    stage = SelectField("Stage", choices=[("", "Any"), *((each.value, each.words) for each in Stage)], coerce=Stage)

    def __init__(self, args: MultiDict[str, str]) -> None:
        """Read the filter. An organisation is known by its slug or its id."""
        self.places = {place.slug: place for place in organisations.names()}
        super().__init__(self._by_slug(args))
        self.organisation.choices = [
            ("", "All organisations"),
            *((slug, place.name) for slug, place in self.places.items()),
        ]
        self.validate()
        self.ignored = [field.label.text.lower() for field in self if field.errors]
        for field in self:
            if field.errors:
                field.data, field.errors = None, []

    def _by_slug(self, args: MultiDict[str, str]) -> MultiDict[str, str]:
        asked = MultiDict((name, value) for name, value in args.items() if value)
        named = asked.get("organisation", "")
        if named not in self.places:
            slugs = {str(place.id): slug for slug, place in self.places.items()}
            asked["organisation"] = slugs.get(named, named)
        return asked

    @classmethod
    def at(cls, address: str) -> BoardForm:
        """The filter of a board's own address, such as "?mine=1"."""
        return cls(MultiDict(urllib.parse.parse_qsl(address[:_LONGEST].removeprefix("?"))))

    @property
    def place(self) -> Named | None:
        """The organisation whose board this is."""
        return self.places.get(self.organisation.data)

    def wanted(self) -> Filter:
        """The filter, for the domain. The stage is not in it: it says which column a phone shows."""
        return Filter(
            organisation=self.place,
            sector=self.sector.data,
            mine=bool(self.mine.data),
            overdue=bool(self.overdue.data),
            needs_sponsor=bool(self.needs.data),
        )

    def address(self) -> str:
        """The filter as the query of an address: "?" when it lets everything through."""
        return "?" + urllib.parse.urlencode(query(self.wanted()))

    def href(self, **more: Any) -> str:
        """The address of this board."""
        return url_for("board.show", **query(self.wanted()), **more)


def query(wanted: Filter) -> dict[str, Any]:
    """The filter as arguments of an address."""
    asked = {
        "organisation": wanted.organisation.slug if wanted.organisation else None,
        "sector": wanted.sector.value if wanted.sector else None,
        "mine": 1 if wanted.mine else None,
        "overdue": 1 if wanted.overdue else None,
        "needs": "sponsor" if wanted.needs_sponsor else None,
    }
    return {name: value for name, value in asked.items() if value is not None}


@dataclasses.dataclass(frozen=True)
class Chip:
    """One tap to another board: its words, how many ideas are on it, and whether it is this one."""

    name: str
    words: str
    href: str
    count: int
    is_current: bool


def chips(form: BoardForm, wanted: Filter, total: int) -> list[Chip]:
    """Everything, the place chosen, mine, and of that place what is overdue or needs a sponsor.

    `total` is how many ideas are on this board, which is one of them more often than not.
    """
    place = Filter(organisation=wanted.organisation, sector=wanted.sector)
    boards = {"everything": ("Everything", Filter())}
    if not place.is_empty:
        boards["place"] = (place_words(form), place)
    boards |= {
        "mine": ("Mine", Filter(mine=True)),
        "overdue": ("Overdue", dataclasses.replace(place, overdue=True)),
        "needs": ("Needs a sponsor", dataclasses.replace(place, needs_sponsor=True)),
    }
    found = board.counts(me(), [filter_ for _, filter_ in boards.values()], {wanted: total})
    return [
        Chip(name, words, url_for("board.show", **query(filter_)), count, filter_ == wanted)
        for (name, (words, filter_)), count in zip(boards.items(), found, strict=True)
    ]


def place_words(form: BoardForm) -> str:
    """The organisation and sector chosen, in words; empty when neither is."""
    parts = [form.place.name if form.place else "", form.sector.data.words if form.sector.data else ""]
    return ", ".join(part for part in parts if part)
