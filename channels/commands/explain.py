"""Why a search found what it found, for staff: what the words became, each hit's signs, and why the first won."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from channels.commands.screen import out
from knowledge.doubt import Outcome
from knowledge.procedure import Procedure
from knowledge.search import Explanation, Hit, Result

_MOST_SIGNS = 6

_OUTCOMES = {
    Outcome.ANSWER: "trả lời ngay",
    Outcome.ASK_BACK: "hỏi lại",
    Outcome.NOT_FOUND: "không tìm thấy",
}

_WHY = {"keys": "phím Telex/VNI", "letters": "chữ lặp", "sound": "nghe lầm", "number": "số đọc bằng chữ"}

SIGNS = {
    "names": "trùng chữ với lời gần nhất",
    "names_agree": "mấy lời cùng trùng chữ",
    "vectors": "gần nghĩa với lời gần nhất",
    "vectors_agree": "mấy lời cùng gần nghĩa",
    "body": "trùng chữ với nội dung thủ tục",
    "fit": "lời gần nhất được hỏi trọn",
    "coverage": "câu hỏi được đáp trọn",
    "prior": "việc dân hay hỏi",
    "title_words": "trùng chữ với tên chính thức",
    "title_vector": "gần nghĩa với tên chính thức",
    "title_fit": "tên chính thức được hỏi trọn",
    "said_nowhere": "phần câu hỏi không thấy ở đâu",
    "heaviest_unsaid": "chữ nặng nhất không thấy ở đâu",
    "heaviest_unasked": "phần tên không ai hỏi",
    "names_behind": "kém việc trùng chữ nhất",
    "vectors_behind": "kém việc gần nghĩa nhất",
    "agree_behind": "kém việc nhiều lời gần nhất",
    "first_look": "điểm vòng đầu",
    "first_look_behind": "kém việc đứng đầu vòng đầu",
    "votes": "số lời nằm trong nhóm gần nhất",
    "field_votes": "lĩnh vực được nhắc nhiều",
    "ward": "làm ở phường, xã",
    "province": "làm ở thành phố",
    "ministry": "làm ở bộ",
    "citizen": "của người dân",
    "business": "của doanh nghiệp",
    "foreign": "của người nước ngoài",
    "words": "độ dài câu hỏi",
    "english": "hỏi bằng tiếng Anh",
    "accented": "gõ có dấu",
    "says_business": "có nói công ty, doanh nghiệp",
    "says_foreign": "có nói nước ngoài",
}
"""Each feature of the ranker in the words of content staff."""


def show(explained: Explanation, procedures: Mapping[str, Procedure]) -> None:
    """Print what the words became, the verdict, and the hits with their reasons."""
    result = explained.result
    _show_words(result)
    _show_verdict(result)
    for place, (hit, reasons) in enumerate(zip(result.hits, explained.reasons, strict=True), start=1):
        title = procedures[hit.code].title.vi
        out.print(f"\n[bold]{place}. {hit.code}[/bold]  {escape(title)}  (điểm {hit.score:.3f})")
        out.print(f"   lời khớp nhất: «{escape(hit.passage)}»")
        if reasons:
            out.print(_signs(hit, reasons))
    if len(result.hits) > 1 and all(explained.reasons[:2]):
        out.print(f"\nVì sao hơn việc thứ hai: {_lead(explained.reasons)}", markup=False)


def _show_words(result: Result) -> None:
    query = result.query
    out.print(f"Đã gõ:      {query.original}", markup=False)
    for repair in query.repairs:
        out.print(f"   sửa «{repair.typed}» thành «{repair.became}» ({_WHY.get(repair.why, repair.why)})", markup=False)
    out.print(f"Hiểu là:    {' '.join(query.words)}", markup=False)
    out.print(f"Đem đi tìm: {' '.join(query.content)}", markup=False)


def _show_verdict(result: Result) -> None:
    judged = result.judgement
    out.print(
        f"Kết luận:   {_OUTCOMES[result.outcome]} (đúng việc đầu {judged.right:.2f}; thuộc thủ tục nào đó {judged.scope:.2f}; "
        f"mơ hồ {judged.vague:.2f})",
        markup=False,
    )
    if result.group is not None:
        out.print(f"Nhóm:       {result.group.id}: {result.group.question.vi}", markup=False)


def _signs(hit: Hit, reasons: Mapping[str, float]) -> Table:
    table = Table("dấu hiệu", "giá trị", "điểm", box=None, padding=(0, 2), show_header=False)
    for name in sorted(reasons, key=lambda name: -abs(reasons[name]))[:_MOST_SIGNS]:
        table.add_row(f"   {SIGNS[name]}", f"{hit.features[name]:.2f}", f"{reasons[name]:+.2f}")
    return table


def _lead(reasons: Sequence[Mapping[str, float]]) -> str:
    first, second = reasons[0], reasons[1]
    gaps = {name: first.get(name, 0.0) - second.get(name, 0.0) for name in {*first, *second}}
    told = [name for name in sorted(gaps, key=lambda name: -gaps[name]) if gaps[name] > 0][:3]
    return ", ".join(f"{SIGNS[name]} ({gaps[name]:+.2f})" for name in told) or "hơn rất ít"
