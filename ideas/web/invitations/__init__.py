"""Invitations: the links with which somebody joins, made, opened and taken back."""

from . import invitations, revocations

blueprints = (invitations.bp, revocations.bp)
