"""Forms that say first what will happen, or what looks odd, and act when the same content is sent once more."""

import hashlib

from django import forms


class AskingForm(forms.Form):
    """A form with questions: sentences that are shown before it acts. It acts when nothing has changed since they were shown."""

    def questions(self):
        """What the user is told before the form acts; [] when nothing needs saying. Called on a valid form."""
        return []

    @property
    def is_answered(self):
        """True when the questions were on the page that was sent, for this very content. Asked of a valid form."""
        self.asked = self.questions()
        return not self.asked or self.data.get("confirmed") == self.content

    @property
    def content(self):
        """A short sign of what was typed, so that an answer counts for it alone."""
        names = sorted(name for name in self.data if name not in ("csrfmiddlewaretoken", "confirmed") and not name.endswith("_for"))
        typed = [(name, self.data.getlist(name) if hasattr(self.data, "getlist") else self.data[name]) for name in names]
        return hashlib.sha256(repr(typed).encode()).hexdigest()[:16]
