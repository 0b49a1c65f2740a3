"""What must not be written here is found, and what only looks like it is let through."""

from __future__ import annotations

import time

import pytest

from ideas.text import patient_details


@pytest.mark.parametrize(
    "text",
    [
        "9434765919",
        "943 476 5919",
        "NHS no.943-476-5919,",
        "(943  476 5919)",
        "943–476–5919",
        "943.476.5919",
        "943\u00a0476\u00a05919",
        "943\u200b476\u200b5919",
    ],
)
def test_a_valid_nhs_number_is_found_however_it_is_typed(text: str) -> None:
    assert patient_details.nhs_numbers(f"The lady {text} waited.")


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918",  # the sum is wrong
        "07700 900123",
        "2026-11-23 14:30",
        "1.9434765919",
        "99434765919",
        "0000000000",
        "",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert not patient_details.nhs_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "DOB 4/5/42",
        "d.o.b.: 04/05/1942",
        "born in 1942",
        "Date of birth 4 May 1942",
        "seen 04/05/1942",
        "seen 4 May 1942",
        "1942-05-04",
    ],
)
def test_what_looks_like_a_date_of_birth_is_questioned(text: str) -> None:
    assert [finding.why for finding in patient_details.questions(text)] == ["looks like a date of birth"]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Hall in bed 4",
        "bed 12: Mr O’Hara",
        "Ethel Jones, bed 4",
        "Mary Hill is in room 12b",
        "Bay C (Mary Hill)",
    ],
)
def test_a_name_beside_a_bed_is_questioned(text: str) -> None:
    assert [finding.why for finding in patient_details.questions(text)] == ["looks like a name beside a bed"]


@pytest.mark.parametrize(
    "text",
    [
        "We try it from 04/05/2026 to 1 June 2026",
        "Dr Patel on Ward 9 agrees",
        "Acute Medical Unit, bed 4",
        "Every Monday in bay C",
        "In May 1999 we did the same",
        "Bed 4: The mattress is worn",
        "",
    ],
)
def test_ordinary_words_are_not_questioned(text: str) -> None:
    assert not patient_details.questions(text)


@pytest.mark.parametrize("part", ["A'", "Aa-", "Mr Aa-", "bed 4: Aa-", "born : ", "4 May, ", "943 47", "Aday"])
def test_a_long_text_made_to_be_slow_is_read_soon(part: str) -> None:
    text = part * (100_000 // len(part))
    began = time.process_time()

    patient_details.questions(text)
    patient_details.nhs_numbers(text)

    # Where each part is read to the end of the text, this takes ten seconds and more.
    assert time.process_time() - began < 2
