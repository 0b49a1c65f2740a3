"""Where the servers of tests find the app: the real one, with templates that were compiled before."""

import gc

# Nothing that is loaded is garbage: to look through it again and again would take an eighth of a start.
gc.disable()

from wsgi import app  # noqa: E402

from .templates import keep  # noqa: E402

keep(app)
gc.enable()
