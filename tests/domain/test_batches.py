"""Many readings at once: what was looked at is entered, all of it or nothing, with one line in the history."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ideas import clock
from ideas.access import Denied
from ideas.db import db
from ideas.domain import batches, events, measures, readings
from ideas.domain.batches import Doubles
from ideas.domain.errors import Invalid
from ideas.models import Direction, Rhythm
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ideas.models import Measure
    from tests.cast import Cast

TEXT = """Day\tMinutes
2/11/2026\t50
9/11/2026\t1,048
9/11/2026\t48
16/11/2026\t40
23/11/2026\t41
norovirus
1/12/2026\t9"""


@pytest.fixture(autouse=True)
def _on_a_wednesday() -> Iterator[None]:
    with clock.at(dt.date(2026, 11, 25)):
        yield


@pytest.fixture
def wait(cast: Cast) -> Measure:
    measure = measures.add(
        factories.in_planning(cast), name="Wait", unit="minutes", direction=Direction.LOWER, by=cast.amara
    )
    for day, value in ((16, 44), (23, 41)):
        readings.enter(measure, taken_on=dt.date(2026, 11, day), value=value, by=cast.amara)
    return measure


def there(measure: Measure) -> list[tuple[int, float]]:
    db.session.expire_all()
    return [(reading.taken_on.day, reading.value) for reading in measure.readings]


def test_looking_says_what_is_new_what_is_there_and_what_has_two_numbers(wait: Measure) -> None:
    batch = batches.read(wait, TEXT)
    assert [(line.taken_on.day, line.value) for line in batch.new] == [(2, 50), (9, 1048)]
    assert [(each.taken_on.day, each.old, each.new, each.first_line) for each in batch.doubles] == [
        (9, 1048, 48, 3),
        (16, 44, 40, None),
    ]
    assert (batch.same, batch.heading) == (1, "Day\tMinutes")
    assert [(each.line, each.typed) for each in batch.unclear] == [(7, "norovirus"), (8, "01/12/2026 9")]
    assert "This day has not come yet" in batch.unclear[1].why


@pytest.mark.parametrize(
    ("doubles", "values", "what", "corrections"),
    [
        (Doubles.OLD, [(2, 50), (9, 1048), (16, 44), (23, 41)], "2 added", []),
        (Doubles.NEW, [(2, 50), (9, 48), (16, 40), (23, 41)], "2 added, 1 corrected", [(44, 40)]),
    ],
)
def test_where_a_day_has_two_numbers_the_team_chooses(
    cast: Cast, wait: Measure, doubles: Doubles, values: list[tuple[int, float]], what: str, corrections: list[object]
) -> None:
    told = len(wait.idea.events)
    batches.add(wait, TEXT, seal=batches.read(wait, TEXT).seal, doubles=doubles, by=cast.amara)
    assert there(wait) == values
    assert [
        (each.was_value, each.became_value) for each in db.session.scalars(wait.corrections.select())
    ] == corrections
    (event,) = wait.idea.events[told:]
    assert events.sentence(event) == f"Amara O. entered many readings of Wait at once: {what}"


def test_nothing_is_entered_where_something_is_left_to_say(cast: Cast, wait: Measure) -> None:
    seal = batches.read(wait, TEXT).seal
    for words, field in (({"doubles": None, "seal": seal}, "doubles"), ({"doubles": Doubles.OLD, "seal": "x"}, "seal")):
        with pytest.raises(Invalid) as refusal:
            batches.add(wait, TEXT, by=cast.amara, **words)  # type: ignore[arg-type]
        assert refusal.value.field == field
    with pytest.raises(Denied):
        batches.add(wait, TEXT, seal=seal, doubles=Doubles.OLD, by=cast.femi)
    readings.enter(wait, taken_on=dt.date(2026, 11, 2), value=7, by=cast.amara)
    with pytest.raises(Invalid, match="have changed"):
        batches.add(wait, TEXT, seal=seal, doubles=Doubles.NEW, by=cast.amara)
    assert there(wait) == [(2, 7), (16, 44), (23, 41)]


def test_a_batch_past_the_most_enters_nothing(cast: Cast, wait: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST", 3)
    with pytest.raises(Invalid, match="at most"):
        batches.add(wait, TEXT, seal=batches.read(wait, TEXT).seal, doubles=Doubles.OLD, by=cast.amara)
    assert len(there(wait)) == 2


def test_of_what_is_rare_days_are_enough(cast: Cast) -> None:
    idea = factories.in_planning(cast)
    falls = measures.add(idea, name="Falls", direction=Direction.HIGHER, rhythm=Rhythm.EVENT, by=cast.amara)
    text = "3/11/2026\n1/11/2026"
    batches.add(falls, text, seal=batches.read(falls, text).seal, doubles=None, by=cast.amara)
    assert (there(falls), falls.series) == ([(1, 1), (3, 1)], [(dt.date(2026, 11, 3), 2.0)])
