"""Days as people in Britain write them, and as their spreadsheets do."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_LONG_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_WEEKDAY = r"(?:(?P<weekday>[a-z]{3,9})\.?,?\s+)?"
_TIME = r"(?:[ t]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:\s?(?:z|am|pm)\b)?)?"
_GAP = r"[\s\-/.]{1,3}"
#: Each with what it stands for in the groups day, month, year. The year comes last but in the first.
_SHAPES = tuple(
    re.compile(_WEEKDAY + shape, re.IGNORECASE | re.ASCII)
    for shape in (
        rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d){_TIME}",
        rf"(?P<day>\d{{1,2}})\s?[-/.]\s?(?P<month>\d{{1,2}})\s?[-/.]\s?(?P<year>\d{{4}}|\d{{2}})(?!\d){_TIME}",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP})?(?P<name>[a-z]{{3,9}})\.?,?{_GAP}(?P<year>\d{{4}}|'?\d{{2}})(?!\d){_TIME}",
        rf"(?P<name>[a-z]{{3,9}})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?!\d){_TIME}",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP})?(?P<name>[a-z]{{3,9}})\.?(?![\w'])",
        r"(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?![\w/.])",
    )
)


class NoDay(Exception):
    """This is not a day. Says why, in words to act on."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def beginning(text: str) -> re.Match[str] | None:
    """What looks like a day at the beginning of a text, whether or not there is such a day; the longest that does."""
    found = [match for shape in _SHAPES if (match := shape.match(text)) and _has_names(match)]
    return max(found, key=lambda match: match.end(), default=None)


def _has_names(match: re.Match[str]) -> bool:
    """Whether the words in it are a month and a weekday."""
    said = match.groupdict()
    weekday, name = said.get("weekday"), said.get("name")
    return (not weekday or _place(weekday, _WEEKDAYS, _LONG_WEEKDAYS) is not None) and (
        not name or _place(name, _MONTHS, _LONG_MONTHS) is not None
    )


def _place(word: str, short: tuple[str, ...], long: tuple[str, ...]) -> int | None:
    """Where the word stands in the list, by its first letters: Mar, March, Tues, Sept."""
    low = word.lower()
    return next(
        (place for place in range(len(short)) if low.startswith(short[place]) and long[place].startswith(low)), None
    )


def read(text: str, *, today: dt.date) -> dt.date:
    """The day that this says, the day before the month; where it names no year, the last time that it was that day.

    Raises NoDay.
    """
    match = beginning(text)
    if match is None or match.end() < len(text):
        raise NoDay(_not_a_day(text))
    said = match.groupdict()
    day = int(said["day"])
    month = int(said["month"]) if said.get("month") else _month(said["name"])
    if not 1 <= month <= 12:
        raise NoDay(f"There is no month {month}. Write the day first, then the month, like 26/11/2026.")
    found = _dated(day, month, said.get("year"), today)
    if found is None:
        raise NoDay("There is no such day in the calendar.")
    weekday = said.get("weekday")
    if weekday and _place(weekday, _WEEKDAYS, _LONG_WEEKDAYS) != found.weekday():
        there = f"{found.day} {found:%B %Y}"
        raise NoDay(
            f"{there} is a {found:%A}. Check the day, and write the year."
            if not said.get("year")
            else f"{there} is a {found:%A}."
        )
    return found


def _month(name: str) -> int:
    return (_place(name, _MONTHS, _LONG_MONTHS) or 0) + 1


def _dated(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    if year:
        figures = year.lstrip("'")
        return _day(int(figures) + (2000 if len(figures) == 2 else 0), month, day)
    past = (_day(today.year - back, month, day) for back in range(2))
    return next((found for found in past if found and found <= today), None)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _not_a_day(text: str) -> str:
    if not text:
        return "There is no day on this line."
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", text, re.ASCII):
        return "This is a spreadsheet's own number for a day. Show that column as a date, and copy it again."
    return "This is not a day. Write it like 26/11/2026 or 26 Nov 2026."
