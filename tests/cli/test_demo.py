"""`flask demo`: a year of the example, made by the same verbs as the pages use, and fit to be shown."""

from __future__ import annotations

import collections
import datetime as dt
import json
import tomllib

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.app import create_app
from ideas.cli import example
from ideas.cli.example import cast as players
from ideas.cli.example import diary, story
from ideas.config import ROOT, Settings
from ideas.db import Base, db
from ideas.domain import (
    desk,
    findings,
    gates,
    measures,
    organisations,
    partners,
    people,
    rounds,
    sessions,
    verdict,
)
from ideas.models import (
    Audience,
    Check,
    CheckState,
    Cycle,
    CycleStep,
    Decision,
    Event,
    Gate,
    Happening,
    HomeAnswer,
    HomeAsk,
    Idea,
    Measure,
    Membership,
    Nation,
    Organisation,
    Outcome,
    Person,
    Pledge,
    PledgeKind,
    Rebase,
    Role,
    SaidBy,
    Sector,
    SignOff,
    Sponsorship,
    Stage,
    StageEntry,
    Step,
    TeamMember,
    UsToo,
    VerdictKind,
    WeeklyMinute,
)
from ideas.text import patient_details
from tests import cast
from tests.helpers.databases import KINDS
from tests.helpers.groups import sharing

FOLDER = ROOT / "ideas" / "cli" / "example"
SIXTY = json.loads((FOLDER / "ideas.json").read_text())["ideas"]


class TestTheCommand:
    def test_it_says_what_is_there_and_where_to_find_whom_to_sign_in_as(self, loaded):
        _, done = loaded
        assert done.exit_code == 0, done.output
        assert "67 ideas of 64 people in 20 organisations" in done.output
        assert "19 new, 11 planning, 7 sign-off, 11 trying, 12 adopted, 7 stopped" in done.output
        assert "made up" in done.output
        assert "demo people" in done.output

    def test_it_refuses_a_second_time_and_changes_nothing(self, loaded):
        app, _ = loaded
        before = rows(app)
        again = app.test_cli_runner().invoke(args=["demo", "load"])
        assert again.exit_code == 1
        assert "holds people already" in again.output
        assert "Nothing was changed" in again.output
        assert "Traceback" not in again.output
        assert rows(app) == before

    def test_it_refuses_a_database_with_one_person_in_it(self, app):
        with app.app_context():
            people.add("Amara Okafor", "amara@example.org")
            db.session.commit()
        assert app.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 1
        assert rows(app)["people"] == 1
        assert rows(app)["organisations"] == 0

    def test_nothing_is_left_of_one_that_fails_in_the_middle(self, app, monkeypatch):
        def break_down(*args, **words):
            raise RuntimeError("the power went")

        monkeypatch.setattr(measures, "add", break_down)
        failed = app.test_cli_runner().invoke(args=["demo", "load"])
        assert isinstance(failed.exception, RuntimeError)
        assert "in the story of idea" in failed.exception.__notes__[0]
        assert not any(rows(app).values())

    def test_a_database_without_tables_is_told_what_to_do(self, tmp_path):
        app = create_app_on(f"sqlite:///{tmp_path / 'new.db'}", tmp_path)
        refused = app.test_cli_runner().invoke(args=["demo", "load"])
        assert refused.exit_code == 1
        assert "db upgrade" in refused.output
        with app.app_context():
            db.engine.dispose()

    def test_who_is_who_is_shown_with_the_password(self, app):
        shown = app.test_cli_runner().invoke(args=["demo", "people"])
        assert shown.exit_code == 0
        assert "less-bad-than-now" in shown.output
        for who in ("amara", "femi", "ben", "gwen", "dele", "sol", "ada"):
            assert f"{who}@example.org" in shown.output
        assert "ward sister, Northmere Hospitals" in shown.output


