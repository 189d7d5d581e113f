"""Every sentence that no field of a record holds, in Vietnamese and English. Channels and steps take their words here."""

from __future__ import annotations

from typing import Final

from assistant import wording_service
from assistant.conversation import Status
from assistant.wording_service import SERVICE
from knowledge.place_names import Reading
from knowledge.procedure import Channel, FeeKind, Layer, Section, Text, TimeUnit

HOTLINE: Final = wording_service.HOTLINE
HOTLINE_OUTSIDE: Final = wording_service.HOTLINE_OUTSIDE
EMERGENCY_NUMBERS: Final = ("113", "114", "115", "111")

_ASK_1022 = Text(
    vi=f"Anh/chị gọi {HOTLINE} (từ ngoài thành phố: {HOTLINE_OUTSIDE}) để cán bộ giúp.",
    en=f"Call {HOTLINE} (from outside the city: {HOTLINE_OUTSIDE}) and an officer will help you.",
)

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

HEADINGS: Final[dict[Section, Text]] = {
    Section.OVERVIEW: Text(vi="Tóm tắt", en="In short"),
    Section.AUDIENCE: Text(vi="Ai làm được", en="Who it is for"),
    Section.PAPERS: Text(vi="Giấy tờ cần có", en="Papers you need"),
    Section.FEE: Text(vi="Phí, lệ phí", en="Fees"),
    Section.TIME: Text(vi="Thời hạn giải quyết", en="How long it takes"),
    Section.WHERE: Text(vi="Nơi nộp", en="Where to go"),
    Section.STEPS: Text(vi="Các bước", en="Steps"),
    Section.ONLINE: Text(vi="Nộp trực tuyến", en="Online"),
    Section.CONDITIONS: Text(vi="Điều kiện", en="Conditions"),
    Section.RESULT: Text(vi="Kết quả", en="What you receive"),
    Section.LEGAL_BASIS: Text(vi="Căn cứ pháp lý", en="Legal basis"),
    Section.FORMS: Text(vi="Mẫu đơn, tờ khai", en="Forms"),
}

NEXT_QUESTIONS: Final[dict[Section, tuple[Text, Text]]] = {
    Section.PAPERS: (Text(vi="Giấy tờ", en="Papers"), Text(vi="Cần những giấy tờ gì?", en="What documents do I need?")),
    Section.FEE: (Text(vi="Lệ phí", en="Fees"), Text(vi="Lệ phí bao nhiêu?", en="How much does it cost?")),
    Section.TIME: (Text(vi="Mấy ngày", en="How long"), Text(vi="Bao lâu thì có?", en="How long does it take?")),
    Section.WHERE: (Text(vi="Nộp ở đâu", en="Where"), Text(vi="Nộp ở đâu?", en="Where do I go?")),
    Section.STEPS: (Text(vi="Các bước", en="Steps"), Text(vi="Các bước làm thế nào?", en="What are the steps?")),
    Section.ONLINE: (
        Text(vi="Nộp trực tuyến", en="Online"),
        Text(vi="Nộp trực tuyến được không?", en="Can I do it online?"),
    ),
    Section.CONDITIONS: (
        Text(vi="Điều kiện", en="Conditions"),
        Text(vi="Điều kiện thế nào?", en="What are the conditions?"),
    ),
    Section.FORMS: (Text(vi="Mẫu đơn", en="Forms"), Text(vi="Dùng mẫu tờ khai nào?", en="Which form do I use?")),
    Section.LEGAL_BASIS: (
        Text(vi="Căn cứ pháp lý", en="Legal basis"),
        Text(vi="Căn cứ pháp lý là gì?", en="What is the legal basis?"),
    ),
}
"""Label and text of the buttons under an answer, in the order in which they are offered."""

UNITS: Final[dict[TimeUnit, Text]] = {
    TimeUnit.HOUR: Text(vi="giờ", en="hour"),
    TimeUnit.DAY: Text(vi="ngày", en="day"),
    TimeUnit.WORKING_DAY: Text(vi="ngày làm việc", en="working day"),
    TimeUnit.MONTH: Text(vi="tháng", en="month"),
    TimeUnit.YEAR: Text(vi="năm", en="year"),
}

CHANNELS: Final[dict[Channel, Text]] = {
    Channel.DIRECT: Text(vi="nộp trực tiếp", en="at the counter"),
    Channel.ONLINE: Text(vi="nộp trực tuyến", en="online"),
    Channel.POSTAL: Text(vi="qua bưu chính", en="by post"),
}

