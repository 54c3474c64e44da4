"""The manual, by task: address → title, in reading order. Each page is templates/help/<address>.html."""

PAGES = {
    "nhap-so-lieu": "Nhập số liệu báo cáo năm",
    "trinh-duyet": "Trình, trả lại, phê duyệt và khóa",
    "mo-hinh": "Đăng ký mô hình mới, cách làm sáng tạo",
    "soan-tham-luan": "Soạn bài tham luận",
    "tong-ket": "Xem tổng kết năm và tải Excel",
    "to-chuc": "Tra cứu tổ chức và sổ theo dõi",
    "so-dang-vien": "Sổ đảng viên: danh sách, biến động, huy hiệu, xếp loại",
    "ket-nap": "Theo dõi quần chúng ưu tú, kết nạp đảng viên",
    "so-excel": "Xuất, nhập sổ bằng Excel",
    "doi-thoai": "Ghi sổ đối thoại, xem định mức và lịch năm",
    "kiem-tra": "Ghi sổ kiểm tra, giám sát, thi hành kỷ luật",
    "van-ban-vien-dan": "Ghi sổ văn bản viện dẫn",
    "quan-tri": "Quản trị tài khoản, mẫu và kỳ báo cáo",
    "cau-hoi": "Câu hỏi thường gặp",
}
