"""What is said while a form is filled in, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from assistant.conversation import Status
from knowledge.procedure import Text

BEGIN: Final = Text(
    vi="Tôi hỏi từng mục rồi điền giúp anh/chị {form}.", en="I will ask item by item and fill in the {form} for you."
)
NOT_SEEN: Final = Text(vi="Về mẫu này: {note}", en="About this form: {note}")
HELD: Final = Text(vi="Anh/chị đã cho biết", en="You have already told me")
TAKEN: Final = Text(
    vi="Tôi ghi được, anh/chị xem giúp đã đúng chưa", en="This is what I noted; please see whether it is right"
)
NOTED: Final = Text(vi="Đã ghi {label}: {shown}.", en="Noted, {label}: {shown}.")
FROM_WORDS: Final = Text(vi="{label}: {shown} (từ «{words}»)", en="{label}: {shown} (from “{words}”)")
VALUE: Final = Text(vi="{label}: {shown}", en="{label}: {shown}")
DOUBT: Final = Text(vi="{label}: {message}", en="{label}: {message}")
EXAMPLE: Final = Text(vi="Ví dụ: {example}", en="For example: {example}")
NOT_READ: Final = Text(
    vi="Tôi chưa đọc được mục «{label}» trong câu này.", en="I could not read “{label}” in this message."
)
NEEDED: Final = Text(
    vi="Mẫu cần mục «{label}». Chưa biết thì anh/chị nhắn «bỏ qua», lúc in ra viết tay vào chỗ trống.",
    en="The form needs “{label}”. If you do not know it now, write “skip” and fill it in by hand on the printout.",
)
UNFINISHED: Final = Text(
    vi="Tờ khai còn thiếu «{label}» (số mục bắt buộc còn trống: {count}). Muốn có ngay để viết tay chỗ trống, anh/chị nhắn «xuất tờ khai».",
    en="The form still needs “{label}” (required items left: {count}). To have it now and fill the gaps in by hand, write “export the form”.",
)
WHY: Final = Text(vi="Vì sao hỏi: {why}", en="Why I ask: {why}")
CHANGED: Final = Text(
    vi="Mẫu tờ khai đã có bản mới. Tôi giữ lại những mục còn dùng được, anh/chị xem lại giúp khi xong.",
    en="The form has a new version. I kept what still fits; please look it over at the end.",
)
WHICH_FIELD: Final = Text(vi="Anh/chị muốn sửa mục nào?", en="Which item would you like to change?")
WHICH_FORM: Final = Text(vi="Anh/chị cần điền tờ khai nào?", en="Which form would you like to fill in?")
EDIT: Final = Text(vi="Sửa {label}", en="Change {label}")
REVIEW: Final = Text(vi="Anh/chị xem lại {form}", en="Please look the {form} over")
MISSING: Final = Text(
    vi="Còn trống, có thể viết tay sau khi in", en="Still empty; can be written by hand on the printout"
)
LEFT_EMPTY: Final = Text(vi="để trống", en="left empty")
BLOCKED: Final = Text(
    vi="Chỗ này mâu thuẫn nên chưa xuất được tờ khai, anh/chị sửa giúp",
    en="This contradicts, so the form cannot be made yet; please correct it",
)
WARNED: Final = Text(vi="Anh/chị xem lại giúp", en="Please check")
READY: Final = Text(
    vi="Xong {form}. Anh/chị tải về bên dưới, xem lại lần cuối rồi ký.",
    en="The {form} is done. Download it below, read it once more and sign it.",
)
BRING: Final = Text(vi="Mang theo khi nộp", en="What to bring")
KEPT_FOR: Final = Text(
    vi="Sau khi tải, bản điền này tự xóa trong một giờ, trừ khi anh/chị bấm giữ lại.",
    en="An hour after you download it, what you filled in is deleted, unless you choose to keep it.",
)
ALSO_NEEDED: Final = Text(
    vi="Thủ tục này cần thêm {form}. Tải tờ này về xong, anh/chị nhắn «điền giúp {form}»; phần đã khai tôi hỏi rồi lấy lại.",
    en="This procedure needs the {form} too. After downloading this one, write “fill in the {form}”; I will ask before I reuse anything.",
)
REVIEW_WAITS: Final = Text(
    vi="Anh/chị xem lại giúp: đúng hết thì nhắn «đúng rồi», cần sửa thì nhắn «sửa» và tên mục, ví dụ «sửa ngày sinh».",
    en="Please look it over: if all is right write “that's right”; to change an item, for example “change the date of birth”.",
)
FROM_FORM: Final = Text(vi="Theo {legal}; đọc ngày {as_of}.", en="By {legal}; read on {as_of}.")

AGREE: Final = Text(vi="Đồng ý", en="I agree")
NO: Final = Text(vi="Thôi", en="No")
RIGHT: Final = Text(vi="Đúng rồi", en="That is right")
DROP: Final = Text(vi="Không đúng", en="That is wrong")
SKIP: Final = Text(vi="Bỏ qua", en="Skip")
NONE: Final = Text(vi="Không có", en="None")
LATER: Final = Text(vi="Để sau", en="Later")
ALL_RIGHT: Final = Text(vi="Đúng hết, xuất tờ khai", en="All right, make the form")
LOOK_OVER: Final = Text(vi="Xem lại", en="Look it over")
GO_ON: Final = Text(vi="Tiếp tục tờ khai", en="Continue the form")
FILL_IN: Final = Text(vi="Điền sẵn tờ khai", en="Fill in the form")
FILL_THIS: Final = Text(vi="Điền giúp {form}", en="Fill in the {form}")
REMEMBER: Final = Text(vi="Nhớ thông tin của tôi", en="Remember my details")
YES: Final = Text(vi="Có", en="Yes")
NOPE: Final = Text(vi="Không", en="No")

FORM_SAID: Final[dict[Status, Text]] = {
    Status.FORM_PAUSED: Text(
        vi="Tôi giữ phần đã khai. Khi nào làm tiếp, anh/chị nhắn «tiếp tục tờ khai».",
        en="I keep what you have told me. Write “continue the form” when you are ready.",
    ),
    Status.FORM_CANCELLED: Text(
        vi="Đã bỏ tờ khai, phần đã khai không giữ lại. Anh/chị cần gì cứ hỏi tiếp nhé.",
        en="The form is dropped and nothing of it is kept. Ask me anything else whenever you like.",
    ),
    Status.FORM_BUSY: Text(
        vi=(
            "Tôi đang giữ một tờ khai khác của anh/chị. Nhắn «tiếp tục tờ khai» để làm tiếp hoặc tải về, «huỷ tờ khai» để bỏ nó rồi bắt đầu "
            "tờ mới."
        ),
        en=(
            "I am holding another form of yours. Write “continue the form” to go on with it or download it, or “cancel the form” to drop it "
            "and begin a new one."
        ),
    ),
    Status.FORM_NONE_OPEN: Text(
        vi="Hiện không có tờ khai nào đang làm dở. Anh/chị nói tên tờ khai cần điền, ví dụ: «điền giúp tờ khai khai sinh».",
        en="No form is being filled in. Tell me which one you need, for example: “fill in the birth registration form”.",
    ),
    Status.PROFILE_ASKED: Text(vi="{consent}", en="{consent}"),
    Status.PROFILE_KEPT: Text(
        vi="Đã nhớ. Lần sau tôi sẽ hỏi anh/chị trước khi dùng lại. Muốn xem: «thông tin đã nhớ»; muốn xóa: «xóa thông tin đã nhớ».",
        en="Kept. Next time I will ask before I use it. To see it write “what you remember”; to delete it, “forget my details”.",
    ),
    Status.PROFILE_DECLINED: Text(vi="Vâng, tôi không giữ gì.", en="All right, nothing is kept."),
    Status.PROFILE_FORGOTTEN: Text(vi="Đã xóa thông tin đã nhớ.", en="Your details are deleted."),
    Status.PROFILE_CLOSED: Text(
        vi="Ở đây chưa giữ được thông tin cho lần sau. Tờ khai này anh/chị vẫn làm như thường.",
        en="Details cannot be kept for the next time here. This form works as usual.",
    ),
}
"""What a status says by itself."""

NOT_KEPT: Final = Text(
    vi="(Lời khai trong tờ khai không được giữ ở đây.)", en="(What was told for the form is not kept here.)"
)
"""Stands for a form's turns in the conversation: only the sealed draft holds what was told."""

