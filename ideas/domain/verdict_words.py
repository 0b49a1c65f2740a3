"""A verdict in words: made from its readings, never typed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas.models import VerdictKind as Kind
from ideas.text import numbers

from .verdict import BEFORE_AT_LEAST, RANKS_APART, SINCE_AT_LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .verdict import Verdict

#: How often, in 100 trials that changed nothing, noise is called "less bad": measured by tests/domain/simulation.py.
FALSE_ALARMS_IN_100 = 2


def sentence(verdict: Verdict, unit: str) -> str:
    """The whole of it: what was and is, how many readings say so, and how sure that is."""
    return " ".join([*difference(verdict, unit), *_reasons(verdict)])


def difference(verdict: Verdict, unit: str) -> Iterator[str]:
    """What the mean was and is. Nothing while there is nothing to set beside each other."""
    if not verdict.before or not verdict.since:
        return
    was, now = (numbers.rounded(mean, verdict.places) for mean in (verdict.mean_before, verdict.mean_since))
    if was == now:
        yield f"The mean was {numbers.with_unit(was, unit)} before the change, and is the same since."
        return
    # From the figures that are shown, so that a reader who subtracts finds the same.
    apart = _number(now) - _number(was)
    by_how_much = numbers.rounded(abs(apart), verdict.places)
    way = "less" if apart < 0 else "more"
    # A unit in words is not said twice; a percentage without its sign would be another number.
    is_now = numbers.with_unit(now, unit) if unit == "%" else now
    yield f"The mean was {numbers.with_unit(was, unit)} before the change, and is {is_now} since: {by_how_much} {way}."


def _reasons(verdict: Verdict) -> Iterator[str]:
    if verdict.kind is Kind.TOO_FEW:
        yield from _missing(verdict)
    elif verdict.kind is Kind.NO_CLEAR_CHANGE:
        yield _why_not_clear(verdict)
    else:
        yield from _why_clear(verdict)


def _why_clear(verdict: Verdict) -> Iterator[str]:
    is_less_bad = verdict.kind is Kind.LESS_BAD
    went_up = is_less_bad == (verdict.improvement == "increase")
    old_mean = verdict.mean_before
    beyond = sum(value > old_mean if went_up else value < old_mean for value in verdict.since)
    side = "above" if went_up else "below"
    if beyond == len(verdict.since):
        who = f"All {beyond:,} readings since the change are"
    elif beyond == 1:
        who = f"1 of the {len(verdict.since):,} readings since the change is"
    else:
        who = f"{beyond:,} of the {len(verdict.since):,} readings since the change are"
    yield f"{who} {side} the old mean."
    if (verdict.mean_since > old_mean) != went_up:
        yield "A few readings pull the mean the other way."
    called = verdict.kind.words.lower()
    yield f"If nothing had changed, noise would be called “{called}” about {FALSE_ALARMS_IN_100} times in 100."


def _why_not_clear(verdict: Verdict) -> str:
    if verdict.has_better_signal or verdict.has_worse_signal:
        return "There is a signal on the chart, but all readings together do not bear it out. This may be luck."
    if max(verdict.z_better, verdict.z_worse) > RANKS_APART:
        return "All readings together lean one way, but there is no signal on the chart. This may be luck."
    return "There is no signal since the change. Readings go up and down like this by luck alone."


def _missing(verdict: Verdict) -> Iterator[str]:
    before, since = len(verdict.before), len(verdict.since)
    if before < BEFORE_AT_LEAST:
        yield f"{_how_many(before)} from before the change, and {BEFORE_AT_LEAST} are needed."
    if since < SINCE_AT_LEAST:
        yield f"{_how_many(since)} since the change. From {SINCE_AT_LEAST} on, the chart can tell."


def _how_many(count: int) -> str:
    if count == 1:
        return "There is 1 reading"
    return f"There are {count:,} readings" if count else "There is no reading"


def _number(figures: str) -> float:
    return float(figures.replace(",", ""))
