"""An idea that counts much: six measures with fifty readings each, half of them since the change."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.domain import findings
from ideas.models import Direction, Measure, MeasureKind, Reading

if TYPE_CHECKING:
    from ideas.models import Idea

MEASURES, READINGS = 6, 50


def count_much(idea: Idea) -> None:
    """Give an idea that is tried six measures of fifty readings, in place of those that it has. Flushes."""
    chance = random.Random(1)
    for measure in list(idea.measures):
        db.session.delete(measure)
    idea.trial_started_on = clock.today() - dt.timedelta(weeks=READINGS // 2)
    for number in range(MEASURES):
        kind = MeasureKind.BALANCING if number > 3 else MeasureKind.OUTCOME
        measure = Measure(name=f"Wait {number}", unit="hours", direction=Direction.LOWER, kind=kind, target=3)
        idea.measures.append(measure)
        db.session.flush()
        db.session.execute(
            sa.insert(Reading),
            [
                {
                    "measure_id": measure.id,
                    "taken_on": clock.today() - dt.timedelta(weeks=READINGS - week),
                    "value": round((6 if week < READINGS // 2 else 3) + chance.gauss(0, 1), 1),
                    "entered_at": clock.now(),
                }
                for week in range(READINGS)
            ],
        )
    db.session.expire_all()
    findings.keep(idea)
