"""Everything that happened to an idea, oldest first."""

from __future__ import annotations

from ideas.domain import events
from tests import factories
from tests.helpers.page import text


def test_every_event_has_its_time_and_its_sentence_oldest_first(cast, session, signed_in, visit):
    idea = factories.adopted(cast)
    session.commit()
    page = visit(f"/ideas/{idea.ref}/history", by=signed_in(cast.dele))
    rows = [text(row) for row in page.all(".history li p")]
    assert rows[0] == "Amara O. said it, from Ward 9"
    assert rows[-1] == "Femi A. moved it from Trying to Adopted"
    assert len(rows) == len(idea.events)
    assert len(page.all(".history time[datetime]")) == len(rows)
    assert page.one('.subnav [aria-current="page"]').to_text() == "History"


def test_a_long_history_has_pages(cast, session, signed_in, visit):
    idea = factories.new(cast)
    for number in range(events.SIZE):
        events.record(events.Kind.STEP_ADDED, idea, by=cast.amara, title=str(number))
    session.commit()
    deles = signed_in(cast.dele)
    first = visit(f"/ideas/{idea.ref}/history", by=deles)
    assert len(first.all(".history li")) == events.SIZE
    following = first.one('a[rel="next"]').attrs["href"]
    second = visit(following, by=deles)
    assert [text(row) for row in second.all(".history li p")] == [f"Amara O. added a step: {events.SIZE - 1}"]
    assert second.one('a[rel="prev"]')
    assert not second.all('a[rel="next"]')
    for odd in ("0", "-1", "x", "99999999999999999999", "999999", "²"):
        visit(f"/ideas/{idea.ref}/history?page={odd}", by=deles)


def test_what_somebody_typed_stays_words(cast, session, signed_in, visit):
    idea = factories.new(cast)
    events.record(events.Kind.STEP_ADDED, idea, by=cast.amara, title="<img src=x> {{ 7 }}".replace("{{ 7 }}", "&amp;"))
    session.commit()
    page = visit(f"/ideas/{idea.ref}/history", by=signed_in(cast.dele))
    assert text(page.all(".history li p")[-1]) == "Amara O. added a step: <img src=x> &amp;"
    assert not page.all(".history img")
