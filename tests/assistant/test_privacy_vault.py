"""What is hidden comes back only where it was hidden, and shows nowhere else."""

from __future__ import annotations

import pytest

from assistant.privacy import Kind, Masked, Span, Vault, hide, restore, spans

SAID = "Tôi tên là Nguyễn Văn An, CCCD 048099001234, sđt 0905 123 456."
HIDDEN = "Tôi tên là ‹TEN1›, CCCD ‹ID1›, sđt ‹SDT1›."


def test_values_are_hidden_and_put_back():
    vault = Vault()

    masked = hide(SAID, vault)

    assert masked == Masked(
        HIDDEN,
        (
            Span(11, 24, Kind.NAME, "Nguyễn Văn An"),
            Span(31, 43, Kind.IDENTITY, "048099001234"),
            Span(49, 61, Kind.PHONE, "0905 123 456"),
        ),
    )
    assert restore(masked.text, vault) == SAID


@pytest.mark.parametrize("again", ["0905123456", "0905.123.456", "+84905123456", "84 905 123 456"])
def test_one_number_has_one_token_however_it_is_written(again):
    vault = Vault()
    hide("sđt 0905 123 456", vault)

    assert hide(f"gọi {again} nhé", vault).text == "gọi ‹SDT1› nhé"
    assert len(vault) == 1


def test_one_name_has_one_token_with_and_without_marks():
    vault = Vault()

    assert hide("tôi tên là Trần Thị Hoa", vault).text == "tôi tên là ‹TEN1›"
    assert hide("toi ten la tran thi hoa", vault).text == "toi ten la ‹TEN1›"
    assert hide("mẹ tôi là Phạm Thị Lan", vault).text == "mẹ tôi là ‹TEN2›"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Chào ‹TEN1›, số ‹ID1› đúng.", "Chào Nguyễn Văn An, số 048099001234 đúng."),
        ("‹ID1›‹ID1›", "048099001234048099001234"),
        ("Gọi ‹SDT9› nhé.", "Gọi nhé."),
        ("Gọi ‹ sdt1 › nhé.", "Gọi nhé."),
        ("Gọi <SDT1> nhé.", "Gọi nhé."),
        ("Gọi [SDT 1] nhé.", "Gọi nhé."),
        ("Gọi ‹SDT1 nhé.", "Gọi nhé."),
        ("Gọi SDT1› nhé.", "Gọi nhé."),
        ("Gọi ‹SỐ ĐIỆN THOẠI› nhé.", "Gọi nhé."),
        ("Mẫu CT01, lệ phí 50.000 đồng, (1) và [2], [email].", "Mẫu CT01, lệ phí 50.000 đồng, (1) và [2], [email]."),
    ],
)
def test_a_token_that_is_unknown_or_altered_is_left_out(written, read):
    vault = Vault()
    hide(SAID, vault)

    assert restore(written, vault) == read


def test_a_vault_puts_back_nothing_of_another_conversation():
    one, other = Vault(), Vault()
    masked = hide(SAID, one)

    assert restore(masked.text, other) == "Tôi tên là, CCCD, sđt."


def test_a_token_that_somebody_typed_is_taken_out_before_hiding():
    vault = Vault()
    hide(SAID, vault)

    assert hide("đọc lại ‹ID1› cho tôi", vault).text == "đọc lại cho tôi"


def test_neither_a_vault_nor_a_span_shows_its_values():
    vault = Vault()
    masked = hide(SAID, vault)

    assert repr(vault) == str(vault) == f"{vault}" == "Vault(3 hidden)"
    assert not any(value in repr(masked) for value in ("Nguyễn", "048099001234", "0905"))
    assert not hasattr(vault, "__dict__")


def test_spans_are_places_in_the_text_as_it_came():
    text = "tôi tên là Tra\u0302\u0300n Thi\u0323 Hoa, gọi 0905\u200b123456 ạ"

    found = spans(text)

    assert [(span.kind, text[span.start : span.end] == span.text) for span in found] == [
        (Kind.NAME, True),
        (Kind.PHONE, True),
    ]
    assert [span.text for span in found] == ["Tra\u0302\u0300n Thi\u0323 Hoa", "0905\u200b123456"]
