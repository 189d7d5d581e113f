"""What is said of things done for a citizen beside looking procedures up: a person, a dossier, a report, one's own data."""

from __future__ import annotations

from typing import Final

from assistant.conversation import Status
from assistant.wording_forms import FORM_SAID
from knowledge.procedure import Text

HOTLINE: Final = "1022"
HOTLINE_OUTSIDE: Final = "0236.1022"
"""From outside the city's network (reference: domain.md §2, PLVN 25/6/2025)."""

REPORT_PAGE: Final = "https://gopy.danang.gov.vn"
"""Where the city takes reports (reference: domain.md §2.1)."""

SERVICE: Final[dict[Status, Text]] = {
    **FORM_SAID,
    Status.SMALLTALK_COMPLAINT: Text(
        vi=(
            "Xin lỗi anh/chị, tôi trả lời chưa đúng ý. Anh/chị nói rõ giúp: cần giấy tờ gì, cho ai, đang vướng chỗ nào; tôi tìm lại "
            "ngay. Muốn gặp cán bộ, anh/chị nhắn «gặp cán bộ». Thấy câu nào sai, bấm «Trả lời sai?» dưới câu đó để người phụ trách sửa."
        ),
        en=(
            "I am sorry that I got it wrong. Tell me which paper you need, for whom, and where you are stuck, and I will look again. "
            "To reach an officer write “talk to a person”. If an answer is wrong, press “This was wrong” below it and staff will correct it."
        ),
    ),
    Status.DOSSIER_CODE_WANTED: Text(
        vi=(
            "Anh/chị nhắn giúp mã hồ sơ ghi trên giấy hẹn, dạng 000.00.00.H17-260718-0001. "
            "Tôi không cần họ tên hay số căn cước."
        ),
        en=(
            "Please send the dossier code on your receipt; it looks like 000.00.00.H17-260718-0001. "
            "I need no name and no identity number."
        ),
    ),
    Status.DOSSIER_NOT_FOUND: Text(
        vi=(
            "Chưa thấy hồ sơ nào mang mã này. Anh/chị xem lại từng số trên giấy hẹn; hồ sơ mới nộp có khi chưa lên hệ thống. "
            f"Vẫn không thấy, anh/chị gọi {HOTLINE}."
        ),
        en=(
            "No dossier with this code was found. Please compare it with your receipt digit by digit; a new one may not be in the "
            f"system yet. If it still cannot be found, call {HOTLINE}."
        ),
    ),
    Status.DOSSIER_ELSEWHERE: Text(
        vi="Mã này không phải của Đà Nẵng (H17). Anh/chị tra ở cổng dịch vụ công của nơi đã nộp, hoặc Cổng Dịch vụ công quốc gia.",
        en="This code is not Da Nang's (H17). Look it up on the portal of the place where you filed, or on the national portal.",
    ),
    Status.DOSSIER_UNREACHABLE: Text(
        vi=f"Lúc này tôi chưa tra được hồ sơ. Anh/chị thử lại sau ít phút, hoặc gọi {HOTLINE} và đọc mã hồ sơ.",
        en=f"I cannot look dossiers up at the moment. Try again in a few minutes, or call {HOTLINE} and read out the code.",
    ),
    Status.REPORT_REFERRED: Text(
        vi=(
            f"Việc này cần báo để thành phố cử người xử lý. Anh/chị gọi {HOTLINE} (từ ngoài thành phố: {HOTLINE_OUTSIDE}) hoặc gửi "
            f"kèm ảnh ở {REPORT_PAGE}; nói rõ chỗ nào, từ lúc nào. Tôi chưa nhận phản ánh thay anh/chị được."
        ),
        en=(
            f"The city needs to know of this to send somebody. Call {HOTLINE} (from outside the city: {HOTLINE_OUTSIDE}), or send it "
            f"with a photo at {REPORT_PAGE}; say where it is and since when. I cannot file the report for you yet."
        ),
    ),
    Status.HANDED_OVER_WAITING: Text(
        vi=f"Đã đưa cuộc trò chuyện vào hàng chờ của cán bộ tổng đài. Anh/chị cứ hỏi tiếp; cần gấp thì gọi {HOTLINE}.",
        en=f"The conversation is in the officers' queue. You can go on asking; if it is urgent, call {HOTLINE}.",
    ),
    Status.HANDED_OVER_CALL_BACK: Text(
        vi="Giờ này cán bộ đã nghỉ. Yêu cầu của anh/chị được giữ trong hàng chờ, cán bộ làm việc lại lúc {opens}.",
        en="Officers have gone home. Your request is kept in their queue; they are back at {opens}.",
    ),
    Status.HANDED_OVER_DECLINED: Text(
        vi=f"Vâng, tôi không chuyển. Anh/chị cứ hỏi tiếp ở đây, hoặc gọi {HOTLINE} khi cần.",
        en=f"All right, nothing is passed on. Go on asking here, or call {HOTLINE} whenever you like.",
    ),
    Status.PRIVACY_DELETION_WANTED: Text(
        vi="Tôi sẽ xóa hẳn cuộc trò chuyện này và mọi thứ đã giữ về nó; xóa rồi không lấy lại được. Anh/chị chắc chắn xóa không?",
        en="I will delete this conversation and all that is kept of it, for good. Are you sure?",
    ),
    Status.PRIVACY_DELETED: Text(
        vi="Đã xóa. Tôi không còn giữ gì của cuộc trò chuyện này.",
        en="Deleted. Nothing of this conversation is kept any more.",
    ),
    Status.PRIVACY_KEPT: Text(vi="Vâng, tôi giữ nguyên.", en="All right, everything stays as it is."),
    Status.PRIVACY_WITHDRAWN: Text(
        vi="Đã rút đồng ý. Cán bộ không xem được cuộc trò chuyện này nữa.",
        en="Your consent is withdrawn. Officers can no longer see this conversation.",
    ),
    Status.PRIVACY_EXPORTED: Text(
        vi=(
            "Tôi giữ các câu hỏi (đã che số định danh, điện thoại, địa chỉ thư) và câu trả lời của cuộc trò chuyện này, trong {days} ngày "
            "kể từ tin cuối. Anh/chị bấm «Tải dữ liệu của tôi» để lấy tất cả."
        ),
        en=(
            "I keep the questions (with identity numbers, phones and mail addresses hidden) and the answers of this conversation, for "
            "{days} days after the last message. Press “Download my data” to have all of it."
        ),
    ),
}
"""Statuses that need no look-up."""

