"""Files from outside: the good ones come back without what they hid, the bad ones not at all."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import threading
import time
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from ideas.adapters.files import cleaning
from ideas.adapters.files.kinds import FileKind
from ideas.adapters.files.store import Store
from ideas.adapters.files.unfit import Unfit
from ideas.config import ROOT
from ideas.domain import attachments
from ideas.domain.errors import Invalid
from tests.helpers import files

if TYPE_CHECKING:
    from pathlib import Path

#: What the process that reads may grow to, with Python and its libraries in it. The server does not grow at all.
READER_MB = 150
#: On an idle machine none takes a second; two tests at once on a busy one take longer.
SECONDS = 8


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def cleaned(name: str, content: bytes, store: Store) -> bytes:
    with io.BytesIO(content) as dirty, (store.arriving / "dirty").open("w+b") as file:
        file.write(dirty.read())
        file.flush()
        with attachments.clean(name, file, store=store).stream as stream:
            return stream.read()


@pytest.mark.parametrize("name", files.GOOD)
def test_a_good_file_is_taken_and_tells_nothing_of_who_made_it(name: str, store: Store) -> None:
    dirty = files.GOOD[name]()

    clean = cleaned(name, dirty, store)

    assert clean[:4] == dirty[:4] or name.endswith(("txt", "csv"))
    whole = b"".join(parts(clean)) if clean.startswith(b"PK") else clean
    assert b"Amara" not in whole


def parts(package: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as zipped:
        assert zipped.testzip() is None
        return [zipped.read(name) + name.encode() for name in zipped.namelist()]


def test_a_document_keeps_its_words_and_loses_who_wrote_them(store: Store) -> None:
    clean = cleaned("protocol.docx", files.office(), store)

    with zipfile.ZipFile(io.BytesIO(clean)) as zipped:
        assert zipped.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        assert zipped.read("word/document.xml").decode() == files.BODY
        assert {part.date_time[0] for part in zipped.infolist()} == {1980}


def test_an_opendocument_text_names_what_it_is_first_and_unpacked(store: Store) -> None:
    clean = cleaned("letter.odt", files.opendocument(Pictures__a_jpg=files.picture()), store)

    with zipfile.ZipFile(io.BytesIO(clean)) as zipped:
        assert zipped.namelist() == ["mimetype", "content.xml", "Pictures/a.jpg", "META-INF/manifest.xml"]
        assert zipped.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert not Image.open(io.BytesIO(zipped.read("Pictures/a.jpg"))).getexif()


def test_a_link_in_a_document_stays_a_link(store: Store) -> None:
    inside = files.links(("hyperlink", "https://www.nhs.uk/", "External"))

    clean = cleaned("protocol.docx", files.office(word___rels__document_xml_rels=inside), store)

    assert any(b"https://www.nhs.uk/" in part for part in parts(clean))


def test_a_photo_is_turned_the_way_it_was_taken_and_made_no_larger_than_a_page(store: Store) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    made = io.BytesIO()
    Image.new("RGB", (6000, 3000)).save(made, "JPEG", exif=turned)

    with Image.open(io.BytesIO(cleaned("ward.jpg", made.getvalue(), store))) as photo:
        assert photo.size == (1500, 3000)
        assert not photo.getexif()


def test_a_table_of_an_english_machine_becomes_utf_8(store: Store) -> None:
    assert "£1.50" in cleaned("waits.csv", files.GOOD["waits.csv"](), store).decode()


def test_a_pdf_still_has_its_pages(store: Store) -> None:
    with pikepdf.open(io.BytesIO(cleaned("leaflet.pdf", files.pdf(), store))) as document:
        assert len(document.pages) == 1
        assert "/Info" not in document.trailer
        assert "/Metadata" not in document.Root


def test_what_stands_after_the_end_of_a_file_is_left_out(store: Store) -> None:
    code = b"<?php system($_GET['x']); ?><script>x()</script>"
    for name, content in (("a.pdf", files.pdf()), ("a.png", files.picture("PNG")), ("a.jpg", files.picture())):
        assert b"<script>" not in cleaned(name, content + code, store)


def test_bad_files_are_refused_with_a_clear_word_each_in_little_time_and_memory(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, wrong = [], []
    for case, (name, make, words) in files.BAD.items():
        content = make()
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.monotonic()
        try:
            cleaned(name, content, store)
            said = "TAKEN"
        except Invalid as refusal:
            said = refusal.words
        took = time.monotonic() - began
        grew = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own) / 1024
        rows.append(f"{case:52} {len(content):>10,} B {took:5.2f} s {grew:4.0f} MB  {said}")
        wrong += [rows[-1]] if words not in said or took > SECONDS or grew > 100 else []

    with capsys.disabled():
        print("\n" + "\n".join(rows))
    assert not wrong
    assert len(rows) >= 20
    assert [file.name for file in store.folder.rglob("*") if file.is_file()] == ["dirty"], "something was kept"


#: Started small, so that what it measures is the reader, and not the tests that it came from.
MEASURE = """
import resource, subprocess, sys
for kind, file in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(file, "rb") as dirty:
        reader = [sys.executable, "-m", "ideas.adapters.files.cleaner", kind]
        subprocess.run(reader, stdin=dirty, stdout=open(file + ".clean", "w+b"), stderr=subprocess.DEVNULL)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_a_bomb_does_not_grow_the_process_that_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bombs = {
        "docx": files.zip_bomb(),
        "xlsx": files.overlapping_zip_bomb(),
        "png": files.png_bomb(),
        "pdf": files.pdf_bomb(),
    }
    words = []
    for kind, content in bombs.items():
        (tmp_path / kind).write_bytes(content)
        words += [kind, str(tmp_path / kind)]

    done = subprocess.run([sys.executable, "-c", MEASURE, *words], cwd=ROOT, capture_output=True, text=True, check=True)

    with capsys.disabled():
        print("\nlargest reading process, after each bomb:", dict(zip(bombs, done.stdout.split(), strict=True)), "MB")
    assert max(int(each) for each in done.stdout.split()) < READER_MB


def test_of_many_files_at_once_some_are_read_and_the_others_keep_no_thread_of_the_server(store: Store) -> None:
    """Each that waits keeps a thread: eight slow ones were enough to let nobody else in for half a minute."""
    many = 3 * cleaning.AT_ONCE
    together, ends = threading.Barrier(many), []

    def send(number: int) -> None:
        with (store.arriving / str(number)).open("w+b") as file:
            file.write(files.pdf())
            file.flush()
            together.wait()
            try:
                cleaning.clean(FileKind.PDF, file, store.arriving).close()
            except Unfit as unfit:
                ends.append(unfit.words)
            else:
                ends.append("read")

    senders = [threading.Thread(target=send, args=(number,)) for number in range(many)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert cleaning.AT_ONCE <= ends.count("read") < many
    assert ends.count(cleaning.CROWDED) == many - ends.count("read")
    assert cleaned("a.pdf", files.pdf(), store).startswith(b"%PDF")
