"""Who may do what: one table, read by pages, fragments, commands and sweeps alike.

Each action has clauses: any clause suffices, all its predicates must hold. A `never` that fits wins over
every clause. The table is PRODUCT.md's, cell by cell; `tests/access` holds a second one, written by hand.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from . import rules
from .actions import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from ideas.models import Person

    from .rules import Thing

    Predicate = Callable[[Person, Thing], bool]


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Whether somebody may, and if not, why, in words that they can act on."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


@dataclasses.dataclass(frozen=True)
class Row:
    """One row of the table: who may, who never may, and what somebody else is told."""

    clauses: tuple[tuple[Predicate, ...], ...]
    otherwise: str
    never: tuple[tuple[Predicate, str], ...] = ()


_SUPPLIER_NEVER_DECIDES = (rules.of_a_supplier, "Somebody who belongs to a supplier never decides.")
_OWN_IDEA = (rules.ever_in_team, "You are or were in this idea's team, so another leader decides it.")
_OWN_SPONSORSHIP = (rules.sponsors_it_and_that_bars, "You sponsor this idea, so another leader decides it.")
_NEVER_SPONSORS = (
    (rules.of_a_supplier, "Somebody who belongs to a supplier does not sponsor."),
    (rules.ever_in_team, "You are or were in this idea's team, so you do not sponsor it."),
)
_BELONGS_NOWHERE = (
    "You belong to no organisation now, or nobody there has said yes yet. "
    "Ask a leader or an administrator where you work."
)
_INVITES = "Only a leader or an administrator of the organisation says who joins it."
_SUPPLIER_NEVER_INVITES = (rules.of_a_supplier, "Somebody who belongs to a supplier does not say who joins.")
_SPONSOR_IS_NOT_OF_THE_TEAM = "You sponsor this idea. Whoever sponsors it is not of its team."
#: Who reads an idea.
_READERS = (
    (rules.is_open,),
    (rules.in_team,),
    (rules.concerned_first, rules.not_of_a_supplier),
    (rules.named_first,),
    (rules.is_hidden, rules.leads_its_keeper, rules.not_of_a_supplier),
    (rules.is_hidden, rules.administers_its_keeper, rules.not_of_a_supplier),
)
_TEAM_ONLY = "Only its author, owner and team may do this."

TABLE: dict[Action, Row] = {
    Action.SAY: Row(
        clauses=((rules.belongs_somewhere,),),
        otherwise=_BELONGS_NOWHERE,
    ),
    Action.READ: Row(
        clauses=_READERS,
        otherwise="It is not open to everybody. Only its team, and while it is here first whom it concerns, read it.",
    ),
    Action.US_TOO: Row(
        clauses=_READERS,
        otherwise="Whoever may read it says “us too”.",
    ),
    Action.ANSWER_FELT: Row(
        clauses=((rules.is_asked, rules.works_where_it_was_tried),),
        otherwise="Only those who said “us too” where it was tried, and still work there, are asked.",
    ),
    Action.ANSWER_WATCH: Row(
        # The leaders answer for those who are gone.
        clauses=((rules.in_team,), (rules.nobody_is_left, rules.leads_home, rules.not_of_a_supplier)),
        otherwise="Its owner says whether it is still used, or its team. A leader of its home does when they are gone.",
    ),
    Action.EDIT: Row(clauses=((rules.in_team,),), otherwise=f"{_TEAM_ONLY} Tell them what you would change."),
    Action.ANSWER_WEEK: Row(
        clauses=((rules.in_team,),),
        otherwise="Only its author, owner and team say how a week was. What they said is on the page of the idea.",
    ),
    Action.WITHDRAW: Row(clauses=((rules.wrote_it,),), otherwise="Only its author withdraws an idea."),
    Action.HIDE: Row(
        # While it has no home, somebody has to take down what it says of where it hurts.
        clauses=((rules.leads_its_keeper,), (rules.administers_its_keeper,)),
        otherwise="Only a leader or an administrator of its home hides an idea; of where it hurts, while it has none.",
        never=(
            (rules.of_a_supplier, "Somebody who belongs to a supplier does not hide an idea."),
            (rules.ever_in_team, "You are or were in this idea's team, so somebody else decides whether it is hidden."),
        ),
    ),
    Action.TAKE_ON: Row(
        clauses=((rules.has_no_owner, rules.member_of_home),),
        otherwise="Only somebody of its home organisation takes on an idea, and only while it has no owner.",
        never=(
            (rules.of_a_supplier, "Somebody who belongs to a supplier does not take on an idea."),
            (rules.sponsors_it, _SPONSOR_IS_NOT_OF_THE_TEAM),
        ),
    ),
    Action.NAME_OWNER: Row(
        clauses=((rules.has_no_owner, rules.leads_home),),
        otherwise="Only a leader of its home organisation names an owner, and only while it has none.",
        never=((rules.of_a_supplier, "Somebody who belongs to a supplier does not name an owner."),),
    ),
    Action.HOST: Row(
        clauses=(
            (rules.looks_for_a_host, rules.leads_where_care_is_given, rules.is_open),
            (rules.looks_for_a_host, rules.leads_where_care_is_given, rules.concerned_first),
            (rules.looks_for_a_host, rules.leads_where_care_is_given, rules.named_first),
        ),
        otherwise="A leader of an organisation that gives care hosts an idea, while it has no home.",
        never=((rules.of_a_supplier, "A supplier is never an idea's home."),),
    ),
    Action.ANSWER_HOME: Row(
        clauses=((rules.leads_home,),),
        otherwise="Only a leader of the organisation that was asked says whether it takes it on.",
        never=((rules.of_a_supplier, "Somebody who belongs to a supplier does not take on an idea."),),
    ),
    Action.HAND_ON: Row(
        # A supplier's person hands on what they wrote or carry, and nothing else.
        clauses=((rules.in_team, rules.not_of_a_supplier), (rules.author_or_owner,)),
        otherwise=_TEAM_ONLY,
    ),
    Action.ANSWER_TEAM: Row(
        clauses=((rules.is_asked,),),
        otherwise="Only the person who was asked answers.",
    ),
    Action.TICK: Row(
        # A supplier's person ticks only a step of their own, in the team or not.
        clauses=((rules.in_team, rules.not_of_a_supplier), (rules.is_asked,)),
        otherwise="Only its team, or whoever has the step, ticks it off.",
    ),
    Action.RECORD_CHECK: Row(
        clauses=((rules.in_team,), (rules.is_asked,)),
        otherwise="Only its team, or whoever was asked, records what came of a check.",
        never=((rules.of_a_supplier, "Somebody who belongs to a supplier does not record a check."),),
    ),
    Action.MOVE: Row(clauses=((rules.in_team,),), otherwise=f"{_TEAM_ONLY} A leader moves it by deciding."),
    Action.MOVE_ANYWHERE: Row(
        clauses=((rules.in_team,),),
        otherwise=f"{_TEAM_ONLY} A leader moves it by deciding.",
        never=((rules.of_a_supplier, "Somebody who belongs to a supplier moves it only to planning or stopped."),),
    ),
    Action.SPONSOR: Row(
        clauses=((rules.leads_somewhere,),),
        otherwise="Only a leader sponsors an idea.",
        never=_NEVER_SPONSORS,
    ),
    Action.ANSWER_SPONSORSHIP: Row(
        clauses=((rules.is_asked, rules.leads_somewhere),),
        otherwise="Only the leader who was asked answers.",
        never=_NEVER_SPONSORS,
    ),
    Action.ASK_SIGN_OFF: Row(
        clauses=((rules.in_team,),),
        otherwise=_TEAM_ONLY,
        never=((rules.of_a_supplier, "Somebody who belongs to a supplier does not ask for a sign-off."),),
    ),
    Action.DECIDE: Row(
        clauses=((rules.is_the_named_leader, rules.leads_where_it_is_decided),),
        otherwise="Only the named leader decides. Another leader there may take it over first.",
        never=(_SUPPLIER_NEVER_DECIDES, _OWN_IDEA, _OWN_SPONSORSHIP),
    ),
    Action.TAKE_OVER: Row(
        clauses=((rules.leads_where_it_is_decided,),),
        otherwise="Only a leader of the organisation that was asked may take this over.",
        never=(_SUPPLIER_NEVER_DECIDES, _OWN_IDEA, _OWN_SPONSORSHIP),
    ),
    Action.SEND_ON: Row(
        clauses=((rules.asked_for_it,), (rules.leads_where_it_is_decided,)),
        otherwise="Only whoever asked, or a leader of that organisation, may send it on.",
    ),
    Action.TAKE_BACK: Row(
        clauses=((rules.asked_for_it,), (rules.leads_where_it_is_decided,)),
        otherwise="Only whoever asked, or a leader of that organisation, may take it back.",
    ),
    Action.PUT_NAME: Row(
        clauses=((rules.belongs_somewhere,),),
        otherwise=_BELONGS_NOWHERE,
        never=(
            (rules.sponsors_it, "You sponsor this idea. Its author never does, so your name cannot stand on it."),
            (rules.was_asked_to_decide, "You were asked to decide on this idea. Its author never is."),
        ),
    ),
    Action.INVITE: Row(
        clauses=((rules.administers_it,), (rules.runs_it,)),
        otherwise=_INVITES,
        never=(_SUPPLIER_NEVER_INVITES,),
    ),
    Action.NOMINATE: Row(
        clauses=((rules.in_team, rules.nobody_leads_home),),
        otherwise="Only the team of an idea whose home has no leader makes a link for somebody who could lead there.",
        never=(_SUPPLIER_NEVER_INVITES,),
    ),
    Action.CONFIRM_JOINER: Row(
        # Who asks to lead is confirmed by whoever makes leaders there, and by a partner where there is nobody.
        clauses=(
            (rules.administers_it,),
            (rules.runs_it, rules.asks_to_be_a_member),
            (rules.leads_the_partner_of_a_place_that_nobody_runs,),
        ),
        otherwise=_INVITES,
        never=(_SUPPLIER_NEVER_INVITES, (rules.is_their_own, "Somebody else says that you work there.")),
    ),
    Action.ADMINISTER: Row(
        clauses=((rules.administers_it,),),
        otherwise="Only an administrator of the organisation, or a leader where it has none, looks after its people.",
    ),
    Action.NAME_PARTNER: Row(
        clauses=((rules.administers_it,),),
        otherwise="Only an administrator of the organisation, or a leader where it has none, names its partner.",
        never=((rules.of_a_supplier, "Somebody who belongs to a supplier does not say who decides."),),
    ),
    Action.RESET_PASSWORD: Row(
        # Whoever holds such a link can sign in as them. So it is for those who look after everything that the account
        # opens: else an administrator here could read, and decide, where somebody of theirs belongs too.
        clauses=((rules.administers_it, rules.administers_all_of_theirs),),
        otherwise=(
            "Only who looks after every organisation that they belong to makes this link. "
            "Else ask whoever runs Headroom for it."
        ),
        never=((rules.is_their_own, "You change your own password on your account page."),),
    ),
    Action.KEEP_PLACES: Row(
        clauses=((rules.administers_it,),),
        otherwise="Only an administrator of the organisation, or a leader where it has none, looks after its places.",
    ),
}


class Denied(Exception):
    """Somebody asked for what they have no right to. Carries the reason, in words they can act on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def may(person: Person | None, action: Action, thing: Thing = None) -> Verdict:
    """Whether this person has the right to do this to this thing, now. About rights only, never about state."""
    if person is None:
        return Verdict(allowed=False, reason="Sign in first.")
    # Whatever somebody wrote or carried: who was let go a moment ago changes nothing any more.
    if not person.active_memberships:
        return Verdict(allowed=False, reason=_BELONGS_NOWHERE)
    row = TABLE[action]
    for fits, reason in row.never:
        if fits(person, thing):
            return Verdict(allowed=False, reason=reason)
    if any(all(holds(person, thing) for holds in clause) for clause in row.clauses):
        return Verdict(allowed=True)
    return Verdict(allowed=False, reason=row.otherwise)


def demand(person: Person, action: Action, thing: Thing = None) -> None:
    """Go on only with the right. Acts call this again inside their transaction.

    Raises Denied, with the reason, when somebody lost the right between the page and the click.
    """
    verdict = may(person, action, thing)
    if not verdict:
        raise Denied(verdict.reason)
