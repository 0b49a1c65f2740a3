"""Sponsors: asking a leader to back an idea, and their answer."""

from . import sponsorship_answers, sponsorships

blueprints = (sponsorships.bp, sponsorship_answers.bp)
