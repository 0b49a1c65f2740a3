"""The loop: every sweep in a transaction of its own, whatever happens to the others."""

import threading

import pytest
import sqlalchemy as sa

from ideas import clock
from ideas.db import db
from ideas.models import Throttle
from ideas.worker import loop
from ideas.worker.sweeps import SWEEPS, Sweep


@pytest.fixture
def rows(app):
    """The keys that sweeps have left in the database."""

    def keys():
        with app.app_context():
            return set(db.session.scalars(sa.select(Throttle.key)))

    return keys


def leaves(key):
    def act():
        db.session.add(Throttle(key=key, since=clock.now(), tries=1))
        db.session.flush()
        return 1

    return Sweep(key, act)


def breaks_after_leaving(key):
    def act():
        leaves(key).act()
        raise RuntimeError("the disk is full")

    return Sweep(key, act)


def test_a_sweep_that_fails_is_undone_and_does_not_stop_the_others(app, rows, caplog):
    sweeps = [leaves("first"), breaks_after_leaving("second"), leaves("third")]
    assert loop.run_once(app, sweeps) is False
    assert rows() == {"first", "third"}
    assert [line.msg["sweep"] for line in caplog.records if line.msg["event"] == "sweep failed"] == ["second"]
    assert "the disk is full" in caplog.text


def test_the_loop_finishes_its_pass_and_ends_when_told(app, rows):
    ending = threading.Event()

    def told_meanwhile():
        ending.set()
        return 0

    loop.run(app, ending, [Sweep("told", told_meanwhile), leaves("after")])
    assert rows() == {"after"}


def test_worker_once_runs_every_sweep_and_ends(app):
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output


def test_sweeps_have_names_of_their_own():
    names = [sweep.name for sweep in SWEEPS]
    assert len(set(names)) == len(names)
