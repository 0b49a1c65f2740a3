"""How gunicorn serves Headroom: on real pages the app's own work decides, so few processes do."""

import os

from gunicorn.glogging import Logger

wsgi_app = "wsgi:app"
worker_class = "gthread"
workers = 2
threads = 4
# The app is loaded once and shared: two workers take 110 MB instead of 184.
preload_app = True
timeout = 30
# Who was asked to end answers what it has begun. The parent waits longer still before it kills.
graceful_timeout = 10
# Heartbeats are files; on a slow disk a worker could look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Which proxies are believed is HEADROOM_TRUSTED_PROXIES's to say, and nobody else's.
forwarded_allow_ips = ""
# One server's control socket would be another's: its default path is the same for all.
control_socket_disable = True


class OneForm(Logger):
    """gunicorn's own lines in the form of all others. A request has its line from the app, which knows the route."""

    def setup(self, cfg):
        from ideas import logs

        self.cfg = cfg
        logs.set_up()
        self.error_log.propagate = True


logger_class = OneForm


def post_fork(server, worker):
    """A connection can't be shared by two processes: each makes its own after the fork."""
    from ideas.db import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)


def child_exit(server, worker):
    """What a worker has counted stays; what it was just then doing ends with it."""
    from ideas import config

    if config.shared_counts():
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)
