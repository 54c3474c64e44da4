"""What a citation should look like: kind against symbol, issuer against symbol, and the Party's hyphen against the State's slash.

Sources: symbols of kinds in 36-HD/VPTW (Party) and NĐ 30/2020/NĐ-CP, appendix III (State). A Party symbol is KIND/ISSUER after a hyphen
(38-KH/ĐU), a State symbol is KIND-ISSUER after a slash (318/QĐ-TTg), with the year in front for laws and decrees (30/2020/NĐ-CP).
"""

import datetime as dt
import re

from partyreports.vietnamese import fold, join_words, screen_date

KINDS = {
    "BB": ["Biên bản"],
    "BC": ["Báo cáo"],
    "CT": ["Chỉ thị", "Chương trình"],
    "CTR": ["Chương trình"],
    "CTRHĐ": ["Chương trình hành động"],
    "CV": ["Công văn"],
    "GM": ["Giấy mời"],
    "HD": ["Hướng dẫn"],
    "KH": ["Kế hoạch"],
    "KL": ["Kết luận"],
    "NQ": ["Nghị quyết"],
    "NQLT": ["Nghị quyết liên tịch"],
    "NĐ": ["Nghị định"],
    "QC": ["Quy chế"],
    "QCPH": ["Quy chế phối hợp"],
    "QĐ": ["Quyết định", "Quy định"],
    "QĐI": ["Quy định"],
    "QYĐ": ["Quy định"],
    "QH": ["Quy hoạch", "Luật", "Nghị quyết"],
    "TB": ["Thông báo"],
    "TT": ["Thông tư", "Thông tri"],
    "TTR": ["Tờ trình"],
    "ĐA": ["Đề án"],
}
COMMON_KINDS = sorted({kind for kinds in KINDS.values() for kind in kinds} | {"Bộ tiêu chí"}, key=fold)
OF_THE_PARTY = re.compile(
    r"\b(dang|(tinh|huyen|thanh|thi|quan|dang|chi) uy|chi bo|dang bo|ban chap hanh( trung uong| dang bo)|bo chinh tri|ban bi thu|"
    r"ban (tuyen giao|to chuc|dan van|noi chinh)|uy ban kiem tra|ban thuong vu)\b"
)
OF_THE_STATE = re.compile(
    r"\b(chinh phu|thu tuong|quoc hoi|uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|bo truong|bo (noi vu|tai chinh|y te|giao duc)|so)\b"
)
# Who signs with a symbol: (how its issuer is called, words one of which stands in the issuer's name, folded). Longer names are looked for
# first: a ban of a huyện ủy is no huyện ủy. Offices of communes have symbols of their own; what is not listed raises no doubt.
ISSUERS = {
    "TW": ("Trung ương", ("trung uong", "bo chinh tri", "ban bi thu", "dai hoi")),
    "TU": ("Tỉnh ủy, Thành ủy", ("tinh uy", "thanh uy", "dang bo tinh", "ban thuong vu")),
    "HU": ("Huyện ủy", ("huyen uy", "ban chap hanh dang bo huyen", "ban thuong vu")),
    "ĐU": ("Đảng ủy", ("dang uy", "ban chap hanh dang bo", "dang bo", "ban thuong vu")),
    "CB": ("Chi bộ", ("chi bo", "chi uy")),
    "ĐUQS": ("Đảng ủy Quân sự", ("dang uy quan su",)),
    "BTCHU": ("Ban Tổ chức Huyện ủy", ("ban to chuc",)),
    "BTGHU": ("Ban Tuyên giáo Huyện ủy", ("ban tuyen giao",)),
    "BDVHU": ("Ban Dân vận Huyện ủy", ("ban dan van",)),
    "UBKTHU": ("Ủy ban Kiểm tra Huyện ủy", ("uy ban kiem tra",)),
    "UBKT": ("Ủy ban Kiểm tra", ("uy ban kiem tra",)),
    "VPHU": ("Văn phòng Huyện ủy", ("van phong",)),
    "VPĐU": ("Văn phòng Đảng ủy", ("van phong",)),
    "VPTW": ("Văn phòng Trung ương Đảng", ("van phong",)),
    "BTCTW": ("Ban Tổ chức Trung ương", ("ban to chuc",)),
    "BTGTW": ("Ban Tuyên giáo Trung ương", ("ban tuyen giao",)),
    "UBKTTW": ("Ủy ban Kiểm tra Trung ương", ("uy ban kiem tra",)),
    "TTG": ("Thủ tướng Chính phủ", ("thu tuong", "chinh phu")),
    "CP": ("Chính phủ", ("chinh phu",)),
    "UBND": ("Ủy ban nhân dân", ("uy ban nhan dan", "ubnd", "chu tich")),
    "HĐND": ("Hội đồng nhân dân", ("hoi dong nhan dan", "hdnd")),
    "UBTVQH": ("Ủy ban Thường vụ Quốc hội", ("quoc hoi",)),
    "BCH": ("Ban Chỉ huy Quân sự", ("ban chi huy", "quan su")),
    "MT": ("Mặt trận Tổ quốc", ("mat tran", "mttq")),
    "MTTQ": ("Mặt trận Tổ quốc", ("mat tran", "mttq")),
}
STATE_ISSUERS = {ISSUERS[sign][0] for sign in ("TTG", "CP", "UBND", "HĐND", "UBTVQH", "BCH")}
# What a committee at the base and a chi bộ do not issue. Source: 399-QĐ/TW, 08/01/2026, articles 11 and 13; asked about from that day on.
NOT_AT_THE_BASE = {"ĐU": ("Chỉ thị", "Thông tri"), "CB": ("Chỉ thị", "Thông tri", "Quy định", "Hướng dẫn")}
BASE_RULE_SINCE = dt.date(2026, 1, 9)
DISTRICTS_ENDED_ON = dt.date(2025, 7, 1)  # Nghị quyết 202/2025/QH15: no huyện, no huyện ủy


