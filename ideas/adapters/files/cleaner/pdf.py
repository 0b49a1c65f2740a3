"""PDF: written anew by qpdf, without its details. What would run, or hides another file, is refused."""

from __future__ import annotations

import re
from typing import BinaryIO

import pikepdf

from ideas.adapters.files.kinds import FileKind
from ideas.adapters.files.unfit import UNREADABLE, Unfit

#: A page of a plan has some tens of objects.
OBJECTS = 200_000
#: What the lists of a document unpack to at most; its pages and pictures are kept packed.
LIST_BYTES = 50 * 1024 * 1024

_RUNS = "Something in this PDF runs by itself. Print it to a PDF, and add that."
_HIDES = "This PDF has another file inside. Take that out, or print it to a PDF, and add that."
#: Keys that say so, wherever they stand.
_KEYS = {"/JS": _RUNS, "/XFA": _RUNS, "/EF": _HIDES, "/EmbeddedFiles": _HIDES, "/RichMediaContent": _HIDES}
#: Kinds of action that do more than turn a page or open a link.
_ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/Rendition", "/Movie"}
#: A first look, quick: it may find one of the words in somebody's text, and then a second look tells.
_SUSPICIOUS = re.compile(
    rb"/(JS|XFA|EF|EmbeddedFiles|RichMedia\w*|JavaScript|Launch|ImportData|SubmitForm|Rendition|Movie)\b"
)
#: Who made it, when and with what; an application's own notes.
_DETAILS = ("/Metadata", "/PieceInfo", "/LastModified")


def clean(kind: FileKind, dirty: BinaryIO, cleaned: BinaryIO) -> None:
    """Write the pages anew. Raises Unfit."""
    if dirty.read(5) != b"%PDF-":
        raise Unfit("This is not a PDF, whatever its name says. Choose the file that you mean.")
    dirty.seek(0)
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=LIST_BYTES,
        png_max_memory=LIST_BYTES,
        tiff_max_memory=LIST_BYTES,
        run_length_max_memory=LIST_BYTES,
    )
    try:
        with pikepdf.open(dirty) as pdf:
            if pdf.is_encrypted:
                raise pikepdf.PasswordError
            _look_through(pdf)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            pdf.save(cleaned, deterministic_id=True)
    except pikepdf.PasswordError:
        raise Unfit("This PDF is locked with a password. Save it without one, and add that.") from None
    except (pikepdf.PdfError, MemoryError, ValueError, RuntimeError, OSError):
        raise Unfit(UNREADABLE) from None


def _look_through(pdf: pikepdf.Pdf) -> None:
    if len(pdf.objects) > OBJECTS or not pdf.pages:
        raise Unfit(UNREADABLE)
    for thing in pdf.objects:
        holder = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        if not isinstance(holder, pikepdf.Dictionary | pikepdf.Array):
            continue
        if _SUSPICIOUS.search(holder.unparse(resolved=True)):
            _look_closely(holder)
        if isinstance(holder, pikepdf.Dictionary):
            for detail in _DETAILS:
                if detail in holder:
                    del thing[detail]
    # qpdf goes on without a list that it cannot unpack; a document with holes is not what somebody chose.
    if any("error decoding stream" in warning for warning in pdf.get_warnings()):
        raise Unfit(UNREADABLE)


def _look_closely(holder: pikepdf.Object) -> None:
    """Everything that stands directly in this object; what it points to is looked at on its own."""
    to_do = [holder]
    while to_do:
        thing = to_do.pop()
        if isinstance(thing, pikepdf.Dictionary):
            for key, value in thing.items():
                if key in _KEYS:
                    raise Unfit(_KEYS[key])
                if key == "/S" and isinstance(value, pikepdf.Name) and str(value) in _ACTS:
                    raise Unfit(_RUNS)
                to_do.append(value)
        elif isinstance(thing, pikepdf.Array):
            to_do.extend(thing)
        to_do = [each for each in to_do if isinstance(each, pikepdf.Object) and not each.is_indirect]
