"""What is said of places: which unit it is today, where its office stands, where else one may file."""

from __future__ import annotations

from typing import Final

from knowledge.place_names import Reading
from knowledge.procedure import Text

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