FEE_KINDS: Final[dict[FeeKind, Text]] = {
    FeeKind.CHARGE: Text(vi="Lệ phí", en="Charge"),
    FeeKind.SERVICE_FEE: Text(vi="Phí", en="Fee"),
    FeeKind.PRICE: Text(vi="Giá dịch vụ", en="Price"),
}

FEE_FREE: Final = Text(vi="không thu", en="none")
FEE_ZERO: Final = Text(
    vi="nguồn ghi 0 đồng nhưng không giải thích; anh/chị hỏi lại nơi nhận trước khi đi",
    en="the source says 0 đồng without explaining it; please check with the office first",
)
FEE_SET_BY: Final = Text(vi="do {who} quy định; nguồn không ghi con số", en="set by {who}; the source gives no figure")
FEE_SET_IN: Final = Text(vi="theo {who}; nguồn không ghi con số", en="set by {who}; the source gives no figure")
RULES: Final = ("thông tư", "nghị", "quyết định", "quy định", "biểu", "pháp luật", "luật", "bảng")
"""How the name of a rule, rather than of a body, begins."""
FEE_DESCRIBED: Final = Text(
    vi="tùy trường hợp, nguồn ghi: «{note}»", en="it depends; the source says (in Vietnamese): «{note}»"
)
FEE_DOUBTFUL: Final = Text(
    vi="chưa chắc, vì nguồn ghi {amount} nhưng chỗ khác trong nguồn nói khác; anh/chị hỏi lại nơi nhận",
    en="uncertain, as the source says {amount} but contradicts itself; please ask the office",
)
FEE_DOUBTFUL_UNSAID: Final = Text(
    vi="chưa chắc, vì các chỗ trong nguồn nói khác nhau; anh/chị hỏi lại nơi nhận",
    en="uncertain, as the source contradicts itself; please ask the office",
)
FEE_UNKNOWN: Final = Text(
    vi="nguồn không ghi mức thu; chưa biết là có thu hay không",
    en="the source does not state any; whether one is charged is unknown",
)
FEE_ENDED: Final = Text(
    vi="mức thu ghi trong nguồn đã hết hiệu lực ngày {day}; chưa có mức mới, anh/chị hỏi lại nơi nhận",
    en="the rate in the source ended on {day}; the new rate is not known to us, please ask the office",
)
FEE_UNTIL: Final = Text(vi="áp dụng đến hết ngày {day}", en="valid until {day}")
FEE_FROM: Final = Text(vi="từ ngày {day}", en="from {day}")
SOURCE_ADDS: Final = Text(vi="Nguồn ghi thêm: «{note}»", en="The source adds (in Vietnamese): «{note}»")

