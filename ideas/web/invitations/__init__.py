"""Invitations: the links with which somebody joins, made, opened and taken back."""

from . import invitations, nominations, revocations

blueprints = (invitations.bp, nominations.bp, revocations.bp)