class TestWhoIsWho:
    def test_everybody_signs_in_with_the_password(self, told):
        for person in told(Person):
            assert sessions.authenticate(person.sign_in, cast.PASSWORD) is person
        assert players.PASSWORD == cast.PASSWORD

    def test_the_cast_is_that_of_the_tests(self, told):
        known = {(p.name, p.sign_in, m.organisation.name, m.role) for p in told(Person) for m in p.memberships}
        for name, home, role in CAST:
            assert (name, f"{name.split()[0].lower()}@example.org", home, role) in known

    def test_there_are_organisations_of_every_sector_and_all_are_marked(self, told):
        found = told(Organisation)
        assert len(found) == 20
        assert {o.sector for o in found} == set(Sector)
        assert all(o.is_example for o in found)
        assert {o.nation for o in found} >= {Nation.SCOTLAND, Nation.WALES}
        assert {o.gives_care for o in found if o.sector is Sector.VOLUNTARY} == {True, False}
        assert sum(o.is_supplier for o in found) == 3
        assert organisations.holds_example()

    def test_who_gives_care_has_somebody_who_leads_it_but_for_one_that_nobody_has_joined(self, told):
        leaders = collections.Counter(
            m.organisation_id for p in told(Person) for m in p.active_memberships if m.role is Role.LEADER
        )
        caring = [o for o in told(Organisation) if o.gives_care]
        assert [o.name for o in caring if not leaders[o.id]] == ["Hazel Court Care Home"]
        assert sum(leaders[o.id] >= 2 for o in caring) > len(caring) / 2

    def test_no_two_people_look_the_same_on_a_card(self, told):
        names = [p.short_name for p in told(Person)]
        assert len(names) == len(set(names))


