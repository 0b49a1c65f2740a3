"""Who may see what: the select that every page, count and fragment starts from."""

from __future__ import annotations

import enum
import functools
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from ideas.models import (
    Absence,
    Attachment,
    Audience,
    AuditEntry,
    Check,
    Correction,
    Cycle,
    Event,
    FeltAsk,
    Happening,
    Hiding,
    HomeAsk,
    Idea,
    Invitation,
    Lesson,
    Measure,
    Membership,
    Organisation,
    Person,
    Reading,
    Rebase,
    Session,
    SignOff,
    Sponsorship,
    Step,
    TeamMember,
    UsToo,
    Watch,
    Workplace,
)

from . import here_first
from .actions import Action
from .policy import may

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

Model = TypeVar("Model")

#: What belongs to an idea is seen with it.
_OF_AN_IDEA = (
    *(Attachment, Check, Cycle, Event, Happening, Hiding, HomeAsk, Lesson, Measure),
    *(SignOff, Sponsorship, Step, TeamMember, Watch),
)
#: What belongs to a measure is seen with it.
_OF_A_MEASURE = (Correction, Reading, Rebase)
#: Who is who is no secret among those who belong somewhere.
_OF_EVERYBODY = (Organisation, Person)
#: Who waits to join, and which links are out, is for those who say who joins.
_OF_WHO_RUNS_IT = (Invitation, Membership)
#: Who said "us too", and what they answered, is for nobody else to see; it goes with the idea.
_OWN_OF_AN_IDEA = (FeltAsk, UsToo)
#: Where somebody is signed in and when they are away is their own.
_OF_ONESELF = (Absence, Session)


class Reads(enum.StrEnum):
    """What kind of a reader somebody is: the condition has one form for each."""

    #: belongs nowhere now, and reads no idea
    NOTHING = "nothing"
    #: belongs to a supplier: of what is not open, only what names them
    WHAT_NAMES_THEM = "what_names_them"
    #: also what concerns where they belong, and what is hidden where they lead or administer
    WHAT_CONCERNS_THEM = "what_concerns_them"


def reads(person: Person) -> Reads:
    """Which kind of a reader this person is now."""
    if not person.active_memberships:
        return Reads.NOTHING
    return Reads.WHAT_NAMES_THEM if person.belongs_to_a_supplier else Reads.WHAT_CONCERNS_THEM


def values(person: Person) -> dict[str, Any]:
    """What stands for this person in `idea_is_visible_to`, given when it is sent.

    `places` are the organisations that they belong to, `run` those that they lead or administer.
    """
    places = sorted(organisation.id for organisation in person.organisations)
    run = [place for place in places if person.leads(place) or person.administers(place)]
    return {"reader": person.id, "places": places, "run": run}


def idea_is_visible(person: Person) -> ColumnElement[bool]:
    """The condition under which this person may read an idea."""
    known = values(person)
    return _filled_in(reads(person), known["reader"], tuple(known["places"]), tuple(known["run"]))


@functools.lru_cache(maxsize=16)
def _filled_in(kind: Reads, reader: int, places: tuple[int, ...], run: tuple[int, ...]) -> ColumnElement[bool]:
    """Made once for the many selects of a page, and kept by the very values that stand in it."""
    return _condition(kind, reader=reader, places=places, run=run)


@functools.cache
def idea_is_visible_to(kind: Reads) -> ColumnElement[bool]:
    """The same condition with the person left open, for selects that are written once and sent for everybody.

    It is sent with `values`; without them the database is not even asked.
    """
    return _condition(kind, **_left_open())


