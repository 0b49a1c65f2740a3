"""Patient details: what must not be written here, found before it is kept.

The browser looks for the same in static/src/js/patient-details.js; change both together.
"""

from __future__ import annotations

import dataclasses
import re

import nhs_number

# Ten digits, with the gaps that people type: 943 476 5919, 943-476-5919, 943.476.5919, 9434765919. Other groups of
# digits are dates, times and telephone numbers: one in eleven of those would pass the sum by chance.
_GAP = r"[ \t\u00a0\u2009\u202f.\-\u2010-\u2015]{0,3}"
_TEN_DIGITS = re.compile(rf"(?<!\d)(?<!\d[.,])(\d{{3}}){_GAP}(\d{{3}}){_GAP}(\d{{4}})(?!\d)", re.ASCII)
# Signs without width, put between digits by some programs when words are copied.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = rf"(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{2,4}}|(?:19|20)\d\d\b)"
_BIRTH = re.compile(rf"\b(?:d\.?o\.?b\b\.?|date of birth|born(?: on| in)?)[ :]*{_DATE}", re.IGNORECASE)

# A date long ago is more likely somebody's birthday than a plan: 04/05/1942, 4 May 1942, 1942-05-04.
_LONG_AGO = re.compile(
    rf"\b(?:(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? )19\d\d|19\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)

# No longer than a name is: where every part of a long word could begin one, each would be read to its end.
_WORD = r"[A-Z][a-z'’][\w'’-]{0,60}"
_TITLE = rf"(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? {_WORD}"
_BED = r"(?:[Bb]ed|[Bb]ay|[Rr]oom|[Ss]ide ?room|[Ff]lat) ?(?:[A-Z]?\d+[a-z]?|[A-F])\b"
# Words with a capital that are no name: "Acute Medical Unit, bed 4", "bed 4, Tuesday".
_NO_NAME = (
    r"(?!(?:The|This|That|It|If|We|Our|In|On|At|And|But|When|Each|Every|No|Nurses?|Staff|Patients?|Residents?|"
    r"Ward|Unit|Bay|Bed|Room|Side|Floor|Flat|House|Home|Hospital|Care|Acute|Medical|Surgical|"
    r"[A-Z]\w{0,10}day)\b)"
)
_NAME = rf"{_NO_NAME}{_WORD}(?: {_NO_NAME}{_WORD})"
_BESIDE_BED = re.compile(
    rf"\b{_TITLE}\b[^.\n]{{0,30}}\b{_BED}"
    rf"|\b{_BED}[^.\n]{{0,15}}\b{_TITLE}\b"
    rf"|\b{_NAME}(?:,| \(|,? (?:is |was |lies |sits )?(?:in|from|of)) ?{_BED}"
    rf"|\b{_BED} ?[,:(=-] ?{_NAME}"
)


@dataclasses.dataclass(frozen=True)
class Finding:
    """What looks like somebody's details: the words found, and why they are asked about."""

    found: str
    why: str


def nhs_numbers(text: str) -> list[str]:
    """The valid NHS numbers in the text, as they were typed. These are refused."""
    return [match.group(0) for match in _TEN_DIGITS.finditer(_UNSEEN.sub("", text)) if _is_one("".join(match.groups()))]


def _is_one(digits: str) -> bool:
    """Whether ten digits are a number that somebody can have: ten times the same one passes the sum, and is none."""
    return len(set(digits)) > 1 and bool(nhs_number.is_valid(digits))


def questions(text: str) -> list[Finding]:
    """What may be a date of birth, or a name beside a bed. These are asked about, not refused."""
    found = [Finding(m.group(0), "looks like a date of birth") for m in _BIRTH.finditer(text)]
    if not found:
        found = [Finding(m.group(0), "looks like a date of birth") for m in _LONG_AGO.finditer(text)]
    found += [Finding(m.group(0), "looks like a name beside a bed") for m in _BESIDE_BED.finditer(text)]
    return found