class TestTheIdeas:
    def test_all_sixty_are_there_in_their_own_words(self, told):
        there = {idea.title: idea for idea in told(Idea) if idea.is_open}
        assert len(SIXTY) == 60
        assert there.keys() - {said["title"] for said in SIXTY} == {
            "A second torch for nights",
            "Lend the hoist across the road",
        }
        for said in SIXTY:
            idea = there[said["title"]]
            assert (idea.now, idea.change) == (said["now"]["problem"], said["less_bad"])
            assert idea.hurts_place.casefold() == said["setting"].casefold()
            assert idea.is_illustrative is said["illustrative"]

    def test_the_board_is_well_filled(self, told):
        filled = collections.Counter(idea.stage for idea in told(Idea) if idea.is_open)
        assert [filled[stage] for stage in Stage] == [14, 11, 7, 11, 12, 7]

    def test_no_reference_is_given_twice(self, told):
        refs = [idea.ref for idea in told(Idea)]
        assert len(refs) == len(set(refs)) == 67

    def test_amara_and_dele_have_a_draft_each(self, told):
        drafts = [idea for idea in told(Idea) if idea.audience is Audience.DRAFT]
        assert sorted(idea.author.first_name for idea in drafts) == ["Amara", "Dele"]

    def test_two_ideas_are_here_first_for_some_weeks_yet(self, told):
        first = [idea for idea in told(Idea) if idea.is_here_first]
        assert [idea.author.first_name for idea in first] == ["Gwen", "Gwen"]
        assert [idea.asked_author.person.first_name for idea in first if idea.asked_author] == ["Dele"]
        assert all(idea.opens_on > clock.today() + dt.timedelta(days=14) for idea in first)

    def test_one_is_hidden_with_a_reason(self, told):
        assert [idea.hiding.by.first_name for idea in told(Idea) if idea.is_hidden] == ["Ruth"]

    def test_suppliers_ideas_look_for_a_host(self, told):
        theirs = [idea for idea in told(Idea) if idea.author.belongs_to_a_supplier]
        assert len(theirs) == 3
        assert all(idea.looks_for_a_host and idea.owner is None for idea in theirs)

    def test_an_idea_crosses_from_where_it_hurts_to_where_it_would_change(self, told):
        crossing = [i for i in told(Idea) if i.home_organisation and i.home_organisation is not i.hurts_organisation]
        assert len({i.home_organisation.sector for i in crossing}) >= 3

    def test_homes_were_asked_and_owe_an_answer_are_late_with_it_or_said_that_it_is_not_theirs(self, told):
        asks = told(HomeAsk)
        assert [ask.organisation.name for ask in asks if ask.is_overdue] == ["Bramblegate Home Care"]
        owed = {ask.organisation.name: ask for ask in asks if ask.is_open and not ask.is_overdue and ask.idea.is_open}
        assert owed.keys() == {"Northmere Hospitals", "Hazel Court Care Home"}
        assert owed["Hazel Court Care Home"].due_on is None, "nobody leads there yet"
        no = [ask for ask in asks if ask.answer is HomeAnswer.NOT_OURS]
        assert [ask.organisation.name for ask in no] == ["Eastfold Council"]
        assert all(ask.reason and ask.idea.looks_for_a_host for ask in no)
        assert sum(ask.answer is HomeAnswer.TAKE for ask in asks) >= 5

    def test_no_stage_was_entered_past_its_gate(self, told):
        for idea in told(Idea):
            if idea.stage in (Stage.PLANNING, Stage.SIGN_OFF, Stage.TRYING, Stage.ADOPTED):
                assert not gates.missing(idea, Stage.PLANNING), idea.title
            if idea.stage in (Stage.SIGN_OFF, Stage.TRYING, Stage.ADOPTED):
                assert not gates.missing(idea, Stage.SIGN_OFF), idea.title
            if idea.stage is Stage.ADOPTED:
                assert not gates.missing(idea, Stage.ADOPTED), idea.title

    def test_plans_are_written_for_their_idea(self, told):
        for field in ("how_we_know", "undoing", "risk_of_trying", "harm_of_staying", "still_wrong", "asked_whom"):
            written = [text for idea in told(Idea) if (text := getattr(idea.plan, field))]
            assert len(written) > 35
            assert len(set(written)) == len(written), field

    def test_harm_and_risk_say_how_sure_they_are(self, told):
        asked = [idea.plan for idea in told(Idea) if idea.sign_offs]
        assert all(p.harm_who and p.harm_how_many and p.harm_how_sure for p in asked)
        assert all(p.risk_who and p.risk_how_many and p.risk_how_sure for p in asked)
        assert len({p.risk_how_sure for p in asked} | {p.harm_how_sure for p in asked}) == 3

    def test_no_text_holds_a_patients_details(self):
        texts = [text for file in FOLDER.rglob("*.toml") for text in strings(tomllib.loads(file.read_text()))]
        texts += list(strings(SIXTY))
        assert len(texts) > 1500
        for text in texts:
            assert not patient_details.nhs_numbers(text), text
            assert not patient_details.questions(text), text

    def test_a_story_without_its_idea_is_noticed(self, monkeypatch, tmp_path):
        (tmp_path / "stories").mkdir()
        (tmp_path / "ideas.json").write_text((FOLDER / "ideas.json").read_text())
        monkeypatch.setattr(story, "_HERE", tmp_path)
        with pytest.raises(ValueError, match="nobody tells"):
            story.all_stories()


class TestNumbersAddUp:
    def test_what_an_idea_keeps_of_its_verdict_is_what_its_readings_say(self, told):
        verdicts = collections.Counter()
        for idea in told(Idea):
            head = findings.headline([findings.judged(measure) for measure in idea.measures])
            kept = (idea.verdict, idea.verdict_words)
            assert kept == ((head.kind, head.words) if head else (None, "")), idea.title
            verdicts[idea.verdict] += 1
        assert sum(verdicts.values()) == len(told(Idea))

    def test_what_is_counted_on_an_idea_is_what_is_there(self, told):
        too = collections.Counter(said.idea_id for said in told(UsToo))
        for idea in told(Idea):
            assert idea.us_too_count == too[idea.id], idea.title
            assert idea.sponsor_count == len(idea.accepted_sponsorships), idea.title

    def test_every_reading_week_and_pledge_is_told_once_in_its_history(self, told):
        for idea in told(Idea):
            happened = collections.Counter(event.kind for event in idea.events)
            readings = sum(len(measure.readings) for measure in idea.measures)
            at_once = sum(int(e.payload["what"].split()[0]) for e in idea.events if e.kind == "batch.entered")
            assert happened["reading.entered"] + at_once - happened["reading.removed"] == readings, idea.title
            assert happened["week.answered"] + happened["week.skipped"] == len(idea.weekly_minutes), idea.title
            assert happened["sponsor.accepted"] == sum(len(s.pledges) for s in idea.accepted_sponsorships), idea.title
        assert sum(len(minute.readings) for minute in told(WeeklyMinute)) >= 2