def doubts(*, kind, number, symbol, issuer, issued_on=None):
    """Sentences about what looks odd in a citation; [] when nothing does. They ask, they forbid nothing: old papers do look odd."""
    found = []
    if re.match(r"^[0-9]+ ?[-/]", symbol) and number is None:
        found.append(f"Ký hiệu “{symbol}” bắt đầu bằng số: ghi số vào ô “Số”, phần sau vào ô “Ký hiệu”.")
    if year := re.match(r"^([0-9]{4}) ?- ?(.+)", symbol):
        found.append(f"Năm và ký hiệu nối bằng gạch chéo, ví dụ {number or 59}/{year[1]}/{year[2]}: kiểm tra ký hiệu “{symbol}”.")
    if " " in symbol:
        found.append(f"Ký hiệu “{symbol}” có dấu cách: ký hiệu viết liền, ví dụ KH/ĐU hoặc QĐ-UBND.")
    fitting = KINDS.get(abbreviation(symbol))
    if fitting and not any(fold(kind).startswith(fold(name)) for name in fitting):
        expected = join_words(fitting, conjunction="hoặc")
        found.append(f"Ký hiệu “{symbol}” thường là của {expected}, còn loại văn bản đang ghi là {kind}: kiểm tra lại.")
    is_party, is_state = OF_THE_PARTY.search(fold(issuer)), OF_THE_STATE.search(fold(issuer))
    if is_party and not is_state and style(symbol) == "state":
        found.append(f"Văn bản của Đảng nối số và ký hiệu bằng gạch ngang, ví dụ 38-KH/ĐU; “{symbol}” là cách ghi của cơ quan nhà nước.")
    if is_state and not is_party and style(symbol) == "party":
        found.append(f"Văn bản của cơ quan nhà nước nối số và ký hiệu bằng gạch chéo, ví dụ 318/QĐ-TTg; “{symbol}” là cách ghi của Đảng.")
    return [*found, *_doubts_of_issuer(kind, symbol, issuer, issued_on)]


