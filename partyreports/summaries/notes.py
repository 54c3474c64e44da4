"""What a summary says about itself, on the page and in the workbook alike."""

from partyreports.periods.models import Period
from partyreports.vietnamese import screen_date

BLANKS = "kps: không phát sinh, tính là 0; kad: không áp dụng; –: chưa có số liệu được duyệt. Ô chưa nhập không tính là 0."
RATIOS = (
    "Tỷ lệ, bình quân tính lại từ tổng của hai số ở những nơi có đủ cả hai, không cộng và không lấy trung bình các tỷ lệ; "
    "chỉ tiêu không cộng dồn chỉ hiện ở nơi báo cáo."
)
WHOLE = "Báo cáo của một tổ chức gồm cả các tổ chức trực thuộc: số đã có trong báo cáo ấy thì số của cấp dưới không cộng thêm lần nữa."
TARGETS = "Kết quả so với chỉ tiêu giao chỉ tính những nơi vừa được giao chỉ tiêu vừa có số liệu được duyệt."
CHANGES = "Tăng, giảm chỉ tính ở những nơi có số của cả hai năm: nơi thiếu số năm trước không tính là tăng từ 0."
EXPECTED = "{} có {} nơi phải báo cáo, {} có {} nơi: tính theo tổ chức đang hoạt động và biểu báo cáo áp dụng của từng năm."
HIDDEN = "“<3”, “<5”, “ẩn”: số của nhóm ít người, số vi phạm, kỷ luật nhỏ, chỉ hiện đầy đủ với người nhập, soạn, duyệt hoặc khóa báo cáo của tổ chức."


def approved(summary):
    """Đã duyệt 10/13 báo cáo; for a span, for which nothing is expected: Có 5 báo cáo được duyệt."""
    if summary.period.kind == Period.Kind.SPAN:
        return f"Có {summary.final} báo cáo được duyệt"
    return f"Đã duyệt {summary.final}/{summary.expected} báo cáo"


def standing_line(summary):
    """On which reports and which tree the totals stand, and how many reports last year's do."""
    said = f"Chỉ tính báo cáo đã duyệt hoặc khóa, theo tổ chức ngày {screen_date(summary.period.ends_on)}."
    if summary.previous and summary.previous_expected:
        said += f" {summary.previous.title}: đã duyệt {summary.previous_final}/{summary.previous_expected} báo cáo."
    return said


def notes_for(summary, left_out=()):
    """The notes under the table, those that apply."""
    notes = [BLANKS, RATIOS]
    if summary.previous_expected and summary.previous_expected != summary.expected:
        notes.append(EXPECTED.format(summary.previous.title, summary.previous_expected, summary.period.title, summary.expected))
    if summary.columns:
        notes.append(WHOLE)
    if any(line.change and line.change.bodies for line in summary.lines):
        notes.append(CHANGES)
    if any(line.aim for line in summary.lines):
        notes.append(TARGETS)
    if summary.hides_small_numbers:
        notes.append(HIDDEN)
    if left_out:
        notes.append(f"Không tính báo cáo của tổ chức đã kết thúc hoạt động trong kỳ: {'; '.join(left_out)}.")
    return notes