TIME_UNKNOWN: Final = Text(vi="nguồn không ghi rõ thời hạn", en="the source does not state it clearly")
WHERE_UNKNOWN: Final = Text(vi="nguồn không ghi nơi nhận", en="the source does not say where")
WHERE_ANYWHERE: Final = Text(
    vi="Nộp được ở nơi khác, không phụ thuộc nơi cư trú.", en="You may file anywhere, wherever you live."
)
SOURCE_SAYS: Final = Text(vi="nguồn ghi: «{words}»", en="the source says: «{words}»")
SETTLED_BY: Final = Text(vi="Cơ quan giải quyết: {who}.", en="Decided by: {who}.")
ONLINE_FULL: Final = Text(vi="được, toàn bộ quy trình", en="yes, entirely")
ONLINE_PARTIAL: Final = Text(
    vi="được một phần; có thể phải đến cơ quan ít nhất một lần",
    en="partly; you may have to come in person at least once",
)
ONLINE_NONE: Final = Text(vi="không; nguồn chỉ ghi cách nộp khác", en="no; the source only lists other ways")
ONLINE_UNKNOWN: Final = Text(vi="nguồn không ghi", en="the source does not say")
ONLINE_HOW: Final = Text(
    vi="Vào {portal}, đăng nhập bằng VNeID, tìm mã {code}.",
    en="Open {portal}, sign in with VNeID and search for code {code}.",
)
ONLY_IF: Final = Text(vi="trường hợp {condition}", en="in this case: {condition}")
CONDITION_WORDS: Final = (
    "khi",
    "nếu",
    "trường hợp",
    "với",
    "đối",
    "chỉ",
    "trừ",
    "if",
    "when",
    "for",
    "only",
    "where",
    "unless",
    "in",
)
"""A condition that begins with one of these stands on its own."""
ORIGINALS: Final = (
    Text(vi="{count} bản chính", en="{count} original"),
    Text(vi="{count} bản chính", en="{count} originals"),
)
COPIES: Final = (Text(vi="{count} bản sao", en="{count} copy"), Text(vi="{count} bản sao", en="{count} copies"))
ON_FORM: Final = Text(vi="mẫu {form}", en="form {form}")
SHOW_ONLY: Final = Text(vi="chỉ xuất trình", en="show only")
FROM_DATA: Final = Text(
    vi="thường không phải nộp nếu VNeID hoặc cơ sở dữ liệu đã có", en="usually not needed if VNeID or a database has it"
)
MORE_PAPERS: Final = Text(
    vi="… còn {count} giấy tờ khác, xem trang thủ tục", en="… {count} more, see the procedure page"
)
SOME_CASES: Final = Text(
    vi="Tùy trường hợp có thể cần thêm {count} giấy tờ khác; bấm «Giấy tờ» để xem đủ.",
    en="Depending on your case, {count} more may be needed; press “Papers” for the full list.",
)
NOT_STATED: Final = Text(vi="Nguồn không ghi.", en="The source does not say.")
TOLD_BY: Final[dict[Layer, Text]] = {
    Layer.STAFF: Text(vi="cán bộ thành phố cập nhật", en="updated by city staff"),
    Layer.CITY: Text(vi="bản ghi riêng của thành phố", en="the city's own record"),
    Layer.NATIONAL: Text(vi="bản ghi chung cả nước", en="the national record"),
    Layer.WRITTEN: Text(vi="mục biên soạn từ nguồn này", en="an entry written from this source"),
    Layer.FACTS: Text(vi="dữ kiện gọn từ nguồn này", en="facts condensed from this source"),
}
"""Which layer of the catalogue an answer used."""
CITY_RULE: Final = Text(
    vi="Phần {sections} theo quy định riêng của thành phố; phần còn lại theo quy định chung cả nước.",
    en="{sections}: the city's own rule; the rest is the national rule.",
)
PLACE_NOW: Final = Text(
    vi="{said} ({district} cũ) nay thuộc {now}.", en="{said} (former {district}) is part of {now} today."
)
PLACE_BEFORE: Final = Text(
    vi="{said} nhập vào {into} năm {year}, nay thuộc {now}.",
    en="{said} joined {into} in {year} and is part of {now} today.",
)
PLACE_SAME: Final = Text(vi="{now}, theo địa giới từ ngày 01/07/2025.", en="{now}, by the boundaries of 01/07/2025.")
OFFICE_AT: Final = Text(vi="Trụ sở UBND {unit}: {address}.", en="People's Committee of {unit}: {address}.")
OFFICE_OR: Final = Text(
    vi="Nguồn khác ghi {address}; anh/chị gọi {hotline} hỏi lại trước khi đi.",
    en="Another source says {address}; call {hotline} to be sure before you go.",
)
OFFICE_MAP: Final = Text(vi="Bản đồ: {url}", en="Map: {url}")
OFFICE_HEADING: Final = Text(vi="Nơi anh/chị đến", en="Where you go")
OFFICE_POLICE: Final = Text(
    vi="Tôi chưa có địa chỉ của {body}; anh/chị gọi {hotline} hỏi.",
    en="I do not hold the address of {body}; call {hotline} for it.",
)
RECEIVED_BY: Final = Text(vi="Nơi nhận hồ sơ: {body}.", en="It is filed at: {body}.")
NOT_AT_WARD: Final = Text(
    vi="Việc này không nộp ở {unit} mà ở nơi nhận nêu trên; chưa rõ địa chỉ thì anh/chị gọi {hotline}.",
    en="This is not filed at {unit} but with the office named above; call {hotline} for its address.",
)
MAYBE_AT_WARD: Final = Text(
    vi="Tùy trường hợp mới nộp ở {unit}; anh/chị xem nơi nhận nêu trên, hoặc gọi {hotline} hỏi trước khi đi.",
    en="Whether it is filed in {unit} depends on the case: see the office named above, or call {hotline} first.",
)
ANYWHERE_YES: Final = Text(
    vi="Nộp ở xã, phường khác được: thủ tục này không phụ thuộc nơi cư trú (nguồn: {source}).",
    en="Yes, another ward will do: this procedure does not depend on where you live (source: {source}).",
)
ANYWHERE_UNKNOWN: Final = Text(
    vi=(
        "Nộp ở xã, phường khác: nguồn tôi có không ghi thủ tục này nhận được ở nơi khác. Thành phố có danh mục riêng các "
        "thủ tục nhận không theo địa giới mà tôi chưa có; anh/chị gọi {hotline} hỏi trước khi đi{online}."
    ),
    en=(
        "Another ward: my sources do not say that this one may be filed elsewhere. The city has its own list of such "
        "procedures, which I do not hold; call {hotline} first{online}."
    ),
)
ANYWHERE_ONLINE: Final = Text(vi=", hoặc nộp trực tuyến thì ở đâu cũng được", en=", or file online from anywhere")
DISTRICT_GONE: Final = Text(
    vi="Cấp quận, huyện đã bỏ từ ngày 01/07/2025. Trước đây nộp ở quận, huyện thì nay nộp tại: {body}.",
    en="Districts were abolished on 01/07/2025. What was filed there is now filed at: {body}.",
)
ONLINE_ONLY: Final = Text(
    vi="Việc này nay nộp trực tuyến; chưa quen thì đến Trung tâm Phục vụ hành chính công, cán bộ giúp nộp (nguồn: {source}, {day}).",
    en="This is filed online now; if you are not used to it, the service centre helps you file (source: {source}, {day}).",
)
PLACE_ASK: Final[dict[Reading, Text]] = {
    Reading.SPLIT: Text(
        vi="{said} nay chia về {count} nơi, tùy thôn hay khu: {listed}. Anh/chị ở nơi nào? Chưa biết thì gọi {hotline}.",
        en="{said} is divided between {count} units today, depending on the hamlet: {listed}. Which one is yours? "
        "If you do not know, call {hotline}.",
    ),
    Reading.SAME_NAME: Text(
        vi="Có {count} nơi mang tên này: {listed}. Anh/chị ở nơi nào?",
        en="{count} places have this name: {listed}. Which one is yours?",
    ),
    Reading.SHORT_FORM: Text(
        vi="«{said}» có thể là {count} nơi: {listed}. Anh/chị ở nơi nào?",
        en="“{said}” may be {count} places: {listed}. Which one is yours?",
    ),
    Reading.DISTRICT: Text(
        vi="{said} cũ nay chia về {count} nơi: {listed}. Anh/chị ở nơi nào?",
        en="The former {said} is divided between {count} units today: {listed}. Which one do you live in?",
    ),
    Reading.UNKNOWN: Text(
        vi="Tôi không thấy «{said}» trong tên cũ và mới của 94 xã, phường, đặc khu ở Đà Nẵng. Anh/chị xem lại tên giúp, hoặc gọi {hotline}.",
        en="I do not find “{said}” among the old and new names of Da Nang's 94 units. Please check the name, or call {hotline}.",
    ),
}
"""How a place that may be several is asked about."""
PLACE_WAS: Final = Text(vi="{now} ({said}, {district} cũ)", en="{now} ({said}, former {district})")
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
FACTS_ONLY: Final = Text(
    vi="Tôi chỉ có dữ kiện gọn của thủ tục này, chưa có giấy tờ, các bước, điều kiện, mẫu đơn. Trang chính thức ghi đủ: {url}",
    en="I only hold the bare facts of this procedure: no papers, steps, conditions or forms. The official page has them: {url}",
)
"""Said of a facts record, which never holds these."""
NOT_HELD: Final = Text(vi="Tôi chưa có phần này của thủ tục.", en="I do not hold this part of the procedure.")
CAUTION: Final = Text(vi="Lưu ý", en="Note")
OLD_RECORD: Final = Text(
    vi="Dữ liệu đọc ngày {day}, có thể đã đổi; anh/chị nên hỏi lại trước khi đi.",
    en="These facts were read on {day} and may have changed; please check before you go.",
)
IN_VIETNAMESE: Final = Text(
    vi="Nguồn ghi bằng tiếng Việt.", en="The source is in Vietnamese; names and conditions are quoted as they stand."
)
CODE: Final = Text(vi="mã {code}", en="code {code}")
