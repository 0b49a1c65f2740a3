"""OpenDocument text: written anew without who made it and when; macros and hidden files are refused."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import BinaryIO

from ideas.adapters.files.kinds import FileKind
from ideas.adapters.files.unfit import Unfit

from .packages import HIDES, LOADS, LOCKED, RUNS, Package, Writer, picture, read_xml

_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_XLINK = "http://www.w3.org/1999/xlink href"
_PARTS = ("content.xml", "styles.xml")
_PICTURES = {"png", "jpg", "jpeg", "gif", "bmp", "emf", "wmf", "svm", "tif", "tiff", "svg"}
#: Elements that run, or bring a file of their own.
_RUN = {"script", "event-listener", "applet", "plugin"}
_HIDE = {"object", "object-ole", "floating-frame"}


def clean(kind: FileKind, dirty: BinaryIO, cleaned: BinaryIO) -> None:
    """Write the document anew. Raises Unfit."""
    package = Package(dirty, f"an {kind.words}")
    if package.whole("mimetype") != kind.media_type.encode():
        raise Unfit(f"This is not an {kind.words}, whatever its name says. Choose the file that you mean.")
    for name in package.names:
        top = name.partition("/")[0]
        if top in ("Basic", "Scripts", "Dialogs"):
            raise Unfit(RUNS)
        if top.startswith("Object"):
            raise Unfit(HIDES)
    kept = [name for name in package.names if name in _PARTS or _is_picture(name)]
    writer = Writer(cleaned)
    writer.write("mimetype", iter([kind.media_type.encode()]), packed=False)
    for name in kept:
        xml = name in _PARTS or name.endswith(".svg")
        writer.write(name, read_xml(package.pieces(name), _look) if xml else picture(package, name))
    writer.write("META-INF/manifest.xml", iter([_manifest(package, kind, kept)]))
    writer.close()


def _is_picture(name: str) -> bool:
    return name.startswith("Pictures/") and name.lower().rpartition(".")[2] in _PICTURES


def _look(name: str, attributes: dict[str, str]) -> None:
    word = name.rpartition(" ")[2]
    if word in _RUN:
        raise Unfit(RUNS)
    if word in _HIDE:
        raise Unfit(HIDES)
    # A link is opened by who reads; anything else with an address is fetched unasked.
    if word != "a" and ":" in attributes.get(_XLINK, ""):
        raise Unfit(LOADS)


def _manifest(package: Package, kind: FileKind, kept: list[str]) -> bytes:
    """The list of parts, of our own making. Raises Unfit when the document's own speaks of a password."""

    def refuse_password(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" encryption-data"):
            raise Unfit(LOCKED)

    for _ in read_xml(package.pieces("META-INF/manifest.xml"), refuse_password):
        pass
    ET.register_namespace("manifest", _MANIFEST)
    root = ET.Element(f"{{{_MANIFEST}}}manifest", {f"{{{_MANIFEST}}}version": "1.2"})
    for path, type_ in [("/", kind.media_type), *((name, "text/xml" if name in _PARTS else "") for name in kept)]:
        about = {f"{{{_MANIFEST}}}full-path": path, f"{{{_MANIFEST}}}media-type": type_}
        ET.SubElement(root, f"{{{_MANIFEST}}}file-entry", about)
    return bytes(ET.tostring(root, "UTF-8", xml_declaration=True))
