"""Word, Excel and PowerPoint: written anew without who made it and when; macros and hidden files are refused."""

from __future__ import annotations

import itertools
import posixpath
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, BinaryIO

from ideas.adapters.files.kinds import FileKind
from ideas.adapters.files.unfit import UNREADABLE, Unfit

from .packages import HIDES, LOADS, LOCKED, RUNS, Package, Writer, picture, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
#: The type of the part that makes a package what it is; the one with macros is called otherwise.
_MAIN = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
_XML = {"xml", "rels", "vml", "svg"}
_OTHER = {"png", "jpg", "jpeg", "gif", "bmp", "emf", "wmf", "tif", "tiff", "wdp", "odttf", "fntdata"}
#: An old Word file, and a new one with a password.
_OLD = b"\xd0\xcf\x11\xe0"


def clean(kind: FileKind, dirty: BinaryIO, cleaned: BinaryIO) -> None:
    """Write the document anew. Raises Unfit."""
    if dirty.read(4) == _OLD:
        raise Unfit(f"{LOCKED} Or it is of an older kind: save it as .{kind.value}.")
    dirty.seek(0)
    package = Package(dirty, _called(kind))
    _refuse_what_runs(package)
    types = _types(package)
    if not any(each.get("ContentType") == _MAIN[kind] for each in types):
        named = " ".join(str(each.get("ContentType")) for each in types).lower()
        raise Unfit(RUNS if "macroenabled" in named else f"This is not {_called(kind)}, whatever its name says.")
    writer = Writer(cleaned)
    writer.write("[Content_Types].xml", iter([ET.tostring(types, "UTF-8", xml_declaration=True)]))
    for name in package.names:
        if name != "[Content_Types].xml" and not _is_about(name):
            writer.write(name, _part(package, name))
    writer.close()


def _called(kind: FileKind) -> str:
    return f"{'an' if kind.words.startswith('E') else 'a'} {kind.words}"


def _is_about(name: str) -> bool:
    """Who wrote it, when, for which company; a small picture of its first page."""
    return name.lower().startswith("docprops/")


def _refuse_what_runs(package: Package) -> None:
    for name in package.names:
        low = name.lower()
        ending = posixpath.basename(low).rpartition(".")[2]
        if "vba" in posixpath.basename(low) or "/activex/" in low or "/macrosheets/" in low:
            raise Unfit(RUNS)
        if "/embeddings/" in low:
            raise Unfit(HIDES)
        is_printer = "/printersettings/" in low and ending == "bin"
        if not is_printer and not _is_about(low) and ending not in _XML | _OTHER:
            raise Unfit(HIDES)


def _types(package: Package) -> ET.Element:
    """The list of what each part is, without those that are left out."""
    types = _tree(package, "[Content_Types].xml", _TYPES)
    for each in list(types):
        if _is_about(str(each.get("PartName")).lstrip("/")):
            types.remove(each)
    return types


def _part(package: Package, name: str) -> Iterator[bytes]:
    ending = name.lower().rpartition(".")[2]
    if ending == "rels":
        return iter([_links(package, name)])
    if ending in _XML:
        return read_xml(package.pieces(name))
    return picture(package, name)


def _links(package: Package, name: str) -> bytes:
    """What a part points to: other parts, and addresses that a reader may open; nothing that is fetched unasked."""
    links = _tree(package, name, _LINKS)
    home = posixpath.dirname(posixpath.dirname(name))
    for link in list(links):
        target = str(link.get("Target"))
        if link.get("TargetMode") == "External":
            if not str(link.get("Type")).endswith("/hyperlink"):
                raise Unfit(LOADS)
        elif _is_about(posixpath.normpath(posixpath.join("/", home, target)).lstrip("/")):
            links.remove(link)
    return bytes(ET.tostring(links, "UTF-8", xml_declaration=True))


def _tree(package: Package, name: str, namespace: str) -> ET.Element:
    ET.register_namespace("", namespace)
    # Read by our own reader first: what defines something of its own never comes to the tree.
    whole = b"".join(itertools.chain(read_xml(iter([package.whole(name)]))))
    try:
        return ET.fromstring(whole)  # noqa: S314
    except ET.ParseError:
        raise Unfit(UNREADABLE) from None
