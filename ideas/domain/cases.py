"""Cases: idea, plan, checks and evidence as they are read at one moment, and what changed between two."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from ideas import clock
from ideas.db import db
from ideas.models import Case, Gate, MeasureKind, SaidBy
from ideas.text import dates, numbers

from . import findings
from .governance import governance
from .plans import APPROVED, FIELDS

if TYPE_CHECKING:
    from ideas.models import Attachment, Idea, Measure


_SAYS_SO: dict[SaidBy | None, str] = {SaidBy.TEAM: "the team says so", SaidBy.ADVISER: "whoever was asked says so"}


@dataclasses.dataclass(frozen=True)
class Difference:
    """One thing that is not as it was."""

    what: str
    before: str
    after: str


def content(idea: Idea, gate: Gate) -> dict[str, Any]:
    """What a leader is asked about, as it is now: sections of labels and words."""
    return _words(idea, gate) | ({"Files": files(idea)} if idea.attachments else {})


def _words(idea: Idea, gate: Gate) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "Idea": {
            "Short name": idea.title,
            "Now": idea.now,
            "The change": idea.change,
            "Where it hurts": idea.hurts_place,
            "Home": idea.home_organisation.name if idea.home_organisation else "",
        },
        "Plan": {words.capitalize(): _written(getattr(idea.plan, field)) for field, words in FIELDS.items()},
        "Questions": _screening(idea),
        "Checks": _checks(idea),
    }
    if gate is Gate.ADOPT:
        asked["Result"] = _result(idea)
        asked["Measures"] = {measure.name: _measured(measure) for measure in idea.measures}
    return asked


def _result(idea: Idea) -> dict[str, str]:
    said = {"What came of it": idea.stated_result}
    if idea.stated_as:
        said["In one word"] = idea.stated_as.words
    # What the people whom it touched say can stand in the place of readings.
    return said | {
        f"Is it less bad for you now? {each.moment.words}": f"{each.answered} of {each.asked} answered: {each.words}"
        for each in idea.felt_rounds
        if each.is_shown
    }


def _written(value: str | dt.date | None) -> str:
    return dates.full(value) if isinstance(value, dt.date) else str(value or "")


def _screening(idea: Idea) -> dict[str, str]:
    answers = {row.question: row.answer for row in idea.screening}
    return {
        question.words: answers[question.key].value.replace("_", " ")
        for question in governance().questions
        if question.key in answers
    }


def _checks(idea: Idea) -> dict[str, str]:
    named = governance().checks
    return {
        named[check.kind].name: "; ".join(
            part for part in (check.state.words, check.whom, check.answer, _SAYS_SO.get(check.said_by, "")) if part
        )
        for check in sorted(idea.checks_called_for, key=lambda check: check.kind)
    }


def files(idea: Idea) -> dict[str, str]:
    """The files on the plan by name, each with what tells it from any other: size, and SHA-256 of what it holds."""
    return {each.name: written(each) for each in sorted(idea.attachments, key=lambda each: each.name)}


def written(attachment: Attachment) -> str:
    """A file as a case names it."""
    return f"{attachment.size:,} bytes, SHA-256 {attachment.sha256}"


def names(case: Case, attachment: Attachment) -> bool:
    """Whether this very file is in the case: its name, and what is in it."""
    return bool(case.content.get("Files", {}).get(attachment.name) == written(attachment))


def _measured(measure: Measure) -> str:
    about = [] if measure.kind is MeasureKind.OUTCOME else [measure.kind.words]
    about += [words for words in (measure.definition, measure.place) if words]
    about += [f"target {numbers.plain(measure.target)} {measure.unit}"] if measure.target is not None else []
    since = [f"the change counts from {dates.full(measure.changed_on)}"] if measure.changed_on else []
    readings = [f"{dates.full(r.taken_on)}: {numbers.plain(r.value)} {measure.unit}" for r in measure.readings]
    kind = findings.judged(measure).kind
    says = [f"the chart says {kind.words.lower()}"] if kind else []
    return "; ".join([measure.direction.words, *about, *since, *says, *readings])


def version_of(content: dict[str, Any]) -> str:
    """A name for these words: the same words, the same name. Ticking a step or naming a sponsor changes none."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def version(idea: Idea, gate: Gate) -> str:
    """The name of the case as it is now."""
    return version_of(content(idea, gate))


def keep(idea: Idea, gate: Gate) -> Case:
    """Keep the case as it is now. It is never edited."""
    words = content(idea, gate)
    case = Case(idea_id=idea.id, version=version_of(words), content=words, kept_at=clock.now())
    db.session.add(case)
    return case


def is_what_was_approved(idea: Idea, case: Case) -> bool:
    """Whether the smallest test, place, size, undoing, stop rule and answers are those of the case.

    Its files are there too; one may have come since.
    """
    now = _words(idea, Gate.TRY)
    approved = [FIELDS[field].capitalize() for field in APPROVED]
    return (
        case.content["Questions"] == now["Questions"]
        and all(case.content["Plan"].get(label, "") == now["Plan"][label] for label in approved)
        and ("Files" not in case.content or case.content["Files"].items() <= files(idea).items())
    )


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What was asked about and what it is now, where they differ, in the order of the page."""
    sections = list(dict.fromkeys([*before, *after]))
    found = []
    for section in sections:
        old, new = before.get(section, {}), after.get(section, {})
        for label in dict.fromkeys([*old, *new]):
            if old.get(label, "") != new.get(label, ""):
                found.append(Difference(what=label, before=old.get(label, ""), after=new.get(label, "")))
    return found
