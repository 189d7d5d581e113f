"""What a status says by itself, in Vietnamese and English. What is said of fields, places, events, forms and services: `wording_*`."""

from __future__ import annotations

from typing import Final

from assistant import wording_service
from assistant.conversation import Status
from assistant.wording_service import SERVICE
from knowledge.procedure import Text

HOTLINE: Final = wording_service.HOTLINE
HOTLINE_OUTSIDE: Final = wording_service.HOTLINE_OUTSIDE
EMERGENCY_NUMBERS: Final = ("113", "114", "115", "111")

_ASK_1022 = Text(
    vi=f"Anh/chị gọi {HOTLINE} (từ ngoài thành phố: {HOTLINE_OUTSIDE}) để cán bộ giúp.",
    en=f"Call {HOTLINE} (from outside the city: {HOTLINE_OUTSIDE}) and an officer will help you.",
)

CONDOLENCE: Final = Text(vi="Xin chia buồn cùng gia đình.", en="We are sorry for your loss.")
"""Said before a question about a death, to whoever tells of one."""

SAID: Final[dict[Status, Text]] = {
    Status.SMALLTALK_GREETING: Text(
        vi="Chào anh/chị! Tôi là trợ lý AI của tổng đài 1022 Đà Nẵng. Anh/chị cần làm giấy tờ gì, cứ hỏi theo cách nói hằng ngày.",
        en="Hello! I am the AI assistant of Da Nang's 1022 hotline. Ask me, in your own words, about any paperwork you need.",
    ),
    Status.SMALLTALK_THANKS: Text(
        vi="Dạ, không có gì. Anh/chị cần hỏi thêm gì cứ nhắn nhé.",
        en="You are welcome. Ask again whenever you need to.",
    ),
    Status.SMALLTALK_GOODBYE: Text(vi="Chào anh/chị, chúc anh/chị nhiều sức khỏe.", en="Goodbye, and all the best."),
    Status.SMALLTALK_ABOUT: Text(
        vi=(
            "Tôi là trợ lý AI, không phải cán bộ. Tôi tra danh mục thủ tục hành chính và trả lời kèm nguồn: giấy tờ, lệ phí, "
            "thời hạn, nơi nộp. Điều gì nguồn không ghi, tôi nói là chưa biết. Muốn gặp cán bộ, anh/chị gọi 1022."
        ),
        en=(
            "I am an AI assistant, not an officer. I look things up in the catalogue of procedures and answer with sources: "
            "papers, fees, time, where to go. What the source does not say, I say is unknown. To reach an officer, call 1022."
        ),
    ),
    Status.CLARIFICATION_EMPTY: Text(
        vi="Anh/chị nhập giúp câu hỏi, ví dụ: «làm giấy khai sinh cho con cần gì?»",
        en="Please type a question, for example: “what do I need to register my baby's birth?”",
    ),
    Status.CLARIFICATION_SUBJECT: Text(
        vi="Anh/chị đang hỏi về giấy tờ hay thủ tục nào? Nói tên việc, ví dụ: «đổi căn cước», «đăng ký tạm trú».",
        en="Which paper or procedure is it about? For example: “renew my identity card”, “temporary residence”.",
    ),
    Status.UNANSWERABLE_NOT_FOUND: Text(
        vi=f"Tôi chưa tìm thấy thủ tục nào khớp chắc với câu hỏi này. {_ASK_1022.vi}",
        en=f"I could not find a procedure that surely fits this question. {_ASK_1022.en}",
    ),
    Status.UNANSWERABLE_OUT_OF_SCOPE: Text(
        vi=(
            "Câu này nằm ngoài việc tôi làm được. Tôi chỉ trả lời về thủ tục hành chính ở Đà Nẵng: giấy tờ, lệ phí, thời hạn, "
            f"nơi nộp. Việc khác của thành phố, anh/chị gọi {HOTLINE} (từ ngoài thành phố: {HOTLINE_OUTSIDE})."
        ),
        en=(
            "That is outside what I can do. I only answer about administrative procedures in Da Nang: papers, fees, time, "
            f"where to go. For other matters of the city, call {HOTLINE} (from outside the city: {HOTLINE_OUTSIDE})."
        ),
    ),
    Status.UNANSWERABLE_SCRIPT: Text(
        vi="Tôi chỉ đọc được tiếng Việt và tiếng Anh. Anh/chị viết lại giúp nhé.",
        en="I can only read Vietnamese and English. Please write it again in one of them.",
    ),
    Status.REFUSED_TOO_LONG: Text(
        vi="Tin nhắn dài quá, tôi đọc được tối đa {most} ký tự. Anh/chị viết ngắn lại: cần làm việc gì, đang vướng ở đâu.",
        en="The message is too long: I can read {most} characters. Please say in short what you need and where you are stuck.",
    ),
    Status.HANDED_OVER_REQUESTED: Text(
        vi=f"{{consent}}\n\nCần nói ngay, anh/chị gọi {HOTLINE} (từ ngoài thành phố: {HOTLINE_OUTSIDE}).",
        en=f"{{consent}}\n\nIf it is urgent, call {HOTLINE} (from outside the city: {HOTLINE_OUTSIDE}).",
    ),
    **SERVICE,
    Status.EMERGENCY: Text(
        vi=(
            "Nếu đang nguy hiểm, gọi ngay: 113 (công an), 114 (cháy nổ, cứu nạn), 115 (cấp cứu), 111 (bảo vệ trẻ em). "
            "Gọi miễn cước, không cần chờ tôi."
        ),
        en=(
            "If you are in danger, call now: 113 (police), 114 (fire and rescue), 115 (ambulance), 111 (child protection). "
            "The calls cost nothing; do not wait for me."
        ),
    ),
    Status.EMERGENCY_CRISIS: Text(
        vi=(
            "Anh/chị nhắn như vậy là đúng; chuyện này anh/chị không phải chịu một mình. Đang nguy hiểm thì gọi ngay: "
            "115 (cấp cứu), 113 (công an); có trẻ em thì 111. Gọi miễn cước, giờ nào cũng có người nghe. Nếu được, anh/chị "
            "đến chỗ an toàn, ở cạnh một người mình tin và đừng ở một mình lúc này."
        ),
        en=(
            "It is good that you wrote; you do not have to bear this alone. If you are in danger, call now: 115 (ambulance), "
            "113 (police), or 111 if a child is involved. The calls cost nothing and are answered at any hour. If you can, "
            "go somewhere safe, stay with somebody you trust, and do not be alone right now."
        ),
    ),
    Status.REFUSED_ABUSE: Text(
        vi=(
            "Tôi hiểu anh/chị đang bực. Tôi vẫn sẵn lòng giúp: anh/chị cho biết đang vướng giấy tờ gì nhé. Muốn phản ánh "
            f"cách phục vụ, anh/chị gọi {HOTLINE} (từ ngoài thành phố: {HOTLINE_OUTSIDE})."
        ),
        en=(
            "I understand that you are upset. I am still glad to help: tell me which paperwork is giving you trouble. "
            f"To complain about the service, call {HOTLINE} (from outside the city: {HOTLINE_OUTSIDE})."
        ),
    ),
    Status.REFUSED_PRIVATE: Text(
        vi=(
            "Thông tin cá nhân của người khác tôi không tra và không cung cấp được. Nếu là hồ sơ của chính anh/chị, cứ hỏi tôi; "
            "nếu cần vì tranh chấp hay trình báo, anh/chị đến công an xã, phường nơi mình ở."
        ),
        en=(
            "I cannot look up or give out another person's personal data. If it is your own file, please ask me; if you need "
            "it for a dispute or a report, go to the police of your ward or commune."
        ),
    ),
    Status.REFUSED_FORGERY: Text(
        vi=(
            "Giấy tờ giả, lo lót hay khai gian thì tôi không giúp được, vì trái pháp luật và dễ thiệt cho chính anh/chị. "
            "Anh/chị nói việc mình cần làm, tôi chỉ cách làm đúng: giấy tờ, lệ phí, nơi nộp."
        ),
        en=(
            "I cannot help with forged papers, bribes or false statements: they are against the law and may harm you. "
            "Tell me what you need to get done, and I will tell you the proper way: papers, fees, where to go."
        ),
    ),
    Status.REFUSED_POLITICS: Text(
        vi=(
            "Chuyện chính trị tôi không bàn. Tôi giúp được anh/chị về thủ tục hành chính ở Đà Nẵng: giấy tờ, lệ phí, "
            "thời hạn, nơi nộp."
        ),
        en=(
            "I do not discuss politics. I can help with administrative procedures in Da Nang: papers, fees, time, where to go."
        ),
    ),
    Status.REFUSED_INSTRUCTIONS: Text(
        vi=(
            "Yêu cầu này tôi không làm theo được. Tôi chỉ trả lời về thủ tục hành chính ở Đà Nẵng theo nguồn chính thức; "
            "anh/chị cần làm giấy tờ gì, cứ hỏi nhé."
        ),
        en=(
            "I cannot follow that request. I only answer about administrative procedures in Da Nang, from official sources; "
            "please ask about any paperwork you need."
        ),
    ),
    Status.UNANSWERABLE_ABROAD: Text(
        vi=(
            "Thủ tục của nước khác tôi không có dữ liệu nên không dám trả lời. Anh/chị hỏi đại sứ quán, lãnh sự quán hoặc cơ quan "
            "của nước đó. Giấy tờ phía Việt Nam phải chuẩn bị (hộ chiếu, lý lịch tư pháp, chứng thực…) thì tôi giúp được."
        ),
        en=(
            "I hold no data on other countries' procedures, so I would rather not answer. Please ask that country's embassy, "
            "consulate or authorities. I can help with the Vietnamese papers you may need (passport, criminal record, certified copies…)."
        ),
    ),
    Status.ERROR_INTERNAL: Text(
        vi=f"Hệ thống đang gặp trục trặc nên tôi chưa trả lời được. Anh/chị thử lại sau ít phút nhé. {_ASK_1022.vi}",
        en=f"Something went wrong and I could not answer. Please try again in a few minutes. {_ASK_1022.en}",
    ),
    Status.ERROR_UNGROUNDED: Text(
        vi="Tôi chưa kiểm chứng được câu trả lời nên không đưa ra. Anh/chị xem trang chính thức ở nguồn bên dưới.",
        en="I could not verify the answer, so I do not give it. Please see the official page in the source below.",
    ),
}

WHICH_ONE: Final = Text(
    vi="Có mấy thủ tục gần với câu hỏi. Anh/chị cần việc nào?",
    en="Several procedures are close to your question. Which one do you need?",
)
STRANGE: Final = Text(
    vi="Tôi chưa rõ anh/chị cần việc nào. Có phải một trong các việc này không ạ?",
    en="I am not sure which procedure you need. Is it one of these?",
)
OR_MEANT: Final = Text(
    vi="Nếu anh/chị hỏi việc khác gần đó, bấm chọn:",
    en="If you meant something close to this, choose it:",
)
NONE_OF_THESE: Final = Text(
    vi=f"Nếu không có việc nào đúng, anh/chị nói rõ hơn hoặc gọi {HOTLINE}.",
    en=f"If none of them is right, tell me more, or call {HOTLINE}.",
)
