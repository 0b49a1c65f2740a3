"""The ideas of the example: all sixty, over a year, made by the same verbs as the pages use."""

from __future__ import annotations

import collections
import datetime as dt
import tomllib

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.cli import example
from ideas.cli.example import diary, story
from ideas.db import db
from ideas.domain import (
    gates,
)
from ideas.models import (
    Audience,
    Event,
    HomeAnswer,
    HomeAsk,
    Idea,
    Measure,
    SignOff,
    Stage,
    StageEntry,
)
from ideas.text import patient_details
from tests.cli.example import FOLDER, SIXTY


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
