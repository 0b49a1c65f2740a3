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
    from collections.abc import Iterable, Sequence

    from ideas.domain.board import Column
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

    def __init__(self, args: MultiDict[str, str], places: Iterable[Named] | None = None) -> None:
        """Read the filter. An organisation is known by its slug or its id, among `places`, or all."""
        named = organisations.names() if places is None else places
        self.places = {place.slug: place for place in named}
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
        """The filter of a board's own address, such as "?mine=1". Nothing is to be chosen on it."""
        asked = MultiDict(urllib.parse.parse_qsl(address[:_LONGEST].removeprefix("?")))
        return cls(asked, places=None if "organisation" in asked else ())

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


def chips(form: BoardForm, wanted: Filter, columns: Sequence[Column]) -> list[Chip]:
    """Everything, the place chosen, mine, and of that place what is overdue or needs a sponsor.

    `columns` are those of this board: what they tell is not counted again.
    """
    boards, place = _boards(wanted), place_words(form)
    words = {"everything": "Everything", "place": place, "mine": "Mine", "overdue": "Overdue"}
    words["needs"] = "Needs a sponsor"
    counted = _counted(boards, wanted, columns)
    return [
        Chip(name, words[name], url_for("board.show", **query(filter_)), counted[name], filter_ == wanted)
        for name, filter_ in boards.items()
    ]


def recounted(wanted: Filter, columns: Sequence[Column]) -> dict[str, int]:
    """The counts, by the names of their chips, that are others when a card has moved: it is as much mine as before."""
    boards = {name: each for name, each in _boards(wanted).items() if each == wanted or each.may_lose_what_moves}
    return _counted(boards, wanted, columns)


def _boards(wanted: Filter) -> dict[str, Filter]:
    place = Filter(organisation=wanted.organisation, sector=wanted.sector)
    return {
        "everything": Filter(),
        **({} if place.is_empty else {"place": place}),
        "mine": Filter(mine=True),
        "overdue": dataclasses.replace(place, overdue=True),
        "needs": dataclasses.replace(place, needs_sponsor=True),
    }


def _counted(boards: dict[str, Filter], wanted: Filter, columns: Sequence[Column]) -> dict[str, int]:
    known = {wanted: sum(column.total for column in columns)}
    if dataclasses.replace(wanted, needs_sponsor=True) == boards["needs"]:
        known[boards["needs"]] = sum(column.tally.lack_a_sponsor for column in columns)
    return dict(zip(boards, board.counts(me(), list(boards.values()), known), strict=True))


def place_words(form: BoardForm) -> str:
    """The organisation and sector chosen, in words; empty when neither is."""
    parts = [form.place.name if form.place else "", form.sector.data.words if form.sector.data else ""]
    return ", ".join(part for part in parts if part)
