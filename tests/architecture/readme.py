"""The part of the README that is made from the code, compared by a test; `make docs` writes it, and the reference."""

from __future__ import annotations

import re

from ideas.config import ROOT, table

from . import reference

README = ROOT / "README.md"
BETWEEN_MARKS = re.compile(r"(<!-- settings: made by `make docs` -->\n).*?(<!-- end of settings -->)", re.DOTALL)


def rewritten(text: str) -> str:
    """The README with the settings as ideas/config.py has them."""
    return BETWEEN_MARKS.sub(lambda marks: f"{marks[1]}\n{table()}\n\n{marks[2]}", text)


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text()))
    reference.FILE.write_text(reference.written())