AGREE: Final = Text(vi="Đồng ý", en="I agree")
DISAGREE: Final = Text(vi="Không", en="No")
DELETE: Final = Text(vi="Xóa hết", en="Delete it all")
KEEP: Final = Text(vi="Không xóa", en="No, keep it")
PERSON: Final = Text(vi="Gặp cán bộ", en="Talk to a person")

INSISTED: Final = Text(
    vi="Tôi chưa chắc đúng ý anh/chị; đây là việc gần nhất. Nếu không phải, anh/chị nhắn «gặp cán bộ».",
    en="I am not sure that this is it; it is the closest I found. If it is not, write “talk to a person”.",
)

DOSSIER_STANDS: Final = Text(vi="Hồ sơ {code}: {status}.", en="Dossier {code}: {status}.")
DOSSIER_PROCEDURE: Final = Text(vi="Thủ tục", en="Procedure")
DOSSIER_APPLICANT: Final = Text(vi="Người nộp (đã che)", en="Applicant (hidden)")
DOSSIER_AGENCY: Final = Text(vi="Nơi đang xử lý", en="Handled by")
DOSSIER_RECEIVED: Final = Text(vi="Ngày nhận", en="Received")
DOSSIER_DUE: Final = Text(vi="Ngày hẹn trả", en="Due")
DOSSIER_RETURNED: Final = Text(vi="Ngày trả kết quả", en="Returned")
DOSSIER_OVERDUE: Final = Text(
    vi=f"Đã quá ngày hẹn. Anh/chị gọi {HOTLINE} hoặc nơi xử lý để hỏi lý do.",
    en=f"It is overdue. Call {HOTLINE} or the office that handles it and ask why.",
)