class TestTime:
    def test_nothing_has_happened_in_the_future(self, told):
        now = clock.now()
        assert all(event.happened_at < now for event in told(Event))
        assert all(entry.entered_at < now for entry in told(StageEntry))
        assert all(r.taken_on < clock.today() for m in told(Measure) for r in m.readings)
        assert all(r.taken_on <= clock.day(r.entered_at) for m in told(Measure) for r in m.readings)

    def test_events_stand_in_the_order_in_which_they_happened(self, told):
        moments = [event.happened_at for event in sorted(told(Event), key=lambda event: event.id)]
        assert moments == sorted(moments)
        assert moments[-1] - moments[0] > dt.timedelta(days=330)
        assert clock.now() - moments[-1] < dt.timedelta(days=8)

    def test_things_happen_on_working_days_and_mostly_in_working_hours(self, told):
        moments = [event.happened_at.astimezone(clock.LONDON) for event in told(Event)]
        assert all(clock.is_working_day(moment.date(), "england") for moment in moments)
        assert sum(8 <= moment.hour < 18 for moment in moments) > 0.95 * len(moments)

    @pytest.mark.parametrize(
        "today",
        [
            dt.date(2026, 11, 23),
            dt.date(2026, 12, 27),
            dt.date(2027, 1, 1),
            dt.date(2027, 3, 30),
            dt.date(2028, 2, 29),
        ],
    )
    def test_an_ask_can_be_placed_so_that_its_answer_is_due(self, today):
        for days in (-2, 3, 4, 5, 6, 7, 8, 9):
            ago = diary.days_ago_to_be_due_in(days, today, within=10, nation="england")
            asked = today - dt.timedelta(days=ago)
            due = clock.working_days_after(asked, 10, "england")
            assert asked == diary.worked(today, ago)
            assert (due - today).days * days > 0
            assert abs((due - today).days - days) <= 4


class TestAnotherDay:
    @pytest.fixture
    def kind(self):
        """One kind is enough here: it is about the calendar."""
        return "sqlite"

    def test_it_loads_between_christmas_and_new_year_too(self, app):
        midnight = dt.datetime(2026, 12, 27, 0, 20, tzinfo=clock.LONDON)
        with app.app_context(), clock.at(midnight):
            example.load()
            asked = db.session.scalars(sa.select(SignOff).where(SignOff.closed_at.is_(None))).all()
            assert sum(request.is_overdue for request in asked) == 1
            db.session.rollback()


