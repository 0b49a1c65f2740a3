"""The desk: what waits for the person who is signed in, and the front page for those who are not."""

from . import desk, seen

blueprints = (desk.bp, seen.bp)
