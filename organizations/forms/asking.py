"""Forms that say first what will happen, or what looks odd, and act when the same content is sent once more."""

import hashlib

NOT_TYPED = ("csrfmiddlewaretoken", "confirmed", "seen")
OF_A_PICKER = ("", "_for", "_choice", "_offered")  # names of what a picker sends, after the name of its field


class AskingForm:
    """Part of a form with questions: sentences shown before it acts. It acts when neither the content nor the questions have changed since.

    A form on a row that stands already keeps what the row told when it was read in `before`; when somebody has changed the row since the page
    was opened, the form says so and asks, instead of overwriting it.
    """

    before = None

    def questions(self):
        """What the user is told before the form acts; [] when nothing needs saying. Called on a valid form."""
        return []

    @property
    def is_answered(self):
        """True when there is nothing to ask, or when these very questions were on the page that was sent. Asked of a valid form."""
        self.asked = [*self.meanwhile(), *self.questions()]
        return not self.asked or self.data.get("confirmed") == self.answer

    @property
    def answer(self):
        """A short sign of what was typed and asked: an answer counts for that alone. What a picker has read is typed in many ways: its rows count."""
        picked = sorted(name for name, field in self.fields.items() if hasattr(field.widget, "chosen"))
        aside = {*NOT_TYPED, *(f"{self.add_prefix(name)}{end}" for name in picked for end in OF_A_PICKER)}
        names = sorted(name for name in self.data if name not in aside and not name.endswith("_for"))
        typed = [(name, self.data.getlist(name) if hasattr(self.data, "getlist") else self.data[name]) for name in names]
        return sign([typed, [(name, _keys(self.cleaned_data.get(name))) for name in picked], self.asked])

    @property
    def seen(self):
        """A short sign of the row as it stands now, to go with the page."""
        return sign(self.before)

    def meanwhile(self):
        """What somebody else has written since the page was opened, beside what is typed here."""
        if self.before is None or self.data.get("seen", self.seen) == self.seen:
            return []
        mine = self.after()
        labels = {name: field.label for name, field in self.fields.items()}
        return ["Người khác vừa sửa thông tin này. Bấm lưu lần nữa thì nội dung của đồng chí thay cho nội dung đó."] + [
            f"{labels.get(name, name)}: đang lưu “{theirs or 'để trống'}”, đồng chí nhập “{mine[name] or 'để trống'}”."
            for name, theirs in self.before.items()
            if mine[name] != theirs
        ]

    def after(self):
        """What the row would tell once saved, in the shape of `before`."""
        return self.before


def _keys(rows):
    return [row.pk for row in rows] if isinstance(rows, list) else getattr(rows, "pk", None)


def sign(content):
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]
