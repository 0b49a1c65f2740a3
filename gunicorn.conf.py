"""How gunicorn serves Headroom: on real pages the app's own work decides, so few processes do."""

import gc
import os
import select
import time

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

#: Seconds in which who has called already is taken in, when it is told to end.
TAKES_IN_SECONDS = 1


class LeavesNobodyWaiting(ThreadWorker):
    """Takes in only whom it has a thread for, so that the other process may; told to end, it takes in who waits.

    gunicorn itself takes in everybody: behind four threads that wait for the database, a reader would wait too while
    the other process has nothing to do. And told to end, it would leave its door open until its last answer is out,
    and then turn away all who wait there.
    """

    busy = 0

    def enqueue_req(self, conn):
        self.busy += 1
        super().enqueue_req(conn)
        if self.alive and self.busy >= self.cfg.threads:
            super().set_accept_enabled(False)

    def finish_request(self, conn, fs):
        self.busy -= 1
        super().finish_request(conn, fs)

    def set_accept_enabled(self, enabled):
        if self.alive and enabled and self.busy >= self.cfg.threads:
            return
        super().set_accept_enabled(enabled)
        if self.alive:
            return
        patience = time.monotonic() + TAKES_IN_SECONDS
        for listener in self.sockets:
            while time.monotonic() < patience and select.select([listener], [], [], 0)[0]:
                self.accept(listener)
            listener.close()


wsgi_app = "wsgi:app"
worker_class = LeavesNobodyWaiting
workers = 2
threads = 4
# The app is loaded once and shared; `flask serve` has loaded it before.
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


def when_ready(server):
    """Last before the fork; `flask serve` has done most of it already."""
    from ideas.cli import child
    from wsgi import app

    child.make_ready(app)
    # A page makes thousands of things and drops them again: to look after every 700 finds nothing, many times a page.
    gc.set_threshold(10_000, 20, 20)


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
