"""The rows of the fact card on a page: nothing is said twice."""

import re

import pytest

from channels.web.rendering import card_row


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (("Lệ phí: 30.000 đồng/thẻ",), ("Lệ phí", ("30.000 đồng/thẻ",))),
        (("Phí: 8.000 đồng/bản",), ("Phí", ("8.000 đồng/bản",))),
        (("không thu",), ("Lệ phí", ("không thu",))),
        (("Phí: 5.000 đồng", "Lệ phí: 2.000 đồng"), ("Lệ phí", ("Phí: 5.000 đồng", "Lệ phí: 2.000 đồng"))),
    ],
)
def test_a_single_line_that_says_which_fee_it_is_gives_the_row_its_label(lines, shown):
    assert card_row("fee", "Lệ phí", lines, "vi") == shown


def test_no_row_of_a_card_repeats_its_label(client):
    client.post("/hoi", data={"text": "Làm lại bằng lái xe bị mất cần gì?"})
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", client.get("/").text, re.DOTALL)

    assert rows
    for label, words in rows:
        assert not re.match(rf"(?:<[^>]+>)*{re.escape(label)}\s*:", words), (label, words)
