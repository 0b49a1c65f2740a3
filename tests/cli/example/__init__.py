"""What the example holds, beside the files that it is told from."""

import json

from ideas.config import ROOT

FOLDER = ROOT / "ideas" / "cli" / "example"
SIXTY = json.loads((FOLDER / "ideas.json").read_text())["ideas"]
