"""What a citation should look like: kind against symbol, and the Party's hyphen against the State's slash.

Sources: symbols of kinds in 36-HD/VPTW (Party) and NĐ 30/2020/NĐ-CP, appendix III (State). A Party symbol is KIND/ISSUER after a hyphen
(38-KH/ĐU), a State symbol is KIND-ISSUER after a slash (318/QĐ-TTg), with the year in front for laws and decrees (30/2020/NĐ-CP).
"""

import re

from partyreports.vietnamese import fold, join_words

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


def doubts(*, kind, number, symbol, issuer):
    """Sentences about what looks odd in a citation; [] when nothing does. They ask, they forbid nothing: old papers do look odd."""
    found = []
    if re.match(r"^[0-9]+ ?[-/]", symbol) and number is None:
        found.append(f"Ký hiệu “{symbol}” bắt đầu bằng số: ghi số vào ô “Số”, phần sau vào ô “Ký hiệu”.")
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
    return found


def style(symbol):
    """ "party" for KH/ĐU, "state" for QĐ-TTg and 2020/NĐ-CP, "" when it cannot be told."""
    if re.match(r"^[0-9]{4}/", symbol) or re.fullmatch(r"[^/\s]+-[^/\s]+", symbol):
        return "state"
    return "party" if re.fullmatch(r"[^/\s]+/[^/\s]+", symbol) else ""


def abbreviation(symbol):
    """The sign of the kind in a symbol, in capitals: KH of KH/ĐU, QĐ of QĐ-TTg, NĐ of 2020/NĐ-CP."""
    return re.split(r"[/-]", re.sub(r"^[0-9]{4}/", "", symbol))[0].upper()
