"""Patient details: what must not be written here, found before it is kept."""

from __future__ import annotations

import dataclasses
import re

import nhs_number

# Ten digits, with the gaps that people type: 943 476 5919, 943-476-5919, 9434765919.
_TEN_DIGITS = re.compile(r"(?<![\d.,])(\d{3})[ \-\u00a0]?(\d{3})[ \-\u00a0]?(\d{4})(?![\d])")

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_BIRTH_WORD = r"(?:d\.?o\.?b\.?|date of birth|born(?: on)?)"
_DATE = rf"(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{2,4}})"
_BIRTH = re.compile(rf"\b{_BIRTH_WORD}\b[ :]*{_DATE}", re.IGNORECASE)

# A date long ago is more likely somebody's birthday than a plan: 04/05/1942, 4 May 1942.
_LONG_AGO = re.compile(
    rf"\b(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? )(?:19\d\d)\b", re.IGNORECASE
)

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z][\w'-]+"
_BED = r"(?:[Bb]ed|[Bb]ay|[Rr]oom|[Ss]ide ?room) ?(?:[A-Z]?\d+|[A-F])\b"
_BESIDE_BED = re.compile(rf"\b{_TITLE}\b[^.\n]{{0,30}}\b{_BED}|\b{_BED}[^.\n]{{0,15}}\b{_TITLE}\b")


@dataclasses.dataclass(frozen=True)
class Finding:
    """What looks like somebody's details: the words found, and why they are asked about."""

    found: str
    why: str


def nhs_numbers(text: str) -> list[str]:
    """The valid NHS numbers in the text, as they were typed. These are refused."""
    return [
        match.group(0)
        for match in _TEN_DIGITS.finditer(text)
        if nhs_number.is_valid("".join(match.groups()))
    ]


def questions(text: str) -> list[Finding]:
    """What may be a date of birth, or a name beside a bed. These are asked about, not refused."""
    found = [Finding(m.group(0), "looks like a date of birth") for m in _BIRTH.finditer(text)]
    if not found:
        found = [Finding(m.group(0), "looks like a date of birth") for m in _LONG_AGO.finditer(text)]
    found += [Finding(m.group(0), "looks like a name beside a bed") for m in _BESIDE_BED.finditer(text)]
    return found
