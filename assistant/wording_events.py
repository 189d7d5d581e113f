"""What is said of life events: the checklist and what comes next."""

from __future__ import annotations

from typing import Final

from knowledge.procedure import Text

NEXT_HEADING: Final = Text(vi="Việc thường làm tiếp", en="What usually comes next")
STEP_BY: Final = Text(vi="Hạn: {words}", en="Deadline: {words}")
STEP_CARRIES: Final = Text(vi="Dùng lại từ việc trước: {words}", en="Carried over: {words}")
AT_ONCE: Final = Text(vi="thay cho {count} việc khác dưới đây", en="takes the place of {count} others below")
STEP_WITHOUT_CODE: Final = Text(
    vi="Việc này không có trong danh mục thủ tục tôi tra được; cần hỏi kỹ hơn, anh/chị gọi {hotline}.",
    en="This one is not in the catalogue of procedures that I can look up; call {hotline} for more.",
)
EVENT_HOW: Final = Text(
    vi="Gõ số hoặc bấm vào việc để xem giấy tờ, lệ phí, nơi nộp.",
    en="Type a number, or tap one, for its papers, fees and office.",
)
