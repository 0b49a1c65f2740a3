"""Parts of ideas: read together, in the order in which they came, and only where there are any."""

from ideas.domain import parts, steps
from ideas.domain.parts import Part
from ideas.models import Lesson, Step
from tests import factories
from tests.helpers.statements import counted

STEPS, LESSONS = Part("steps", Step), Part("lessons", Lesson)


def with_steps(cast, session):
    """Two ideas that are read anew, the first with two steps."""
    one, other = factories.in_planning(cast), factories.new(cast)
    for title in ("Ask the ward", "Print the list"):
        steps.add(one, title, by=cast.amara, owner=cast.amara)
    session.commit()
    return one, other


def test_each_idea_gets_its_own_in_the_order_in_which_they_came(cast, session):
    one, other = with_steps(cast, session)
    before = [step.title for step in one.steps]
    session.expire_all()
    parts.read([one, other], STEPS)
    with counted() as sent:
        assert [step.title for step in one.steps] == before
        assert other.steps == []
    assert sent == []


def test_what_is_not_there_costs_one_statement_for_all(cast, session):
    one, other = with_steps(cast, session)
    assert one.id != other.id
    with counted() as sent:
        parts.read([other], STEPS, LESSONS)
    assert len(sent) == 1
    assert (other.steps, other.lessons) == ([], [])


def test_what_is_read_already_is_not_read_again(cast, session):
    one, other = with_steps(cast, session)
    parts.read([one, other], STEPS)
    with counted() as sent:
        parts.read([one, other], STEPS)
    assert sent == []


def test_without_ideas_nothing_is_asked(session):
    with counted() as sent:
        parts.read([], STEPS)
    assert sent == []
