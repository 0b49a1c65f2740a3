"""Names of files: shown and kept anywhere without harm."""

import pytest

from ideas.text.file_names import LONGEST, safe


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("leaflet.pdf", "leaflet.pdf"),
        ("Café – Größe 2.pdf", "Café – Größe 2.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\amara\rota.pdf", "rota.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie x.pdf"),
        ("safe\u202efdp.exe.pdf", "safefdp.exe.pdf"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ("con.pdf", "file con.pdf"),
        ("LPT1.tar.pdf", "file LPT1.tar.pdf"),
        ("CON .pdf", "file CON.pdf"),
        (".pdf", "file.pdf"),
        ("...pdf", "file.pdf"),
        ("   .  .pdf", "file.pdf"),
        ('what? "this" <is>|it*.pdf', "what this is it.pdf"),
        ("trailing. . .pdf", "trailing.pdf"),
        ("photo.JPEG", "photo.pdf"),
        ("no ending", "no ending.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("half\ud800letter.pdf", "halfletter.pdf"),
        ("", "file.pdf"),
    ],
)
def test_a_name_is_kept_as_far_as_it_does_no_harm(given: str, kept: str) -> None:
    assert safe(given, "pdf") == kept


def test_a_name_that_never_ends_keeps_its_ending() -> None:
    name = safe("a" * 300 + ".pdf", "pdf")
    assert len(name) == LONGEST
    assert name.endswith("a.pdf")