PROFILE_TITLE: Final = Text(vi="Tôi đang nhớ của anh/chị", en="This is what I remember of you")
PROFILE_EMPTY: Final = Text(vi="Tôi chưa nhớ thông tin nào của anh/chị.", en="I remember nothing of you yet.")
USE_PROFILE: Final = Text(
    vi="Lần trước anh/chị đã cho giữ những thông tin này. Dùng lại cho tờ khai này không?",
    en="You let me keep these details last time. Shall I use them in this form?",
)
USE_EARLIER: Final = Text(
    vi="Tôi lấy lại những mục này từ tờ khai vừa rồi, được không ạ?",
    en="Shall I take these items over from the form just done?",
)
PROFILE_LABEL: Final[dict[str, Text]] = {
    "name": Text(vi="Họ tên", en="Name"),
    "birth": Text(vi="Ngày sinh", en="Date of birth"),
    "sex": Text(vi="Giới tính", en="Sex"),
    "identity": Text(vi="Số định danh", en="Identification number"),
    "document": Text(vi="Giấy tờ tùy thân", en="Identity paper"),
    "phone": Text(vi="Điện thoại", en="Phone"),
    "email": Text(vi="Thư điện tử", en="E-mail"),
    "address": Text(vi="Nơi cư trú", en="Residence"),
    "temporary_address": Text(vi="Nơi tạm trú", en="Temporary residence"),
    "ethnicity": Text(vi="Dân tộc", en="Ethnicity"),
    "nationality": Text(vi="Quốc tịch", en="Nationality"),
}
