"""What STYLE.md allows in one place only stays in that place."""

import ast
from pathlib import PurePath

import pytest

from . import habits
from .source import python_files

#: The habit, where it is looked for, where it is at home, and what to do instead.
HOMES = [
    (
        habits.reads_the_database,
        ["ideas/web"],
        ["ideas/web/guard.py", "ideas/web/transaction.py"],
        "a view reads through a scope, a domain question or a named select of a model",
    ),
    (
        habits.commits,
        ["ideas"],
        ["ideas/web/transaction.py", "ideas/worker/*", "ideas/cli/*", "ideas/cli/backups/*"],
        "flush: who called commits, at the edge",
    ),
    (habits.reads_the_environment, ["ideas"], ["ideas/config.py"], "add a setting"),
    (habits.asks_the_time, ["ideas"], ["ideas/clock.py"], "ask ideas.clock, so that a test can set it"),
    (habits.asks_for_today_at_import, ["ideas", "tests"], [], "ask in the test: midnight may have passed since"),
]


@pytest.mark.parametrize(("habit", "folders", "homes", "instead"), HOMES)
def test_code_keeps_a_habit_where_it_is_at_home(habit, folders, homes, instead):
    found = [
        f"{name}:{line}"
        for name, tree in python_files(*folders)
        if not any(PurePath(name).match(home) for home in homes)
        for line in habit(tree)
    ]
    assert not found, f"{', '.join(found)}: {habit.__doc__} Instead: {instead}"


@pytest.mark.parametrize(
    ("habit", "sample"),
    [
        (habits.reads_the_database, "db.session.add(idea)"),
        (habits.reads_the_database, "rows = sa.select(Idea)"),
        (habits.reads_the_database, "select(Idea)"),
        (habits.commits, "db.session.commit()"),
        (habits.reads_the_environment, "os.environ['HOME']"),
        (habits.reads_the_environment, "from os import environ"),
        (habits.asks_the_time, "dt.datetime.now(dt.UTC)"),
        (habits.asks_the_time, "date.today()"),
        (habits.asks_the_time, "time.time()"),
        (habits.asks_the_time, "sa.func.now()"),
        (habits.asks_for_today_at_import, "TOMORROW = clock.today() + DAY"),
        (habits.asks_for_today_at_import, "@mark.parametrize('day', [clock.today()])\ndef test_it(): ..."),
        (habits.asks_for_today_at_import, "def after(day=clock.today()): ..."),
    ],
)
def test_a_habit_is_found(habit, sample):
    assert list(habit(ast.parse(sample))) == [1]


def test_our_own_clock_may_be_asked_anywhere():
    assert not list(habits.asks_the_time(ast.parse("clock.now(); clock.today()")))


def test_a_function_may_ask_for_today():
    assert not list(habits.asks_for_today_at_import(ast.parse("def ago(days): return clock.today() - days")))
