"""Names of files: as they were given, less what harms a disk, a header or a reader's eye."""

from __future__ import annotations

import re
import unicodedata

#: Letters of a name, its ending included.
LONGEST = 120

#: Control signs, signs without width, signs that turn the reading direction, line ends, half letters.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_NOT_ON_DISKS = re.compile(r'[<>:"/\\|?*]+')
#: Names that stand for a device on Windows, whatever follows the dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)


def safe(name: str, ending: str) -> str:
    """The name without its folders, as it may be shown and kept anywhere, with the ending of its kind."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(" " if sign.isspace() else sign for sign in name if unicodedata.category(sign) not in _UNSEEN)
    stem = name.rpartition(".")[0] if "." in name else name
    stem = " ".join(_NOT_ON_DISKS.sub(" ", stem).split()).strip(". ")
    if not stem or _DEVICES.fullmatch(stem.partition(".")[0].strip()):
        stem = f"file {stem}".strip()
    return f"{stem[: LONGEST - len(ending) - 1].rstrip('. ')}.{ending}"