@functools.cache
def idea_is_visible_in_parts(kind: Reads) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The same in two conditions, which hold for no idea together: what is open, and all else. Sent with `values`.

    To count everything: what is open is counted by an index alone.
    """
    if kind is Reads.NOTHING:
        return sa.false(), sa.false()
    others = [audience for audience in Audience if audience is not Audience.OPEN]
    return Idea.audience == Audience.OPEN, sa.and_(Idea.audience.in_(others), _is_theirs(kind, **_left_open()))


def _left_open() -> dict[str, Any]:
    return {
        "reader": sa.bindparam("reader", type_=sa.Integer),
        "places": sa.bindparam("places", expanding=True),
        "run": sa.bindparam("run", expanding=True),
    }


def _condition(kind: Reads, *, reader: Any, places: Any, run: Any) -> ColumnElement[bool]:
    if kind is Reads.NOTHING:
        return sa.false()
    # A case, not one more "or": a database that looks for what is open by an index finds nearly everything by it,
    # row by row, instead of reading on in the order in which a page wants it.
    theirs = _is_theirs(kind, reader=reader, places=places, run=run)
    return sa.case((Idea.audience == Audience.OPEN, sa.true()), else_=theirs)


def _is_theirs(kind: Reads, *, reader: Any, places: Any, run: Any) -> ColumnElement[bool]:
    """What lets somebody read an idea that is not open."""
    here, closer = here_first.naming(reader), [Idea.of_team(reader)]
    if kind is Reads.WHAT_CONCERNS_THEM:
        here = sa.or_(here_first.concerning(places), here)
        keeper = sa.func.coalesce(Idea.home_organisation_id, Idea.hurts_organisation_id)
        closer.append(sa.and_(Idea.audience == Audience.HIDDEN, keeper.in_(run)))
    closer.append(sa.and_(Idea.audience == Audience.HERE_FIRST, here))
    return sa.or_(*closer)


def _waits_for_partner(person: Person) -> ColumnElement[bool]:
    """Memberships that wait in places which nobody runs, and whose partner this person leads."""
    led = [o.id for o in person.organisations if person.leads(o.id)]
    left = sa.select(Organisation.id).where(
        Organisation.partner_id.in_(led),
        ~Organisation.has_leader,  # type: ignore[arg-type]
        ~Organisation.has_administrator,  # type: ignore[arg-type]
    )
    return sa.and_(Membership.waits(), Membership.organisation_id.in_(left))


def visible(model: type[Model], person: Person | None) -> sa.Select[Model]:
    """All things of this kind that this person may see; nothing at all when nobody is signed in.

    What is not in it does not exist for them: a page answers 404, a count does not count it.
    """
    if person is None:
        return sa.select(model).where(sa.false())
    if model in _OF_EVERYBODY:
        # Who belongs nowhere, or waits for a yes, knows of nobody but themselves.
        return _everybody(model, person) if person.active_memberships else _nobody_else(model, person)
    if model in _OF_WHO_RUNS_IT:
        run = [o.id for o in person.organisations if person.leads(o.id) or person.administers(o.id)]
        of_it = model.organisation_id.in_(run)  # type: ignore[attr-defined]
        return sa.select(model).where(sa.or_(of_it, _waits_for_partner(person)) if model is Membership else of_it)
    if model is AuditEntry:
        looked_after = [o.id for o in person.organisations if may(person, Action.ADMINISTER, o)]
        return sa.select(model).where(AuditEntry.organisation_id.in_(looked_after))
    if model in _OF_ONESELF:
        return sa.select(model).where(model.person_id == person.id)  # type: ignore[attr-defined]
    if model is Workplace:
        # Who works there may print its poster; its code is on the wall for them.
        own = [organisation.id for organisation in person.organisations]
        return sa.select(model).where(Workplace.organisation_id.in_(own))
    if hangs_on_an_idea(model):
        return _with_its_idea(model, reads(person), seen=idea_is_visible(person), reader=person.id)
    raise TypeError(f"nobody has said who may see a {model.__name__}")


def _everybody(model: type[Model], person: Person) -> sa.Select[Model]:
    """Every organisation; every person to whom somebody ever said yes."""
    if model is not Person:
        return sa.select(model)
    came_in = Person.memberships.any(Membership.confirmed_at.is_not(None))
    return sa.select(model).where(sa.or_(Person.id == person.id, came_in))


def hangs_on_an_idea(model: type[Any]) -> bool:
    """Whether who may see such a thing hangs on its idea alone, so that `visible_to` knows it."""
    return model is Idea or model in (*_OF_AN_IDEA, *_OF_A_MEASURE, *_OWN_OF_AN_IDEA)


def visible_to(model: type[Model], kind: Reads) -> sa.Select[Model]:
    """`visible`, of ideas and what belongs to them, for selects that are written once: to be sent with `values`."""
    if not hangs_on_an_idea(model):
        raise TypeError(f"who may see a {model.__name__} does not hang on an idea alone")
    return _with_its_idea(model, kind, seen=idea_is_visible_to(kind), reader=_left_open()["reader"])


def _with_its_idea(model: type[Any], kind: Reads, *, seen: ColumnElement[bool], reader: Any) -> sa.Select[Any]:
    """What this reader may see of it, where `seen` says which ideas they may read."""
    if model is Idea:
        return sa.select(model).where(seen)
    if model in _OF_A_MEASURE:
        return sa.select(model).join(Measure).join(Measure.idea).where(seen)
    if model in _OWN_OF_AN_IDEA:
        seen = sa.and_(model.person_id == reader, seen)
    elif model is TeamMember and kind is not Reads.NOTHING:
        # Who is asked into the team of a draft sees the ask before they may read the draft; who left sees none.
        seen = sa.or_(TeamMember.person_id == reader, seen)
    return sa.select(model).join(Idea).where(seen)


def _nobody_else(model: type[Model], person: Person) -> sa.Select[Model]:
    return sa.select(model).where(Person.id == person.id if model is Person else sa.false())
