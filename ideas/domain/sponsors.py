"""Sponsors: asking a leader to back an idea, and the pledge that comes with a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand, may
from ideas.db import db
from ideas.models import Pledge, Sponsorship

from . import events, people, versions
from .errors import Invalid, Refused

if TYPE_CHECKING:
    import decimal

    from ideas.models import Idea, Organisation, Person, PledgeKind, Unit

    from .people import Colleague, Place


def could_sponsor(idea: Idea) -> list[tuple[Place, Colleague]]:
    """The leaders who may be asked, each with where they lead: of all but suppliers, and not of its team.

    Those of its home come first, then those of where it hurts, then the others by organisation; there by name.
    """
    asked = {s.person_id for s in idea.sponsorships}
    # They answer what the policy asks of a person, without the rest of one.
    able = [
        leader
        for leader in people.everybody_who_leads()
        if leader.id not in asked and may(leader, Action.SPONSOR, idea)  # type: ignore[arg-type]
    ]
    near = (idea.home_organisation_id, idea.hurts_organisation_id)

    def nearest_first(at: Place) -> tuple[int, str, int]:
        is_near = near.index(at.organisation_id) if at.organisation_id in near else len(near)
        return is_near, at.organisation.casefold(), at.organisation_id

    seated = [(min(leader.led, key=nearest_first), leader) for leader in able]
    return sorted(seated, key=lambda each: nearest_first(each[0]))


def ask(idea: Idea, person: Person, *, by: Person) -> Sponsorship:
    """Ask a leader to back it. Raises Denied, Invalid (they may not sponsor it) or Refused (a draft, asked already)."""
    versions.hold(idea)
    demand(by, Action.EDIT, idea)
    if idea.is_draft:
        raise Refused("This is a draft, which no leader can read. Open it to everybody, then ask.")
    if idea.is_hidden:
        raise Refused("It is hidden, so no leader elsewhere can read it. When it is shown again, ask.")
    if any(s.person_id == person.id for s in idea.sponsorships):
        raise Refused(f"{person.short_name} has been asked already.")
    if not may(person, Action.SPONSOR, idea):
        raise Invalid("person", f"{person.short_name} cannot sponsor this. Choose a leader who is not of its team.")
    sponsorship = Sponsorship(person=person, asked_by=by, asked_at=clock.now())
    idea.sponsorships.append(sponsorship)
    events.record(events.Kind.SPONSOR_ASKED, idea, by=by, person=person.short_name)
    db.session.flush()
    return sponsorship


def accept(
    sponsorship: Sponsorship,
    *,
    by: Person,
    kind: PledgeKind,
    amount: decimal.Decimal | None = None,
    unit: Unit | None = None,
    note: str = "",
) -> Pledge:
    """Back it, and pledge something. Raises Denied, Invalid or Refused (answered already)."""
    _take(sponsorship, by=by)
    return _pledge(sponsorship, by=by, kind=kind, amount=amount, unit=unit, note=note)


def back(
    idea: Idea, *, by: Person, kind: PledgeKind, amount: decimal.Decimal | None, unit: Unit | None, note: str
) -> Pledge:
    """Back an idea in the act of deciding it, asked to or not. The lock is the caller's. Raises Denied or Invalid."""
    demand(by, Action.SPONSOR, idea)
    sponsorship = next((s for s in idea.sponsorships if s.person_id == by.id), None)
    if sponsorship is None:
        sponsorship = Sponsorship(person=by, asked_by=by, asked_at=clock.now())
        idea.sponsorships.append(sponsorship)
    return _pledge(sponsorship, by=by, kind=kind, amount=amount, unit=unit, note=note)


def _pledge(
    sponsorship: Sponsorship,
    *,
    by: Person,
    kind: PledgeKind,
    amount: decimal.Decimal | None,
    unit: Unit | None,
    note: str,
) -> Pledge:
    if amount is None and not note:
        raise Invalid("note", "Say what you bring: an amount, or a few words.")
    if amount is not None and not 0 < amount < 10_000_000:
        raise Invalid("amount", "Enter a number above 0 and below 10 million.")
    pledge = Pledge(kind=kind, amount=amount, unit=unit if amount is not None else None, note=note)
    sponsorship.pledges.append(pledge)
    if not sponsorship.is_accepted:
        sponsorship.idea.sponsor_count += 1
    sponsorship.accepted, sponsorship.reason = True, ""
    sponsorship.answered_at = clock.now()
    events.record(events.Kind.SPONSOR_ACCEPTED, sponsorship.idea, by=by, pledge=pledge.words)
    db.session.flush()
    return pledge


def decline(sponsorship: Sponsorship, *, by: Person, reason: str) -> Sponsorship:
    """Do not back it, and say why. Raises Denied, Invalid or Refused (answered already)."""
    _take(sponsorship, by=by)
    if not reason:
        raise Invalid("note", "Say why, so that the team knows what to change or whom to ask.")
    sponsorship.accepted = False
    sponsorship.answered_at = clock.now()
    sponsorship.reason = reason
    events.record(events.Kind.SPONSOR_DECLINED, sponsorship.idea, by=by, reason=reason)
    db.session.flush()
    return sponsorship


def leave(sponsorship: Sponsorship, organisation: Organisation) -> Sponsorship:
    """Whoever backs it left, and belongs nowhere: they back it no more. What they pledged stays with it."""
    idea = sponsorship.idea
    idea.sponsor_count -= 1
    sponsorship.accepted, sponsorship.answered_at = False, clock.now()
    sponsorship.reason = f"Left {organisation.name}, and backs it no more"
    words = {"person": sponsorship.person.short_name, "organisation": organisation.name}
    events.record(events.Kind.SPONSOR_LEFT, idea, by=None, **words)
    db.session.flush()
    return sponsorship


def leave_unanswered(sponsorship: Sponsorship, organisation: Organisation) -> None:
    """Whoever was asked left, and belongs nowhere: the ask is gone, and the history keeps that it was there."""
    idea = sponsorship.idea
    words = {"person": sponsorship.person.short_name, "organisation": organisation.name, "what": "to sponsor it"}
    events.record(events.Kind.ASK_LEFT, idea, by=None, **words)
    db.session.delete(sponsorship)
    db.session.flush()
    db.session.expire(idea, ["sponsorships"])


def _take(sponsorship: Sponsorship, *, by: Person) -> None:
    versions.hold(sponsorship.idea)
    demand(by, Action.ANSWER_SPONSORSHIP, sponsorship)
    check_unanswered(sponsorship)


def check_unanswered(sponsorship: Sponsorship) -> None:
    """Go on only while the answer is owed: it is given once. Raises Refused."""
    if not sponsorship.is_asked:
        raise Refused("This has been answered already.")
