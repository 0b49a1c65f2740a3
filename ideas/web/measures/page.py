"""What the evidence's page holds: measures with their charts and verdicts, what came of it, and their forms."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from ideas.access import Action, may
from ideas.domain import corrections, cycles, felt, findings, measures
from ideas.models import Felt, MeasureKind
from ideas.text import numbers
from ideas.web.cycles import page as cycles_page
from ideas.web.felt.forms import FeltForm
from ideas.web.guard import me
from ideas.web.templating import dom_id
from ideas.web.watches import page as watches_page

from .chart import Chart, Happening, Subject, chart
from .forms import EventForm, MeasureForm, ReadingForm, ResultForm, to_enter

if TYPE_CHECKING:
    from ideas.domain.findings import Finding
    from ideas.models import Idea, Measure


@dataclasses.dataclass(frozen=True)
class Panel:
    """A measure on the page: its verdict, its chart, and what it was and is."""

    measure: Measure
    finding: Finding
    #: none where there is nothing to draw
    chart: Chart | None
    #: the means before and since, as figures; none while there is nothing to set beside each other
    means: tuple[str, str] | None
    #: the readings that may be changed, by day: where
    links: dict[Any, str]
    #: the newest readings as heights, as `Idea.spark` keeps them
    spark: str


def of(idea: Idea, **forms: Any) -> dict[str, Any]:
    """The page of this idea's evidence. A form in `forms` stands in place of a fresh one, with what was typed."""
    may_edit = bool(may(me(), Action.EDIT, idea))
    panels = [panel(measure, may_edit=may_edit) for measure in idea.measures]
    found = [each.finding for each in panels]
    head = findings.headline(found)
    fresh = {measure.id: reading_form(measure) for measure in idea.measures} if may_edit else {}
    return {
        "idea": idea,
        "has_sign_off": bool(idea.sign_offs),
        "head": next((each for each in panels if each.finding is head), None),
        "tried_before": measures.tried_before(idea),
        "mixed": findings.mixed(found),
        "panels": [each for each in panels if each.measure.kind is not MeasureKind.BALANCING],
        "balancing": [each for each in panels if each.measure.kind is MeasureKind.BALANCING],
        "corrected": corrections.counts(idea, reader=me()),
        "measure_form": forms.get("measure_form") or (MeasureForm(None, ids="new-measure") if may_edit else None),
        "reading_forms": fresh | forms.get("reading_forms", {}),
        "result_form": forms.get("result_form")
        or ResultForm(None, stated_result=idea.stated_result, stated_as=idea.stated_as, version=idea.version),
        "open_forms": set(forms),
        "open_readings": set(forms.get("reading_forms", {})),
        "theirs": {},
        "felt_ask": felt.own(idea, me()),
        "felts": list(Felt),
        "felt_form": FeltForm(None),
        **cycles_page.on_evidence(idea),
        **watches_page.of(idea),
    }


def panel(measure: Measure, *, may_edit: bool = False) -> Panel:
    """A measure, drawn and judged."""
    finding = findings.of(measure)
    changeable = may_edit and not measure.counts_days_between
    links = {reading.taken_on: f"/readings/{reading.id}/edit" for reading in measure.readings if changeable}
    return Panel(measure, finding, drawn(finding), means(finding), links, findings.spark(measure))


def drawn(finding: Finding) -> Chart | None:
    """The chart of a finding; none where there is nothing to draw."""
    if finding.analysis is None:
        return None
    measure = finding.measure
    name = f"{measure.name}, {measure.place}" if measure.place else measure.name
    subject = Subject(
        name=name,
        unit=measure.unit,
        analysis=finding.analysis,
        verdict=finding.kind.words if finding.kind else "",
        finding=finding.words,
        target=measure.target,
        changed_on=measure.changed_on,
        happenings=_happenings(finding),
        is_regular=not measure.counts_days_between,
    )
    return chart(subject, dom_id(measure, "chart"))


def _happenings(finding: Finding) -> list[Happening]:
    """What happened in the days of the chart."""
    idea, drawn = finding.measure.idea, finding.analysis
    noted = [(each.happened_on, each.words) for each in idea.happenings] + cycles.beginnings(idea)
    days = [point.date for point in drawn.points if point.date] if drawn and noted else []
    return [Happening(day, words) for day, words in noted if days and days[0] <= day <= days[-1]]


def means(finding: Finding) -> tuple[str, str] | None:
    """The means before and since the change, as figures."""
    judged = finding.verdict
    if judged is None or not judged.before or not judged.since:
        return None
    return numbers.rounded(judged.mean_before, judged.places), numbers.rounded(judged.mean_since, judged.places)


def reading_form(measure: Measure) -> ReadingForm | EventForm:
    """The form for one more reading, empty, as one of many on a page."""
    return to_enter(measure)(None, ids=f"measure-{measure.id}")
