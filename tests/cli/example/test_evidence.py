"""What the example counted, and what came of it."""

from __future__ import annotations

import collections
import datetime as dt

import pytest

from ideas import clock
from ideas.cli.example import story
from ideas.domain import (
    findings,
    verdict,
)
from ideas.models import (
    Cycle,
    CycleStep,
    Happening,
    Idea,
    Measure,
    Membership,
    Rebase,
    Stage,
    StageEntry,
    UsToo,
    VerdictKind,
    WeeklyMinute,
)
from tests.cli.example import SIXTY


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