def doubt_of_party_number(text):
    """A sentence with the right form when `text`, the number and symbol of a paper of the Party, is written as the State does; "" else."""
    match = re.fullmatch(r"([0-9]+) ?/ ?(?:[0-9]{4} ?/ ?)?([^\W\d_]+) ?- ?([^\W\d_].*)", text.strip())
    if match is None:
        return ""
    number, kind, issuer = match.groups()
    is_state = ISSUERS.get(issuer.upper(), ("", ()))[0] in STATE_ISSUERS
    right = f"{number}-{kind.upper()}/{'ĐU' if is_state else issuer}"
    return f"“{text}” là cách ghi của cơ quan nhà nước. Văn bản của Đảng nối số và ký hiệu bằng gạch ngang, ví dụ {right}: kiểm tra lại."


def _doubts_of_issuer(kind, symbol, issuer, issued_on):
    sign, found = issuer_sign(symbol), []
    name, words = ISSUERS.get(sign.upper(), ("", ()))
    if words and issuer and not any(word in fold(issuer) for word in words):
        found.append(f"Ký hiệu “{symbol}” là của {name}, còn cơ quan ban hành đang ghi là {issuer}: kiểm tra lại.")
    if issued_on is None:
        return found
    if re.fullmatch(r"(HU|[A-ZĐ]+HU)", sign) and issued_on >= DISTRICTS_ENDED_ON:
        found.append(f"Huyện ủy kết thúc hoạt động từ ngày {screen_date(DISTRICTS_ENDED_ON)}: kiểm tra ngày ban hành hoặc ký hiệu “{symbol}”.")
    if issued_on >= BASE_RULE_SINCE and any(fold(kind) == fold(name) for name in NOT_AT_THE_BASE.get(sign, ())):
        whose = "Chi bộ" if sign == "CB" else "Đảng ủy cơ sở"
        found.append(f"{whose} không ban hành {kind} (Quy định 399-QĐ/TW): kiểm tra loại văn bản và ký hiệu.")
    year = re.match(r"^([0-9]{4})/", symbol)
    if year and int(year[1]) != issued_on.year:
        found.append(f"Ký hiệu “{symbol}” mang năm {year[1]}, còn ngày ban hành ghi năm {issued_on.year}: kiểm tra lại.")
    return found


def issuer_sign(symbol):
    """The sign of the issuer in a symbol, without its unit: ĐU of KH/ĐU, TTg of QĐ-TTg, CP of 2020/NĐ-CP, MTTQ of BC-MTTQ-BTT."""
    parts = re.split(r"[/-]", re.sub(r"^[0-9]{4}/", "", symbol))
    return re.sub(r"[0-9]+$", "", parts[1].strip()) if len(parts) > 1 else ""


def sign_key(number, symbol):
    """The same for every way to write one number and symbol: 38-KH/ĐU, 38/KH-ĐU, 38 - kh/đu. "" without a number and a symbol."""
    if number is None or not symbol:
        return ""
    return f"{number} {re.sub(r'[^a-z0-9]+', ' ', fold(symbol)).strip()}"[:60]


def style(symbol):
    """ "party" for KH/ĐU, "state" for QĐ-TTg and 2020/NĐ-CP, "" when it cannot be told."""
    if re.match(r"^[0-9]{4}/", symbol) or re.fullmatch(r"[^/\s]+-[^/\s]+", symbol):
        return "state"
    return "party" if re.fullmatch(r"[^/\s]+/[^/\s]+", symbol) else ""


def abbreviation(symbol):
    """The sign of the kind in a symbol, in capitals: KH of KH/ĐU, QĐ of QĐ-TTg, NĐ of 2020/NĐ-CP."""
    return re.split(r"[/-]", re.sub(r"^[0-9]{4}/", "", symbol))[0].upper()