class TestDecisions:
    def test_all_answers_occur_at_both_gates(self, told):
        answers = collections.Counter((d.gate, d.outcome) for d in told(Decision))
        assert {outcome for gate, outcome in answers if gate is Gate.TRY} == set(Outcome)
        assert {outcome for gate, outcome in answers if gate is Gate.ADOPT} == set(Outcome)
        noes = [d for d in told(Decision) if d.outcome is Outcome.NO and d.gate is Gate.TRY]
        assert {bool(d.smaller_yes) for d in noes} == {True, False}

    def test_nobody_decided_who_might_not(self, told):
        for decision in told(Decision):
            request, leader = decision.sign_off, decision.decided_by
            assert leader.leads(request.organisation_id), leader.name
            assert not leader.belongs_to_a_supplier
            assert not request.idea.ever_had_in_team(leader)
            backs_it = any(s.person is leader for s in request.idea.accepted_sponsorships)
            assert backs_it is decision.decided_by_sponsor

    def test_the_only_leader_of_a_care_home_backed_one_and_said_yes_and_her_partner_is_told(self, told, person):
        same = [d.sign_off for d in told(Decision) if d.decided_by_sponsor]
        assert [(d.decision.decided_by.first_name, d.idea.home_organisation.name) for d in same] == [
            ("Gwen", "Willow Bank Care Home")
        ]
        assert desk.of(person("mina")).to_know == same
        assert not any(partners.is_needed(o) for o in told(Organisation) if o.name == "Willow Bank Care Home")

    def test_two_organisations_stand_side_by_side_and_one_has_answered(self, told):
        waiting = [request for request in told(SignOff) if request.is_open and rounds.beside(request)]
        assert len(waiting) == 1
        assert waiting[0].organisation is waiting[0].idea.home_organisation
        assert [(r.organisation.name, r.decision.outcome) for r in rounds.beside(waiting[0])] == [
            ("Ashmoor Mental Health", Outcome.APPROVE)
        ]

    def test_what_is_tried_has_a_yes_and_what_is_kept_has_two(self, told):
        for idea in told(Idea):
            said_yes = [s.gate for s in idea.sign_offs if s.decision and s.decision.outcome is Outcome.APPROVE]
            if idea.stage is Stage.TRYING:
                assert said_yes == [Gate.TRY], idea.title
                assert idea.trial_ends_on
            if idea.stage is Stage.ADOPTED:
                assert said_yes == [Gate.TRY, Gate.ADOPT], idea.title

    def test_femi_has_one_that_is_late_and_two_to_come(self, told, person):
        waiting = [(r.due_on - clock.today()).days for r in desk.of(person("femi")).answers]
        assert len(waiting) == 3
        assert -5 <= waiting[0] <= -2
        assert 3 <= waiting[1] < waiting[2] <= 12

    def test_others_are_asked_too(self, told, person):
        assert all(desk.of(person(who)).answers for who in ("ben", "gwen", "patrick", "marcia", "maria", "martin"))

    def test_requests_were_sent_on_taken_over_and_taken_back(self, told):
        kinds = {event.kind for event in told(Event)}
        assert kinds >= {"sign_off.sent_on", "sign_off.taken_over", "sign_off.taken_back"}

    def test_one_trial_is_over_and_nobody_has_said_what_now(self, told):
        over = [i for i in told(Idea) if i.stage is Stage.TRYING and i.trial_ends_on < clock.today()]
        assert len(over) == 1
        assert over[0].open_sign_off is None

    def test_some_yeses_hold_while_it_runs(self, told):
        running = [i for i in told(Idea) if i.stage is Stage.TRYING]
        assert (
            sum(
                gates.standing_approval(i) is not None and bool(i.sign_offs[0].decision.condition_while)
                for i in running
            )
            > 5
        )


class TestPeopleAndChecks:
    def test_pledges_of_all_kinds_were_made(self, told):
        assert {pledge.kind for pledge in told(Pledge)} == set(PledgeKind)

    def test_ben_and_gwen_owe_an_answer_to_a_team_and_amara_one_about_a_place(self, told, person):
        assert desk.of(person("ben")).sponsorships
        assert desk.of(person("gwen")).sponsorships
        assert desk.of(person("amara")).places
        assert any(member.is_asked for member in told(TeamMember))

    def test_a_leader_said_no_and_why(self, told):
        assert any(s.accepted is False and s.reason for s in told(Sponsorship))

    def test_steps_are_late_due_this_week_later_and_done(self, told):
        steps = told(Step)
        this_week = sum(s.is_this_week for s in steps)
        assert 5 <= sum(s.is_late for s in steps) <= 20
        assert this_week >= 10
        assert sum(s.is_done for s in steps) > 60
        assert sum(not (s.is_done or s.is_late or s.is_this_week) for s in steps) > 5

    def test_checks_stand_in_every_way(self, told):
        checks = told(Check)
        assert {check.state for check in checks} == set(CheckState)
        assert {check.said_by for check in checks if check.state is CheckState.DONE} == set(SaidBy)
        made = [check for check in checks if check.condition_of_id]
        assert made
        assert all(check.idea.stage is Stage.TRYING or check.idea.open_sign_offs for check in made)


