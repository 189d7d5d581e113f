"""Every sentence of the messengers that no answer holds, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from knowledge.procedure import Section, Text

TOO_MANY_WAITING: Final = Text(
    vi="Tôi còn {count} tin của anh/chị chưa kịp đọc nên chưa nhận thêm được. Anh/chị đợi khoảng {seconds} giây rồi nhắn lại giúp.",
    en="{count} of your messages are still waiting, so I cannot take more yet. Please write again in about {seconds} seconds.",
)
MAYBE_LOST: Final = Text(
    vi="Lúc nãy đường truyền bị ngắt, có thể một tin của tôi chưa tới anh/chị. Chưa thấy thì anh/chị bấm «Gửi lại».",
    en="The connection broke a moment ago and one of my messages may not have reached you. If so, press “Send again”.",
)
AGAIN: Final = Text(vi="Gửi lại", en="Send again")
NOT_MINE: Final = Text(
    vi="Nút này của câu trả lời cũ, tôi không còn mở lại được. Anh/chị gõ giúp câu cần hỏi.",
    en="This button belongs to an old answer that I can no longer open. Please type what you would like to know.",
)
NOT_IN_COMPANY: Final = Text(
    vi="Việc này có thông tin riêng của anh/chị, mà trong nhóm ai cũng đọc được. Anh/chị nhắn riêng cho tôi để làm tiếp.",
    en="This is about your own details, and everybody in this group can read them. Please write to me in private to go on.",
)
SLOW_DOWN: Final = Text(
    vi="Anh/chị hỏi hơi nhanh, tôi chưa trả lời tin vừa rồi. Xin đợi {time} rồi gửi lại.",
    en="Too many messages, so I have not answered the last one. Please wait {time} and send it again.",
)

CALL_NOW: Final = Text(vi="Gọi ngay: {numbers}", en="Call now: {numbers}")
AND_MORE: Final = Text(vi="… và {count} mục nữa", en="… and {count} more")
CODE: Final = Text(vi="mã {code}", en="code {code}")
READ_ON: Final = Text(vi="đọc ngày {day}", en="read on {day}")
SOURCES: Final = Text(vi="Nguồn", en="Sources")
DOWNLOAD: Final = Text(vi="Tải dữ liệu của tôi", en="Download my data")
CARD: Final = {
    Section.PAPERS: Text(vi="Giấy tờ", en="Papers"),
    Section.FEE: Text(vi="Lệ phí", en="Fees"),
    Section.TIME: Text(vi="Thời hạn", en="Time"),
    Section.WHERE: Text(vi="Nơi nộp", en="Where"),
    Section.ONLINE: Text(vi="Trực tuyến", en="Online"),
}
"""The rows of the fact card."""

PRIVATE_LINK: Final = Text(
    vi="Đường dẫn riêng của tờ khai, ai có cũng xem được nên anh/chị đừng gửi cho người khác:\n{url}",
    en="The private link to your form; whoever has it can see the form, so please do not pass it on:\n{url}",
)
NO_FILE: Final = Text(
    vi="Ở đây tôi chưa gửi được tệp. Anh/chị gọi 1022 để được hướng dẫn lấy tờ khai đã điền.",
    en="I cannot send files here. Call 1022 and an officer will tell you how to get the form.",
)
KEEP_FORM: Final = Text(vi="Giữ lại tờ khai", en="Keep the form")
FORM_KEPT: Final = Text(vi="Đã giữ lại tờ khai này.", en="The form is kept.")
FORM_STRIP: Final = Text(
    vi="Tờ khai đang làm dở ({title}, {settled}/{of} mục): {question}",
    en="The form you are filling in ({title}, {settled}/{of} items): {question}",
)
WORD_FILE: Final = Text(vi="Tờ khai đã điền, bản Word để sửa.", en="Your form in Word, to edit.")
PDF_FILE: Final = Text(vi="Tờ khai đã điền, bản PDF để in và ký.", en="Your form in PDF, to print and sign.")
NOT_MADE: Final = Text(
    vi="Tôi chưa tạo được tệp này. Anh/chị nhắn «xem lại» để thử lại, hoặc gọi 1022.",
    en="I could not make this file. Write “look it over” to try again, or call 1022.",
)
DATA_FILE: Final = Text(vi="Dữ liệu tôi đang giữ của anh/chị.", en="What I keep about you.")

DATA_LISTED: Final = Text(
    vi="Tôi đang giữ {count} lượt hỏi đáp của anh/chị ở đây, số định danh và điện thoại đã che:",
    en="I keep {count} questions of yours with their answers, identity numbers and phones hidden:",
)
DATA_REST: Final = Text(
    vi="Muốn nhận tất cả thành một tệp, anh/chị gọi 1022. Muốn xóa, nhắn «xóa dữ liệu của tôi».",
    en="To have all of it as a file, call 1022. To have it deleted, write “delete my data”.",
)

WRONG: Final = Text(vi="Trả lời sai?", en="This was wrong")
WHAT_WRONG: Final = Text(vi="Câu trả lời đó sai chỗ nào?", en="What was wrong with that answer?")
REASONS: Final = {
    "wrong_procedure": Text(vi="Không đúng thủ tục tôi hỏi", en="Another procedure"),
    "wrong_fact": Text(vi="Sai số liệu, giấy tờ", en="A wrong figure or fact"),
    "incomplete": Text(vi="Còn thiếu", en="Something is missing"),
    "unclear": Text(vi="Khó hiểu", en="Hard to understand"),
}
"""By the reason that is kept."""
WRONG_KEPT: Final = Text(
    vi="Cảm ơn anh/chị. Người phụ trách sẽ xem lại câu trả lời này.",
    en="Thank you. Staff will look at that answer again.",
)

INTERRUPTED: Final = Text(
    vi="Tôi bị ngắt giữa chừng nên trả lời muộn, phần đã khai vẫn còn. Nhắn «xem lại» để xem cả tờ khai.",
    en="I was interrupted, so this comes late; what you told me is kept. Write “look it over” to see the whole form.",
)

NEAREST: Final = Text(
    vi="Trụ sở gần anh/chị nhất, tính theo đường chim bay:", en="The offices nearest to you, as the crow flies:"
)
BY_RESIDENCE: Final = Text(
    vi="Gần nhất chưa chắc là nơi nhận hồ sơ: nhiều việc phải nộp ở xã, phường nơi mình cư trú. Anh/chị cho biết cần làm giấy tờ gì để tôi xem.",
    en="The nearest office may not be the one that takes your file: much is done in the ward where you live. Tell me what you need and I will look.",
)
OUTSIDE_CITY: Final = Text(
    vi="Vị trí này ở ngoài Đà Nẵng, trụ sở gần nhất của thành phố cách {far}. Ở Đà Nẵng, anh/chị nhắn tên xã, phường để tôi chỉ chỗ.",
    en="This place is outside Da Nang; the nearest office of the city is {far} away. For a ward of Da Nang, write its name.",
)
NO_PLACE: Final = Text(
    vi="Tôi không đọc được vị trí này. Anh/chị nhắn tên xã, phường giúp.",
    en="I could not read this place. Please write the name of the ward.",
)

QUICK_STARTS: Final = (
    Text(vi="Làm giấy khai sinh cho con cần gì?", en="What do I need to register my baby's birth?"),
    Text(vi="Mất căn cước, làm lại ở đâu?", en="I lost my identity card. Where do I get a new one?"),
    Text(vi="Đăng ký tạm trú mất mấy ngày?", en="How long does temporary residence registration take?"),
    Text(vi="Sao y giấy tờ bao nhiêu tiền một trang?", en="How much is a certified copy per page?"),
)
"""Offered below the greeting."""

NOT_READ: Final = {
    "photo": Text(vi="Tôi chưa xem được ảnh.", en="I cannot look at pictures yet."),
    "video": Text(vi="Tôi chưa xem được video.", en="I cannot watch videos yet."),
    "voice": Text(vi="Tôi chưa nghe được tin thoại.", en="I cannot listen to voice messages yet."),
    "sticker": Text(vi="Cảm ơn anh/chị đã gửi hình.", en="Thank you for the sticker."),
    "file": Text(vi="Tôi chưa mở được tệp.", en="I cannot open files yet."),
    "contact": Text(
        vi="Tôi không cần danh bạ và không lưu lại.", en="I need no contacts, and I have not kept this one."
    ),
    "other": Text(vi="Tôi chưa đọc được tin dạng này.", en="I cannot read this kind of message yet."),
}
"""By what it was, in the words of `contract.NOT_READ`."""
PLEASE_TYPE: Final = Text(
    vi="Anh/chị gõ chữ giúp: cần làm giấy tờ gì, đang vướng ở đâu. Muốn gặp cán bộ, anh/chị nhắn «gặp cán bộ» hoặc gọi 1022.",
    en="Please type what you need and where you are stuck. To reach an officer, write “talk to a person” or call 1022.",
)
HEARD: Final = Text(vi="Tôi nghe: «{words}»", en="I heard: “{words}”")
"""Above the answer to a voice message, so that the person sees what was misheard."""
NOT_HEARD: Final = Text(
    vi="Tôi nghe chưa rõ tin thoại này, xin anh/chị gõ chữ giúp. Đang nguy hiểm thì gọi ngay {numbers}.",
    en="I could not make out this voice message; please type it instead. If you are in danger, call {numbers} now.",
)
TOO_LONG_TO_HEAR: Final = Text(
    vi="Tin thoại này dài quá, tôi nghe được tin tới {seconds} giây. Anh/chị gửi tin ngắn hơn, hoặc gõ chữ giúp.",
    en="This voice message is too long: I can listen to {seconds} seconds. Please send a shorter one, or type it instead.",
)
ONLY_WORDS: Final = Text(vi="Tôi trả lời theo phần chữ.", en="I am answering what you wrote with it.")

EDITED_IN_FORM: Final = Text(
    vi="Tôi thấy anh/chị vừa sửa tin cũ, nhưng tờ khai giữ theo tin đầu. Muốn đổi mục nào, anh/chị nhắn «sửa» và tên mục, ví dụ «sửa ngày sinh».",
    en="You changed an earlier message, but the form keeps what it said first. To change an item, write “change” and its name.",
)
