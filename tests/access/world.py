"""One world for the table of permissions: ideas in each state that a right depends on, and who stands where."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.adapters.files.kinds import FileKind
from ideas.db import db
from ideas.domain import (
    checks,
    cycles,
    hidings,
    ideas,
    invitations,
    joining,
    organisations,
    people,
    screening,
    sign_off,
    sponsors,
    steps,
    teams,
    us_too,
    workplaces,
)
from ideas.models import Answer, Attachment, Audience, CheckState, FeltAsk, FeltRound, Moment, Role, Sector, Watch
from tests import factories
from tests.helpers.kept import kept

if TYPE_CHECKING:
    from ideas.models import (
        Check,
        Cycle,
        Hiding,
        Idea,
        Invitation,
        Membership,
        Organisation,
        SignOff,
        Sponsorship,
        Step,
        TeamMember,
        Workplace,
    )
    from tests.cast import Cast


@dataclasses.dataclass(frozen=True)
class World:
    """What the rows of the table are about."""

    #: home Northmere; Amara wrote and carries it; Sol (supplier) is in its team; Ben sponsors it
    carried: Idea
    #: home Northmere; said by Dele of Willow Bank, so Northmere is asked whether it takes it on; nobody carries it
    unowned: Idea
    #: said by Sol; looks for a host
    unhosted: Idea
    #: Amara's draft; Dele is in its team
    draft: Idea
    #: here first: said by Dele, hurts at Willow Bank, would change at Northmere; Sol (supplier) was asked into its team
    here_first: Idea
    #: said by Dele, home Northmere; Femi hid it
    hidden: Idea
    #: that hiding
    hiding: Hiding
    #: a step of `carried` that Tomas has
    step: Step
    #: a file on the plan of `carried`
    file: Attachment
    #: a check of `carried` that Mina was asked about
    check: Check
    #: Gwen was asked to sponsor `carried`
    sponsorship: Sponsorship
    #: Ruth was asked into the team of `carried`
    place: TeamMember
    #: Femi was asked for an answer about `carried`, by Amara
    request: SignOff
    #: home Northmere; nobody's name stands on it
    nameless: Idea
    #: a place of Northmere's, with a poster
    spot: Workplace
    #: a place of Willow Bank's, which has no administrator
    room: Workplace
    #: Nia asked to join Northmere, and waits
    joiner: Membership
    #: Tomas's own at Northmere
    tomas_there: Membership
    #: Olu's at Northmere
    leaver: Membership
    #: Ada's own at Northmere
    ada_there: Membership
    #: Dele's own at Willow Bank
    dele_there: Membership
    #: Uma's at Northmere; she also leads Eastfold
    both: Membership
    #: a link to join Northmere
    invitation: Invitation
    #: Northmere
    northmere: Organisation
    #: Willow Bank, which has one leader and no administrator
    care_home: Organisation
    #: home Northmere; being tried; Amara wrote and carries it; Sol (supplier) is in its team
    tried: Idea
    #: a cycle of `tried` that has not begun
    cycle: Cycle
    #: said by Dele; its home has no leader and no administrator, and Eastfold for its partner
    leaderless: Idea
    #: somebody who asks to lead that home
    would_lead: Membership
    #: Tomas is asked whether `tried` is less bad for him
    felt_ask: FeltAsk
    #: an idea of Amara's was adopted at Northmere, and is asked about
    watch: Watch
    #: the same, of an idea whose author and owner left
    orphan: Watch


@kept
def make(cast: Cast) -> World:
    """Make it, through the same verbs as the product uses."""
    carried = factories.ready_to_ask(cast)
    teams.accept(teams.ask_in(carried, cast.sol, by=cast.amara), by=cast.sol)
    answers = screening.none_of_these() | {"money": Answer.YES}
    check = screening.answer(carried, answers, by=cast.amara, version=carried.version)[0]
    checks.record(check, CheckState.TALKING, by=cast.amara, asked_person=cast.mina)
    step = steps.add(carried, "Print the number", by=cast.amara, owner=cast.tomas)
    file = Attachment(
        name="a.txt", kind=FileKind.TXT, sha256="a" * 64, size=9, added_by=cast.amara, added_at=clock.now()
    )
    carried.all_attachments.append(file)
    sponsorship = sponsors.ask(carried, cast.gwen, by=cast.amara)
    place = teams.ask_in(carried, cast.ruth, by=cast.amara)
    request = sign_off.ask(carried, cast.femi, by=cast.amara)
    unowned = factories.new(cast, by=cast.dele, hurts_organisation=cast.willow_bank)
    unhosted = ideas.say(now="Alerts that nobody reads.", change="Fewer.", title="Fewer alerts", by=cast.sol)
    draft = make_draft(cast)
    here_first = factories.new(
        cast, by=cast.dele, audience=Audience.HERE_FIRST, hurts_organisation=cast.willow_bank, home=cast.northmere
    )
    teams.ask_in(here_first, cast.sol, by=cast.dele)
    hidden = factories.new(cast, by=cast.dele)
    hiding = hidings.hide(hidden, "It names a colleague.", by=cast.femi)
    nameless = factories.without_name(cast).idea
    spot = workplaces.add(cast.northmere, "Ward 9", by=cast.ada)
    room = workplaces.add(cast.willow_bank, "Staff room", by=cast.gwen)
    joiner = joining.ask(people.add("Nia Pugh", "nia"), cast.northmere, job="porter")
    leaver = people.join(people.add("Olu Bright", "olu"), cast.northmere, job="porter", role=Role.MEMBER)
    uma = people.add("Uma Reed", "uma")
    both = people.join(uma, cast.northmere, job="bank nurse", role=Role.MEMBER)
    people.join(uma, cast.eastfold, job="director", role=Role.LEADER)
    ada_there, dele_there = cast.ada.memberships[0], cast.dele.memberships[0]
    tomas_there = cast.tomas.memberships[0]
    invitation, _ = invitations.invite(cast.northmere, Role.MEMBER, by=cast.ada)
    northmere = cast.northmere
    care_home = cast.willow_bank
    hazel = organisations.add("Hazel Court", Sector.ADULT_SOCIAL_CARE)
    hazel.partner = cast.eastfold
    leaderless = factories.new(cast, by=cast.dele, hurts_organisation=cast.willow_bank, home=hazel)
    tried = factories.in_trying(cast)
    teams.accept(teams.ask_in(tried, cast.sol, by=cast.amara), by=cast.sol)
    cycle = cycles.plan(tried, attempt="One phone for a day.", prediction="Ten calls.", by=cast.amara)
    would_lead = joining.ask_to_lead(people.add("Tom Reed", "tom"), hazel, job="manager")
    felt_ask = ask_whether_less_bad(tried, cast)
    watch = watch_of(factories.adopted(cast))
    orphan = watch_of(factories.adopted(cast))
    for member in orphan.idea.team_members:
        member.ended_at = clock.now()
    orphan.idea.author = orphan.idea.owner = None
    db.session.flush()
    made = locals()
    return World(**{field.name: made[field.name] for field in dataclasses.fields(World)})


def ask_whether_less_bad(idea: Idea, cast: Cast) -> FeltAsk:
    """Tomas, who said us too, is asked whether it is less bad for him now."""
    us_too.say(idea, by=cast.tomas, membership=cast.tomas.memberships[0])
    day = clock.today()
    asking = FeltRound(moment=Moment.END, trial=1, asked_on=day, closes_on=day, asked=1)
    idea.felt_rounds.append(asking)
    asked = FeltAsk(round=asking, idea_id=idea.id, person=cast.tomas, organisation_id=cast.northmere.id, closes_on=day)
    db.session.add(asked)
    db.session.flush()
    return asked


def watch_of(idea: Idea) -> Watch:
    """It is asked about, as if it had been adopted three months ago."""
    made = Watch(adoption=1, months=3, due_on=clock.today() + dt.timedelta(days=1))
    idea.watches.append(made)
    db.session.flush()
    return made


def make_draft(cast: Cast) -> Idea:
    """Amara's draft, with Dele in its team."""
    draft = factories.new(
        cast, audience=Audience.DRAFT, title="Zebra crossing in the corridor", hurts_place="Zebra ward"
    )
    teams.accept(teams.ask_in(draft, cast.dele, by=cast.amara), by=cast.dele)
    return draft


def make_here_first(cast: Cast) -> Idea:
    """Amara's, here first at Northmere, and carried far enough to be counted and told of wherever ideas are."""
    idea = factories.asked(
        cast, audience=Audience.HERE_FIRST, title="Zebra crossing in the corridor", hurts_place="Zebra ward"
    ).idea
    teams.ask_in(idea, cast.tomas, by=cast.amara)
    return idea


def make_hidden(cast: Cast) -> Idea:
    """As the one that is here first, but open, and then hidden by Femi."""
    idea = factories.asked(cast, title="Zebra crossing in the corridor", hurts_place="Zebra ward").idea
    hidings.hide(idea, "Zebras are not from here.", by=cast.femi)
    return idea
