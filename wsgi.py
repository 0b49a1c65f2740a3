"""Where servers and the flask command find the app."""

import gc

# Nothing that is loaded is garbage: to look through it again and again would take an eighth of a start.
gc.disable()

from ideas import logs  # noqa: E402
from ideas.app import create_app  # noqa: E402
from ideas.config import WrongSetting  # noqa: E402

logs.set_up()
try:
    app = create_app()
except WrongSetting as error:
    # What is wrong and how to put it right, and not where in the code it was found.
    raise SystemExit(str(error)) from None
gc.enable()
