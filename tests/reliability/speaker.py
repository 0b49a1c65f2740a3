"""A process that says ideas through the whole app, and prints each mark when it was acknowledged.

`python -m tests.reliability.speaker DATA_DIR SYNCHRONOUS COUNT`, for a power cut to interrupt.
"""

from __future__ import annotations

import os
import sys

import sqlalchemy as sa

from ideas.app import create_app
from ideas.config import Settings
from ideas.db import db
from ideas.domain import people, sessions
from tests.helpers.client import Client

from .ledger import Ledger


def speak(data_dir: str, synchronous: str, count: int) -> None:
    """Say so many ideas, one after the other. `synchronous` is what SQLite is told in the product's place."""
    app = create_app(Settings.from_environment({"HEADROOM_DATA_DIR": data_dir}))
    app.test_client_class = Client
    ledger = Ledger()
    with app.app_context():
        # More often than in the product, so that the power also goes while pages are copied into the file.
        pragmas = (f"PRAGMA synchronous={synchronous}", "PRAGMA wal_autocheckpoint=400")
        sa.event.listen(db.engine, "connect", lambda connection, _: [connection.execute(p).close() for p in pragmas])
        amara = people.with_sign_in("amara@example.org")
        assert amara
        token = sessions.begin(amara, device="A browser")
        db.session.commit()
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    for _ in range(count):
        mark = ledger.mark()
        words = {"now": "The lift stops at nine.", "change": "One text to all porters.", "title": f"The lift {mark}"}
        assert client.post("/ideas", data={**words, "key": mark}).status_code == 303
        os.write(1, f"{mark}\n".encode())
    # The power goes before anything could be tidied up.
    os._exit(0)


if __name__ == "__main__":
    speak(sys.argv[1], sys.argv[2], int(sys.argv[3]))
