"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from datetime import date

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.said import bare, doubt, quoted, refuse
from assistant.forms.kinds.spoken import digit_run, tokens
from assistant.forms.values import Read, Unreadable
from knowledge.text import fold

_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_FOREIGN = re.compile(r"\+(?!84)[1-9][0-9]{6,14}")
_LABEL = re.compile(
    r"(?i)^(?:(?:số|so|điện|dien|thoại|thoai|di|động|dong|sđt|sdt|đt|dt|tel|phone|number|mobile|zalo|gọi|goi|của|cua|tôi|toi|em|là|la|my|is)"
    r"(?:[\s:.]+|$))+(?=\S)"
)
_ZALO = re.compile(r"(?i)\s*\(?\b(?:có |dùng )?zalo\)?$")
_OLD_PREFIXES = {
    **dict(zip("0120 0121 0122 0126 0128".split(), "070 079 077 076 078".split(), strict=True)),
    **dict(zip("0123 0124 0125 0127 0129".split(), "083 084 085 081 082".split(), strict=True)),
    **{f"016{digit}": f"03{digit}" for digit in range(2, 10)},
    **dict(zip("0186 0188 0199".split(), "056 058 059".split(), strict=True)),
    **dict(zip("0511 0510".split(), "0236 0235".split(), strict=True)),
}
"""Mobile prefixes until 2018 and landline codes of Da Nang and Quảng Nam until 2017, with today's."""
_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_SPOKEN_EMAIL = (
    (re.compile(r"(?i)\s*(?<!\w)(?:a còng|a cong|a móc|a moc)(?!\w)\s*"), "@"),
    (re.compile(r"(?i)\s*(?<!\w)(?:chấm|cham|dot)(?!\w)\s*"), "."),
    (re.compile(r"(?i)\s*(?<!\w)(?:gạch dưới|gach duoi)(?!\w)\s*"), "_"),
    (re.compile(r"(?i)\s*(?<!\w)(?:gạch ngang|gach ngang)(?!\w)\s*"), "-"),
)
_EMAIL_LABEL = re.compile(r"(?i)^(?:(?:địa chỉ|dia chi|thư điện tử|e?-?mail|gmail|hộp thư|của tôi|là|la|is|my)[\s:]+)+")
_LIKELY_TYPOS = {
    "gmail.con": "gmail.com",
    "gmail.cm": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.com.vn": "gmail.com",
    "gmai.com": "gmail.com",
    "gmial.com": "gmail.com",
    "gamil.com": "gmail.com",
    "yahoo.con": "yahoo.com",
    "yaho.com": "yahoo.com",
}


def phone(said: str, _blank: FormField | Column, _today: date) -> Read:
    """The number in ten digits, a landline in eleven, one from abroad with its plus.

    Raises:
        Unreadable: there are letters, too few or too many digits, or a prefix that nobody has today.

    """
    text = _ZALO.sub("", _LABEL.sub("", bare(said)))
    number = _digits(text)
    if _FOREIGN.fullmatch(number):
        told = doubt(
            "phone_foreign",
            f"Tôi ghi {number}, là số nước ngoài. Cơ quan có thể không gọi được; nếu có số Việt Nam, anh/chị ghi số đó.",
            f"I put down {number}, a number abroad. The office may not be able to call it; a Vietnamese one is better.",
        )
        return Read(data=number, shown=number, warnings=(told,))
    number = re.sub(r"^(?:\+84|0084|84(?=[0-9]{9,10}$))0?", "0", number)
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return Read(data=number, shown=number)
    if _MOBILE.fullmatch(f"0{number}"):
        told = doubt("phone_zero", f"Tôi thêm số 0 ở đầu: 0{number}.", f"I added the leading 0: 0{number}.")
        return Read(data=f"0{number}", shown=f"0{number}", warnings=(told,))
    raise _no_phone(number)


