"""The ways a confined job can end without an answer, each with a sentence for the person who waits."""


class Stopped(Exception):
    """A confined job gave no answer. `sentence` is for people; `details` is for the log."""

    sentence = "Việc này đã bị dừng. Vui lòng thử lại."

    def __init__(self, details=""):
        super().__init__(details)
        self.details = details

    def __str__(self):
        return self.sentence


class TimedOut(Stopped):
    """The job used up its time."""

    sentence = "Việc này chạy quá lâu nên đã được dừng. Vui lòng rút gọn nội dung rồi thử lại."


class OutOfMemory(Stopped):
    """The job asked for more memory than it may have."""

    sentence = "Nội dung quá lớn, máy không đủ bộ nhớ để xử lý. Vui lòng rút gọn nội dung rồi thử lại."


class Crashed(Stopped):
    """The child process ended in the middle of the job, or could not hand its answer over."""

    sentence = "Việc này gặp sự cố và đã dừng. Vui lòng thử lại; nếu vẫn lỗi, báo quản trị viên."


class Busy(Stopped):
    """No child became free in time; the job never began."""

    sentence = "Hệ thống đang xử lý nhiều việc cùng lúc. Vui lòng thử lại sau ít phút."