class TestWhatCameOfIt:
    def test_what_is_kept_has_readings_on_both_sides_and_a_result(self, told):
        outcomes = {said["title"]: said["outcome"]["text"] or "" for said in SIXTY}
        for idea in told(Idea):
            if idea.stage is Stage.ADOPTED:
                first = idea.measures[0]
                assert any(r.taken_on < first.changed_on for r in first.readings), idea.title
                assert any(r.taken_on > first.changed_on for r in first.readings), idea.title
                assert outcomes[idea.title] in idea.stated_result
                assert idea.stated_result

    def test_readings_begin_where_the_example_says(self, told):
        values = {said["title"]: said["now"] for said in SIXTY}
        for idea in told(Idea):
            for measure in idea.measures[:1]:
                before = [
                    r.value for r in measure.readings if not measure.changed_on or r.taken_on <= measure.changed_on
                ]
                said = values.get(idea.title)
                if said is None:
                    continue
                assert measure.name.casefold() == said["measure"].casefold()
                assert measure.unit == said["unit"]
                assert sum(before) / len(before) == pytest.approx(said["value"], rel=0.06), idea.title

    def test_what_is_kept_went_the_way_that_is_less_bad(self, told):
        for idea in told(Idea):
            if idea.stage is Stage.ADOPTED:
                first = idea.measures[0]
                before = [r.value for r in first.readings if r.taken_on < first.changed_on]
                since = [r.value for r in first.readings if r.taken_on > first.changed_on]
                less = sum(since) / len(since) - sum(before) / len(before)
                assert less < 0 if first.direction == "lower" else less > 0, idea.title

    def test_what_is_tried_kept_or_stopped_is_counted_and_all_four_verdicts_occur(self, told):
        counted = [i for i in told(Idea) if i.stage in (Stage.TRYING, Stage.ADOPTED, Stage.STOPPED)]
        assert all(m.readings for i in counted for m in i.measures)
        assert not [i.title for i in counted if not i.measures]
        for stage in (Stage.TRYING, Stage.ADOPTED, Stage.STOPPED):
            assert len({i.verdict for i in counted if i.stage is stage}) > 1
        assert {i.verdict for i in counted} >= set(VerdictKind)
        assert {i.title for i in counted if i.has_worse} == {
            "Say the cost in the reminder text",
            "Record care at the point of care",
        }
        assert [(r.measure.idea.title, r.reason[:15]) for r in told(Rebase)] == [
            ("Mark each day as red or green", "The whole unit ")
        ]
        assert {i.title for i in told(Idea) if i.is_said_otherwise} == {"A volunteer gets the home ready"}
        assert "Norovirus on Beech" in {happening.words for happening in told(Happening)}
        assert [cycle.awaits for cycle in told(Cycle)] == [None, None, CycleStep.START]

    def test_each_series_gets_the_verdict_that_it_is_there_to_show(self):
        found = {story.number: _verdicts(story) for story in story.all_stories() if any(s.since for s in story.series)}
        assert found == VERDICTS

    def test_numbers_that_were_made_up_are_marked(self, told):
        assert all(m.is_illustrative for m in told(Measure) if m.readings)

    def test_who_waits_for_a_yes_asked_days_ago(self, told):
        (waits,) = [membership for membership in told(Membership) if not membership.confirmed_at]
        assert clock.today() - clock.day(waits.started_at) == dt.timedelta(days=2)

    def test_what_stopped_left_a_lesson(self, told):
        stopped = [idea for idea in told(Idea) if idea.stage is Stage.STOPPED]
        assert all(idea.lessons and len(idea.lessons[0].text) > 60 for idea in stopped)
        assert "A ward medicines scorecard (did not work)" in {idea.title for idea in stopped}

    def test_one_that_stopped_was_taken_up_again(self, told):
        again = [e for e in told(StageEntry) if e.came_from is Stage.STOPPED]
        assert [entry.stage for entry in again] == [Stage.PLANNING]


