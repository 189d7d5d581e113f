"""A foreign page with the widget: its markup, and what a person does in it."""

from __future__ import annotations

BIRTH = "Làm giấy khai sinh cho con cần gì?"
OPEN, BOX = "Hỏi trợ lý 1022", "Câu hỏi của anh/chị"
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phường</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<body><h1>Trang của phường</h1><button>Nút của trang</button>"""


def opened(page, name=OPEN):
    page.get_by_role("button", name=name).click()
    return page


def asked(page, text, number=1, box=BOX):
    page.get_by_label(box).fill(text)
    page.keyboard.press("Enter")
    turn = page.locator("tro-ly-1022 article").nth(number - 1)
    turn.locator(".answer").wait_for()
    return turn


def stored(page):
    return page.evaluate("({...sessionStorage})")
