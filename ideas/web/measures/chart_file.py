"""A chart as a file: an SVG that stands alone, on white, with its styles inside."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from flask import current_app
from markupsafe import Markup

if TYPE_CHECKING:
    from .chart import Chart

#: How many letters of the finding fit in a line.
_LETTERS = 110
#: The light colours of static/src/css/tokens.css, for programs that know neither variables nor nesting.
_STYLES = Markup(
    "svg{font:13.5px sans-serif}text{fill:#52605c}.name{fill:#20302d;font-size:17px;font-weight:700}"
    ".strong{fill:#20302d;font-weight:700}.in{fill:#fff;font-weight:700}"
    ".unit{stroke:#fff;stroke-width:5;paint-order:stroke}.zone{fill:#f4f5f4}.grid{stroke:#e5ded1}.axis{stroke:#857d6f}.mean{stroke:#20302d;stroke-width:1.75}"
    ".lim{stroke:#656d6b;stroke-width:1.5;stroke-dasharray:6 5}"
    ".target{stroke:#6d4703;stroke-width:2;stroke-dasharray:1.5 5;stroke-linecap:round}"
    ".cut{stroke:#14524a;stroke-width:2}.bar,.stud{fill:#14524a}"
    ".break{stroke:#52605c;stroke-width:1.5;stroke-dasharray:10 4}"
    ".happened{stroke:#14524a;stroke-width:1.5;stroke-dasharray:2 4}"
    ".line{fill:none;stroke:#656d6b;stroke-width:1.25}"
    ".p-common,.p-better,.p-worse,.p-high,.p-low{stroke:#fff;stroke-width:1.25}.p-common{fill:#656d6b}"
    ".p-better{fill:#0a5ea8}.p-worse{fill:#b54c06}.p-high,.p-low{fill:#20302d}"
)


def svg(chart: Chart) -> str:
    """The wide drawing with its name and finding above it, to be saved."""
    component = current_app.jinja_env.get_template("components/chart.html").module
    happened = (f"{number}. {day}: {words}" for number, day, words in chart.happenings)
    said = [line for words in (chart.finding, *happened) for line in textwrap.wrap(words, _LETTERS)]
    return str(component.file(chart, said, _STYLES))  # type: ignore[attr-defined]
