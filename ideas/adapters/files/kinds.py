"""The kinds of files that are taken: documents, pictures, text."""

from __future__ import annotations

import enum
from pathlib import PurePosixPath

#: The largest file that is taken, and that is kept.
LARGEST = 10 * 1024 * 1024


class FileKind(enum.StrEnum):
    """A kind of file, named by its ending. It decides what is checked, and the type that is said when it is sent."""

    media_type: str
    #: what people call it
    words: str

    def __new__(cls, value: str, media_type: str, words: str) -> FileKind:
        """Keep with the kind what is said of it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.media_type = media_type
        member.words = words
        return member

    #: written anew, with nothing that runs
    PDF = "pdf", "application/pdf", "PDF"
    #: Word, without macros
    DOCX = "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document"
    #: Excel, without macros
    XLSX = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel sheet"
    #: PowerPoint, without macros
    PPTX = "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint slides"
    #: LibreOffice's text document
    ODT = "odt", "application/vnd.oasis.opendocument.text", "OpenDocument text"
    #: a picture or a screen
    PNG = "png", "image/png", "Picture"
    #: a photo
    JPG = "jpg", "image/jpeg", "Photo"
    #: a picture from the web
    WEBP = "webp", "image/webp", "Picture"
    #: plain words
    TXT = "txt", "text/plain", "Text"
    #: a table in plain words
    CSV = "csv", "text/csv", "Table"

    @classmethod
    def of(cls, name: str) -> FileKind | None:
        """The kind that a file's name claims; its content has to agree."""
        ending = PurePosixPath(name).suffix.lower().removeprefix(".")
        return cls.named({"jpeg": "jpg"}.get(ending, ending))

    @classmethod
    def named(cls, value: str) -> FileKind | None:
        """The kind of this value, if there is one."""
        return next((kind for kind in cls if kind.value == value), None)


#: What a file box offers to choose.
ACCEPT = ",".join([*(f".{kind.value}" for kind in FileKind), ".jpeg"])
#: The same in words.
WORDS = "PDF, Word, Excel, PowerPoint, OpenDocument text, JPG, PNG, WebP, text or CSV"
