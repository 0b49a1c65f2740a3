"""Headroom: say what is bad now, find who will back something less bad, get an answer, try it."""
