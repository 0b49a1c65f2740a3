"""Pictures: the dots are kept, drawn anew. Place, time, camera and whatever else was hidden in the file are gone."""

from __future__ import annotations

import errno
import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

from ideas.adapters.files.kinds import FileKind
from ideas.adapters.files.unfit import UNREADABLE, Unfit

#: Dots that are read at most. A JPEG can be read at half its size and less, so that it may have more.
MOST = {FileKind.PNG: 24_000_000, FileKind.WEBP: 24_000_000, FileKind.JPG: 60_000_000}
#: Dots along the longer side of what is kept: more than any screen shows, and enough to print a page.
SIDE = 3000
_FORMATS = {FileKind.PNG: "PNG", FileKind.JPG: "JPEG", FileKind.WEBP: "WEBP"}
_STARTS = {FileKind.PNG: b"\x89PNG\r\n\x1a\n", FileKind.JPG: b"\xff\xd8\xff", FileKind.WEBP: b"RIFF"}
#: Beside the dots only this is kept: which of them are clear.
_KEPT = ("transparency",)


def clean(kind: FileKind, dirty: BinaryIO, cleaned: BinaryIO) -> None:
    """Draw the picture anew. Raises Unfit."""
    if not dirty.read(8).startswith(_STARTS[kind]):
        raise Unfit(f"This is not a {kind.value.upper()}, whatever its name says. Choose the file that you mean.")
    dirty.seek(0)
    Image.MAX_IMAGE_PIXELS = MOST[kind]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(dirty, formats=[_FORMATS[kind]]) as picture:
            _write(_read(picture), kind, cleaned)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Unfit("This picture has too many dots. Make it smaller, and add that.") from None
    except MemoryError:
        raise Unfit("This picture takes too much memory. Make it smaller, and add that.") from None
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise Unfit("This picture is too large. Save it as a JPG, and add that.") from None
        raise Unfit(UNREADABLE) from None
    except (SyntaxError, ValueError, EOFError):
        raise Unfit(UNREADABLE) from None


def _read(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (SIDE, SIDE))
    picture.load()
    picture.thumbnail((SIDE, SIDE))
    ImageOps.exif_transpose(picture, in_place=True)
    picture.info = {name: value for name, value in picture.info.items() if name in _KEPT}
    return picture


def _write(picture: Image.Image, kind: FileKind, cleaned: BinaryIO) -> None:
    if kind is FileKind.JPG and picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    picture.save(cleaned, _FORMATS[kind], quality=85)


def without_details(kind: FileKind, raw: bytes) -> bytes:
    """A picture inside a document: drawn anew if it holds more than its dots, else as it is. Raises Unfit."""
    Image.MAX_IMAGE_PIXELS = MOST[FileKind.PNG]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(raw), formats=[_FORMATS[kind]]) as picture:
            if not picture.getexif() and not {"exif", "xmp", "comment", "XML:com.adobe.xmp"} & picture.info.keys():
                return raw
            drawn = io.BytesIO()
            _write(_read(picture), kind, drawn)
            return drawn.getvalue()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Unfit("A picture in this document cannot be read. Take it out, or save the document as a PDF.") from None
