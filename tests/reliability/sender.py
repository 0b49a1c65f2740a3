"""A process that adds files to a plan through the whole app, and prints the SHA-256 of each when it was acknowledged.

`python -m tests.reliability.sender DATA_DIR COUNT`, for a power cut to interrupt.
"""

from __future__ import annotations

import io
import os
import sys

import sqlalchemy as sa

from ideas.app import create_app
from ideas.config import Settings
from ideas.db import db
from ideas.domain import ideas as saying
from ideas.domain import people, sessions, teams
from ideas.models import Attachment
from tests.helpers.client import Client


def send(data_dir: str, count: int) -> None:
    """Add so many files, one after the other."""
    app = create_app(Settings.from_environment({"HEADROOM_DATA_DIR": data_dir}))
    app.test_client_class = Client
    with app.app_context():
        amara = people.with_sign_in("amara@example.org")
        assert amara
        home = amara.active_memberships[0].organisation
        idea = saying.say(now="The lift stops.", change="One text.", title="The lift", home=home, by=amara)
        teams.take_on(idea, by=amara)
        ref, token = idea.ref, sessions.begin(amara, device="A browser")
        db.session.commit()
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    for number in range(count):
        words = f"Leaflet {number}. ".encode() * 2000
        sent = client.post(f"/ideas/{ref}/files", data={"file": (io.BytesIO(words), f"{number}.txt")})
        assert sent.status_code == 303, sent.get_data(as_text=True)
        with app.app_context():
            newest = sa.select(Attachment.sha256).order_by(Attachment.id.desc()).limit(1)
            os.write(1, f"{db.session.scalar(newest)}\n".encode())
            db.session.remove()
    # The power goes before anything could be tidied up.
    os._exit(0)


if __name__ == "__main__":
    send(sys.argv[1], int(sys.argv[2]))
