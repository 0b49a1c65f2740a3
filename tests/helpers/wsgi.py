"""Where the servers of tests find the app: the real one, with templates that were compiled before."""

from wsgi import app

from .templates import keep

keep(app)
