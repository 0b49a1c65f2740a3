"""Where servers and the flask command find the app."""

from ideas import logs
from ideas.app import create_app
from ideas.config import WrongSetting

logs.set_up()
try:
    app = create_app()
except WrongSetting as error:
    # What is wrong and how to put it right, and not where in the code it was found.
    raise SystemExit(str(error)) from None
