"""Watches: is what was adopted still used, and still less bad?"""

from . import watches

blueprints = (watches.bp,)