def _verdicts(told):
    """What each measure of a story gets, in one word; of daily ones, however many days of them there have been."""
    words = []
    for series in told.series:
        improvement = told.measured["improvement_direction"] if not series.direction else WAYS[series.direction]
        ends = range(7, len(series.since) + 1) if told.number == 106 else [len(series.since)]
        kinds = {verdict.judge(series.before, series.since[:end], improvement=improvement).kind for end in ends}
        assert len(kinds) == 1, told.title
        words.append(kinds.pop().value)
    return tuple(words)


WAYS = {"lower": "decrease", "higher": "increase"}
#: By the number of the story: what matters to people, then what could become worse.
VERDICTS = {
    2: ("less_bad", "no_clear_change"),
    3: ("less_bad", "too_few"),
    4: ("less_bad", "worse"),
    7: ("less_bad", "no_clear_change"),
    8: ("less_bad", "too_few"),
    9: ("less_bad",),
    13: ("less_bad", "no_clear_change"),
    14: ("no_clear_change",),
    17: ("too_few",),
    19: ("less_bad", "too_few"),
    22: ("worse", "no_clear_change"),
    23: ("too_few",),
    24: ("less_bad", "no_clear_change"),
    26: ("less_bad",),
    28: ("less_bad", "too_few"),
    30: ("less_bad", "too_few"),
    34: ("less_bad",),
    39: ("less_bad", "less_bad"),
    40: ("too_few",),
    41: ("less_bad", "no_clear_change"),
    43: ("too_few",),
    44: ("less_bad", "no_clear_change"),
    45: ("less_bad", "worse"),
    51: ("too_few",),
    # Its team says that it is less bad, of the people with a volunteer; the readings of everybody do not.
    54: ("no_clear_change",),
    55: ("less_bad",),
    106: ("no_clear_change",),
}

#: As `tests/cast.py` has them, with the jobs of DESIGN.md.
CAST = [
    ("Amara Okafor", "Northmere Hospitals", Role.MEMBER),
    ("Femi Adeyemi", "Northmere Hospitals", Role.LEADER),
    ("Ben Hall", "Northmere Hospitals", Role.LEADER),
    ("Ruth Abbot", "Northmere Hospitals", Role.LEADER),
    ("Tomas Novak", "Northmere Hospitals", Role.MEMBER),
    ("Ada Lane", "Northmere Hospitals", Role.ADMIN),
    ("Gwen Morris", "Willow Bank Care Home", Role.LEADER),
    ("Dele Olu", "Willow Bank Care Home", Role.MEMBER),
    ("Sol Marsh", "Lantern Software", Role.MEMBER),
    ("Lena Marsh", "Lantern Software", Role.LEADER),
    ("Mina Bell", "Eastfold Council", Role.LEADER),
]


@pytest.fixture(scope="module", params=[sharing(kind) for kind in KINDS])
def loaded(request, examples):
    """An app on a database with the example, and what the command said. Nobody here changes it."""
    database, said = examples(request.param)
    app = create_app(database.settings())
    yield app, said
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def told(loaded):
    """All rows of a kind: `told(Idea)`."""
    app, _ = loaded
    with app.app_context():
        yield lambda model: db.session.scalars(sa.select(model)).unique().all()
        db.session.rollback()


@pytest.fixture
def person(told):
    """Somebody of the example, by first name."""
    return lambda key: people.with_sign_in(f"{key}@example.org")


def rows(app):
    """How many rows each table holds."""
    with app.app_context():
        tables = Base.metadata.sorted_tables
        return {t.name: db.session.scalar(sa.select(sa.func.count()).select_from(t)) for t in tables}


def strings(thing):
    """Every text in nested data."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from strings(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from strings(value)


def create_app_on(url, folder):
    """An app on a database of its own that nobody has migrated."""
    return create_app(Settings.from_environment({"HEADROOM_DATABASE_URL": url, "HEADROOM_DATA_DIR": str(folder)}))
