"""The floor: what a page costs at least. Bare Flask, no login, a plain template, a hundred rows of the same file."""

from __future__ import annotations

import os
import sqlite3

from flask import Flask, render_template
from jinja2 import DictLoader

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Ideas</title></head>
<body><h1>Ideas</h1><ul>
{% for idea in ideas %}<li><a href="/ideas/{{ idea.number }}">{{ idea.title }}</a> {{ idea.stage }} {{ idea.now }}</li>
{% endfor %}</ul></body></html>
"""

app = Flask(__name__)
app.jinja_loader = DictLoader({"page.html": PAGE})


@app.get("/")
def show() -> str:
    """A hundred ideas, with a connection for each request, as Flask's own tutorial has it."""
    connection = sqlite3.connect(os.environ["FLOOR"])
    connection.row_factory = sqlite3.Row
    ideas = connection.execute("SELECT number, title, stage, now FROM ideas ORDER BY id DESC LIMIT 100").fetchall()
    connection.close()
    return render_template("page.html", ideas=ideas)
