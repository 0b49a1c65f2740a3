"""Packages: office documents are ZIP files of XML, read with a suspicion of bombs, and written anew part by part."""

from __future__ import annotations

import struct
import xml.parsers.expat
import zipfile
from typing import TYPE_CHECKING, BinaryIO

from ideas.adapters.files.kinds import FileKind
from ideas.adapters.files.unfit import UNREADABLE, Unfit

from . import pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    #: Called with the name ("namespace word") and attributes of each element.
    Element = Callable[[str, dict[str, str]], None]

PARTS = 1000
UNPACKED_BYTES = 60 * 1024 * 1024
#: A part that is not small unpacks to at most this many times its size.
RATIO = 100
SMALL_BYTES = 1024 * 1024
#: The list of parts itself: a thousand names.
LIST_BYTES = 1024 * 1024
CHUNK = 64 * 1024

BOMB = "This document unpacks to far more than it is. Save it as a PDF, and add that."
HIDES = "This document has another file inside, such as a sheet behind a chart. Save it as a PDF, and add that."
RUNS = "This document has macros, or something else that runs. Save it without them, or as a PDF, and add that."
LOADS = "This document fetches something from elsewhere when it is opened. Save it as a PDF, and add that."
LOCKED = "This document is locked with a password. Save it without one, and add that."

_PICTURES = {"jpg": FileKind.JPG, "jpeg": FileKind.JPG, "png": FileKind.PNG}


class Package:
    """The parts of a document, each read once, in small pieces."""

    def __init__(self, dirty: BinaryIO, says: str) -> None:
        """Read the list of parts. `says` is what it claims to be, for the words. Raises Unfit."""
        if dirty.read(4) != b"PK\x03\x04":
            raise Unfit(f"This is not {says}, whatever its name says. Choose the file that you mean.")
        _refuse_long_list(dirty)
        try:
            self._zip = zipfile.ZipFile(dirty)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Unfit(UNREADABLE) from None
        self._parts = {part.filename: part for part in self._zip.infolist() if not part.is_dir()}
        self._refuse_bombs()

    def _refuse_bombs(self) -> None:
        listed = self._zip.infolist()
        if len(listed) > PARTS or sum(part.file_size for part in listed) > UNPACKED_BYTES:
            raise Unfit(BOMB)
        for part in listed:
            if part.file_size > SMALL_BYTES and part.file_size > RATIO * max(1, part.compress_size):
                raise Unfit(BOMB)
            if part.flag_bits & 0x1:
                raise Unfit(LOCKED)
            steps = part.filename.split("/")
            if ".." in steps or part.filename.startswith("/") or "\\" in part.filename or "\0" in part.orig_filename:
                raise Unfit(UNREADABLE)
        if len({part.filename.lower() for part in listed}) < len(listed):
            raise Unfit(UNREADABLE)

    @property
    def names(self) -> list[str]:
        """The parts, in the order of the list."""
        return list(self._parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece."""
        try:
            with self._zip.open(name) as stream:
                while piece := stream.read(CHUNK):
                    yield piece
        except (KeyError, zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error):
            raise Unfit(UNREADABLE) from None

    def whole(self, name: str, most: int = SMALL_BYTES) -> bytes:
        """A part that has to be small. Raises Unfit when there is none of this name."""
        if name not in self._parts or self._parts[name].file_size > most:
            raise Unfit(UNREADABLE)
        return b"".join(self.pieces(name))


class Writer:
    """A package that is written: parts have no date, and no author."""

    def __init__(self, cleaned: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(cleaned, "w", zipfile.ZIP_DEFLATED)

    def write(self, name: str, pieces: Iterator[bytes], *, packed: bool = True) -> None:
        """Write a part. Its date is that of every part."""
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._zip.open(about, "w") as stream:
            for piece in pieces:
                stream.write(piece)

    def close(self) -> None:
        """Write the list of parts."""
        self._zip.close()


def read_xml(pieces: Iterator[bytes], element: Element | None = None) -> Iterator[bytes]:
    """The pieces as they came, once they are seen to be XML that defines nothing of its own. Raises Unfit."""
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_definitions
    if element:
        parser.StartElementHandler = element
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield piece
        parser.Parse(b"", True)
    except xml.parsers.expat.ExpatError:
        raise Unfit(UNREADABLE) from None


def _refuse_definitions(*_: object) -> None:
    raise Unfit(BOMB)


def picture(package: Package, name: str) -> Iterator[bytes]:
    """A picture in the document, without place, time and camera, where it has them."""
    kind = _PICTURES.get(name.rpartition(".")[2].lower())
    if kind is None:
        yield from package.pieces(name)
    else:
        yield pictures.without_details(kind, package.whole(name, most=UNPACKED_BYTES))


def _refuse_long_list(dirty: BinaryIO) -> None:
    """Look at the end, where it says how long the list is, before the list is read into memory."""
    size = dirty.seek(0, 2)
    dirty.seek(max(0, size - 66_000))
    tail = dirty.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22 or tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        raise Unfit(UNREADABLE)
    parts, length = struct.unpack("<HI", tail[end + 10 : end + 16])
    if parts > PARTS or length > LIST_BYTES:
        raise Unfit(BOMB)
    dirty.seek(0)