def _digits(text: str) -> str:
    """The digits, a plus before them kept.

    Raises:
        Unreadable: there is something else.

    """
    run = digit_run([part for token in tokens(text) for part in re.split(r"[.,]", token)])
    if run is None or re.search(r"[^\w\s.,()+/-]", text) or "+" in text.lstrip(" (")[1:]:
        raise refuse(
            "phone_letters",
            f"Số điện thoại chỉ có chữ số, tôi đọc được {quoted(text)}. Anh/chị ghi lại giúp, ví dụ 0905 123 456.",
            f"A phone number has only digits; I read {quoted(text)}. Please write it again, like 0905 123 456.",
        )
    return f"+{run}" if text.lstrip(" (").startswith("+") else run


def _no_phone(number: str) -> Unreadable:
    today = _OLD_PREFIXES.get(number[:4])
    if today and len(number) in (10, 11):
        new = today + number[4:]
        if _MOBILE.fullmatch(new) or _LANDLINE.fullmatch(new):
            return refuse(
                "phone_old_prefix",
                f"Đầu số {number[:4]} đã đổi thành {today}. Số hiện nay là {new}, đúng thì anh/chị ghi lại số này giúp.",
                f"The prefix {number[:4]} is now {today}. If {new} is the number today, please write that.",
            )
    if len(number) in (10, 11) and number.startswith("0"):
        return refuse(
            "phone_prefix",
            f"Tôi không thấy đầu số nào như {number[:3]}, hoặc số thừa thiếu chữ số. Anh/chị xem lại {number} giúp.",
            f"No number begins with {number[:3]} and has {len(number)} digits. Please check {number}.",
        )
    return refuse(
        "phone_length",
        f"Số di động có 10 chữ số, số bàn Đà Nẵng 11 (0236 hoặc 0235 ở đầu); tôi đếm được {len(number.lstrip('+'))}. Anh/chị ghi lại giúp.",
        f"A mobile number has 10 digits, a landline here 11 (0236 or 0235 first); I count {len(number.lstrip('+'))}. Please check.",
    )


def email(said: str, _blank: FormField | Column, _today: date) -> Read:
    """The address as written.

    Raises:
        Unreadable: it is none; told what is wrong.

    """
    text = _EMAIL_LABEL.sub("", bare(said))
    for spoken, sign in _SPOKEN_EMAIL:
        text = spoken.sub(sign, text)
    text = text.strip(" .,;<>")
    if not _EMAIL.fullmatch(text) or ".." in text:
        raise _no_email(text)
    mailbox, domain = text.rsplit("@", 1)
    meant = _LIKELY_TYPOS.get(domain.lower())
    if meant is None:
        return Read(data=text, shown=text)
    told = doubt(
        "email_typo",
        f"Tôi thấy @{domain}; anh/chị định ghi {mailbox}@{meant} phải không?",
        f"I read @{domain}; did you mean {mailbox}@{meant}?",
    )
    return Read(data=text, shown=text, warnings=(told,))


def _no_email(text: str) -> Unreadable:
    if "@" not in text:
        return refuse(
            "email_at",
            f"Địa chỉ email phải có @, tôi đọc được {quoted(text)}. Anh/chị ghi lại, ví dụ hoa.nguyen@gmail.com.",
            f"An e-mail address has an @; I read {quoted(text)}. Please write it again, like hoa.nguyen@gmail.com.",
        )
    if fold(text) != text.lower() or re.search(r"\s", text):
        return refuse(
            "email_letters",
            f"Email không có dấu tiếng Việt và khoảng trắng, tôi đọc được {quoted(text)}. Anh/chị ghi lại giúp.",
            f"An e-mail address has no Vietnamese marks and no spaces; I read {quoted(text)}. Please write it again.",
        )
    return refuse(
        "email_form",
        f"Tôi chưa đọc được email {quoted(text)}. Anh/chị ghi lại, ví dụ hoa.nguyen@gmail.com.",
        f"I cannot read the e-mail address {quoted(text)}. Please write it again, like hoa.nguyen@gmail.com.",
    )
