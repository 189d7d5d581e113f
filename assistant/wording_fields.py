"""What is said around the fields of a record: headings, fees, limits, papers, where it was read."""

from __future__ import annotations

from typing import Final

from knowledge.procedure import Channel, FeeKind, Layer, Section, Text, TimeUnit

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

OWN_LABELS: Final[dict[Section, tuple[Text, ...]]] = {
    Section.FEE: (
        *FEE_KINDS.values(),
        Text(vi="Mức phí", en="Amount"),
        Text(vi="Mức thu", en="Rate"),
        Text(vi="Mức lệ phí", en="Cost"),
    ),
    Section.TIME: (
        Text(vi="Thời hạn", en="Time limit"),
        Text(vi="Thời gian giải quyết", en="Processing time"),
    ),
    Section.WHERE: (
        Text(vi="Nơi nhận", en="Where"),
        Text(vi="Nơi nộp hồ sơ", en="Where to file"),
        Text(vi="Địa điểm nộp", en="Place"),
    ),
}
"""Labels with which a source's own words may begin: not said again behind ours."""

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
