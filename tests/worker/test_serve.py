"""The parent: what it refuses to start with, and how its two children live and end."""

import contextlib
import json
import os
import signal
import socket
import sys
import time
from typing import ClassVar
from urllib.parse import urlsplit

import psutil
import pytest
import sqlalchemy as sa

from ideas.app import create_app
from ideas.cli import child
from ideas.db import db
from ideas.domain import organisations
from ideas.models import Sector
from tests.helpers.server import Server, serving

pytestmark = pytest.mark.server


def test_a_worker_that_is_killed_is_started_again_and_all_end_with_their_parent(new):
    with serving(new) as server:
        killed = worker_of(server)
        os.kill(killed.pid, signal.SIGKILL)
        wait_for(lambda: worker_of(server) and worker_of(server) != killed)
        assert b'"ok"' in server.get("/healthz")
        children = offspring(server)
        assert server.end() == 0
        wait_for(lambda: ended(children))


def test_control_c_and_a_closed_terminal_end_it_too_and_the_instance_stays_the_same(new):
    instances = set()
    for how in (signal.SIGINT, signal.SIGHUP):
        with serving(new) as server:
            children = offspring(server)
            instances.add(server.get("/healthz"))
            server.process.send_signal(how)
            assert server.process.wait(20) == 0
            wait_for(lambda children=children: ended(children))
            assert "Traceback" not in server.log
    assert len(instances) == 1


def test_while_it_ends_it_answers_who_has_called_and_lets_nobody_in(new):
    with serving(new) as server:
        address = ("127.0.0.1", urlsplit(server.url).port)
        busy = web_of(server).children()
        for one in busy:
            one.suspend()
        with socket.create_connection(address) as before, socket.socket() as after:
            before.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            server.process.terminate()
            wait_for(lambda: not listens(server.process.pid))
            after.settimeout(0.5)
            with pytest.raises(TimeoutError):
                after.connect(address)
            for one in busy:
                one.resume()
            assert before.makefile().readline() == "HTTP/1.1 200 OK\n"
        assert server.process.wait(20) == 0
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)


class AsInstalled(Server):
    """As `make serve` starts it, to the letter: nothing was compiled before."""

    command: ClassVar = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]


def test_a_web_server_that_dies_ends_the_whole_with_a_failure(new):
    server = AsInstalled(new)
    children = offspring(server)
    assert b"Sign in" in server.get("/sign-in")
    web_of(server).kill()
    assert server.process.wait(20) != 0
    wait_for(lambda: ended(children))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_a_parent_that_is_killed_leaves_nobody_behind(new):
    server = Server(new)
    children = offspring(server)
    server.process.kill()
    server.process.wait()
    wait_for(lambda: ended(children))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process name itself, and tells what it shares")
def test_all_processes_share_what_is_loaded_and_say_what_they_are(new):
    with serving(new) as server:
        assert [one.name() for one in both(server)] == ["headroom-web", "headroom-worker"]
        parent = psutil.Process(server.process.pid)
        used = sum(one.memory_full_info().pss for one in (parent, *offspring(server)))
        assert used < 2.5 * parent.memory_info().rss
        assert parent.num_threads() == 1


def test_a_worker_that_is_told_to_end_before_it_hears_ends_all_the_same():
    slow = child.start("slow", lambda: time.sleep(20))
    slow.terminate()
    slow.join(5)
    assert slow.exitcode == -signal.SIGTERM


def test_all_processes_log_in_one_form_and_their_counts_are_added_up(new):
    with serving(new) as server:
        for _ in range(20):
            server.get("/sign-in")
        wait_for(lambda: b"headroom_sweep_done_timestamp_seconds{" in server.get("/metrics"))
        counted = server.get("/metrics").decode()
    assert 'headroom_requests_total{endpoint="sign_in.new",method="GET",status="200"} 20.0' in counted
    assert 'headroom_request_seconds_count{endpoint="sign_in.new"} 20.0' in counted
    assert 'headroom_waiting{queue="overdue sign-offs"} 0.0' in counted
    printed = [line for line in server.log.splitlines() if line and not line.startswith("Headroom is at")]
    lines = [json.loads(line) for line in printed]
    assert {"gunicorn.error", "ideas.worker.loop", "ideas.web.request_log"} <= {line["logger"] for line in lines}
    assert all(line["at"].endswith("Z") and line["event"] for line in lines)


def test_a_port_that_is_taken_is_named(new):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = Server(new, HEADROOM_PORT=str(port))
        assert server.process.wait(20) != 0
    assert f"Port {port} on 127.0.0.1 can't be used" in server.log
    assert "HEADROOM_PORT" in server.log
    assert "Traceback" not in server.log


def test_a_wrong_setting_is_named_and_nothing_is_served(new):
    server = Server(new, HEADROOM_PORT="eighty", HEADROOM_EXAMPLE="maybe")
    assert server.process.wait(20) != 0
    assert "HEADROOM_PORT is not a port" in server.log
    assert "HEADROOM_EXAMPLE is neither yes nor no" in server.log
    assert "Traceback" not in server.log


def test_the_example_is_not_served_to_other_machines(new):
    app = create_app(new.settings())
    with app.app_context():
        organisations.add("Northmere Hospitals", Sector.ACUTE, is_example=True)
        db.session.commit()
        db.engine.dispose()
    server = Server(new, HEADROOM_HOST="0.0.0.0")  # noqa: S104
    assert server.process.wait(20) != 0
    assert "holds the example" in server.log


def test_a_database_that_cannot_be_brought_up_to_date_is_not_served(new):
    app = create_app(new.settings())
    with app.app_context():
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = 'of_a_newer_headroom'"))
        db.session.commit()
        db.engine.dispose()
    server = Server(new)
    assert server.process.wait(20) != 0
    assert "of_a_newer_headroom" in server.log
    assert "Headroom is at" not in server.log


@pytest.fixture
def kind():
    """One kind is enough here: nothing in the parent depends on it."""
    return "sqlite"


@pytest.fixture
def new(databases, kind):
    return databases(kind).fresh()


def offspring(server):
    """Web server, its workers and the sweeping worker."""
    assert server.url
    return psutil.Process(server.process.pid).children(recursive=True)


def web_of(server):
    """The one of the two children that has children itself."""
    return next(child for child in both(server) if child.children())


def worker_of(server):
    with contextlib.suppress(psutil.NoSuchProcess):
        return next((child for child in both(server) if not child.children()), None)


def both(server):
    assert server.url
    return psutil.Process(server.process.pid).children()


def listens(process):
    return [one for one in psutil.Process(process).net_connections() if one.status == psutil.CONN_LISTEN]


def ended(processes):
    """Whether all have ended; one that nobody has asked for its exit code yet has ended too."""
    return not [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def wait_for(condition, seconds=20):
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")
