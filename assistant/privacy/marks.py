"""Values that are known by their own shape: mail, files, health cards, number plates, passports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy.cues import Cues
from assistant.privacy.kinds import Kind, Span, data
from assistant.privacy.reading import Reading

_MAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})(?: ?@ ?| a cong | at )((?:[\w-]{1,63} ?(?:\.| cham | dot ) ?){1,5}"
    r"(?:com|vn|net|org))(?!\w)"
)
_MAIL_TYPED = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")
_PUBLIC_DOMAIN = re.compile(r"(?:^|\.)(?:gov\.vn|1022\.vn)$")

# What follows a file from office to office: 000.00.01.H17-241231-0001, its dots and its head often left out.
_DOSSIER = re.compile(
    r"(?<!\w)(?:\d{3}[. ]?\d{2}[. ]?\d{2}[. ]?)?h ?\d{2}(?:\.\d{1,3}){0,3}(?: ?[-./] ?| )\d{6}(?: ?[-./] ?| )\d{4,6}(?!\d)"
)
_HEALTH_CARD = re.compile(r"(?<!\w)[a-z]{2}[ .-]?[1-5](?:[ .-]?\d){12}(?![\w]|[.,/-]\d)")
_PLATE = re.compile(
    r"(?<![\w/])(?<!\w[.,/-])(\d{2})([ .-]{0,3})([a-z]{1,2}\d?|[a-z] ?\d)([ .-]{0,3})(\d{3}[. ]?\d{2}|\d{4})(?!\w|[.,/-]\d)"
)
_PASSPORT = re.compile(
    r"(?<![\w./-])[a-z] ?\d{7,8}(?!\w|[.,/-]\d)|(?<![\w./-])[a-z]{1,2} ?\d{3} ?\d{3,4}(?!\w|[.,/-]\d)"
)
_PASSPORT_LETTERS = "bcnpk"
_UNITS = frozenset("m m2 m3 km k h kg tr cm ha tt ct d mm l o a va ty".split())
_MONEY = re.compile(r"\s{0,3}(?:d|vnd|dong|trieu|tr|ty|nghin|ngan(?! hang)|k|usd|do la|m2|met)(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YOUNGEST_PROVINCE = 11


def marked_values(read: Reading, cues: Cues) -> Iterator[Span]:
    """Every value with letters or signs in it; dates of birth and bare numbers are found elsewhere."""
    yield from _mails(read)
    for kind, pattern in ((Kind.DOSSIER, _DOSSIER), (Kind.INSURANCE, _HEALTH_CARD)):
        for match in pattern.finditer(read.plain):
            yield read.span(*match.span(), kind)
    for match in _PLATE.finditer(read.plain):
        if _is_plate(match, read, cues):
            yield read.span(*match.span(), Kind.PLATE)
    for match in _PASSPORT.finditer(read.plain):
        cued = cues.before(match.start()) == "passport"
        short = (
            len(re.sub(r"\W", "", match[0])) in (8, 9) and match[0][0] in _PASSPORT_LETTERS and match[0][1].isdigit()
        )
        if cued or short:
            yield read.span(*match.span(), Kind.PASSPORT)


def is_money(read: Reading, place: int) -> bool:
    """Whether a currency or another unit follows: «123456789 đồng»."""
    return _MONEY.match(read.plain, place) is not None


def _mails(read: Reading) -> Iterator[Span]:
    """Mail addresses, also as they are spoken; the mailboxes of offices are left alone."""
    public = frozenset(data("words")["public_mailboxes"].split())
    if "@" not in read.plain and " a cong " not in read.plain and " at " not in read.plain:
        return
    for pattern in (_MAIL_TYPED, _MAIL):
        for match in pattern.finditer(read.plain):
            office = _PUBLIC_DOMAIN.search(match[2]) and (match[1] in public or match[1].startswith("ubnd"))
            if not office:
                yield read.span(*match.span(), Kind.MAIL)


def _is_plate(match: re.Match[str], read: Reading, cues: Cues) -> bool:
    province, _, series, _, number = match.groups()
    if int(province) < _YOUNGEST_PROVINCE or is_money(read, match.end()):
        return False
    if cues.before(match.start()) == "plate":
        return True
    return series not in _UNITS and not _YEAR.fullmatch(number)
