"""The log: one form for all, and nothing in it that is nobody's business."""

import io
import json
import logging

import pytest

from ideas import logs


class Terminal(io.StringIO):
    """Somebody looks on."""

    def isatty(self):
        return True


@pytest.fixture
def written():
    """What is written to a stream: `stream = written(io.StringIO())`."""
    root, before = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)

    def write_to(stream):
        logs.set_up(stream)
        return stream

    yield write_to
    root.handlers[:], level = before
    root.setLevel(level)


def test_our_lines_and_those_of_libraries_are_json_of_one_form(written):
    stream = written(io.StringIO())

    logs.of("ours").info("swept", rows=3)
    logging.getLogger("theirs").warning("%d left", 4)

    ours, theirs = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert list(ours)[:4] == list(theirs)[:4] == ["at", "level", "logger", "event"]
    assert (ours["event"], ours["rows"], ours["level"]) == ("swept", 3, "info")
    assert (theirs["event"], theirs["logger"]) == ("4 left", "theirs")
    assert ours["at"].endswith("Z")


def test_an_error_and_a_word_over_two_lines_stay_on_one_line(written):
    stream = written(io.StringIO())

    try:
        raise ValueError("first\nsecond")
    except ValueError:
        logs.of("ours").exception("it\nfailed")

    [line] = stream.getvalue().splitlines()
    assert json.loads(line)["event"] == "it\nfailed"
    assert "ValueError: first\nsecond" in json.loads(line)["exception"]


def test_at_a_terminal_lines_are_for_the_eye(written):
    stream = written(Terminal())

    logs.of("ours").info("swept", rows=3)

    assert "swept" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
