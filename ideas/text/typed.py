"""Words as people type them: without what nobody sees, and nothing where there is nothing to see."""

import re
import unicodedata

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
#: Letters that show nothing, and kinds of signs that do not either: alone they are no words.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Mn", "Zl", "Zp", "Zs"})
_BLANKS = re.compile(r"[\t\n ]+")


def one_line(typed: str) -> str:
    """Trimmed, in one line, without control characters."""
    return _seen(_BLANKS.sub(" ", _CONTROLS.sub("", typed.replace("\r", "\n"))).strip())


def lines(typed: str) -> str:
    """Trimmed, without control characters; line breaks and tabs stay."""
    return _seen(_CONTROLS.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")).strip())


def _seen(text: str) -> str:
    """The text, or nothing when there is nothing in it to see: a title of it would be a blank card for everybody."""
    is_seen = any(sign not in _FILLERS and unicodedata.category(sign) not in _UNSEEN for sign in text)
    return text if is_seen else ""
