"""Where a figure of a speech comes from, written into the key of its node."""

import re
from dataclasses import dataclass
from hashlib import sha256

NUMBER, PAIR, CHANGE, TARGET, RESULT, RATE, VERDICT = "number", "pair", "change", "target", "result", "rate", "verdict"
MODES = {
    NUMBER: "số liệu",
    PAIR: "số liệu trên tổng",
    CHANGE: "so sánh với năm trước",
    TARGET: "chỉ tiêu giao",
    RESULT: "kết quả trên chỉ tiêu giao",
    RATE: "tỷ lệ đạt chỉ tiêu giao",
    VERDICT: "đánh giá so với chỉ tiêu giao",
}
INDICATOR, PERIOD = "[A-Za-z0-9_-]+(?::[A-Za-z0-9_-]+)?", "[^@#/?]+"
ID_LENGTH = 10
KEY = re.compile(rf"({INDICATOR})@({PERIOD})(?:/({INDICATOR})@({PERIOD}))?#([0-9]+)(?:\?([a-z]+))?")


@dataclass(frozen=True)
class Source:
    """What one figure node says: written into its key, so that the same figure can be asked for again later.

    members_admitted@2024#12 is a number, members_admitted:rural@2024/members_admitted@2024#12 a pair, members_admitted@2024#12?change a
    comparison with the year before.
    """

    mode: str
    indicator: str
    period: str
    organization: int
    other: str = ""
    other_period: str = ""

    def __str__(self):
        whole = f"/{self.other}@{self.other_period}" if self.mode == PAIR else ""
        mode = "" if self.mode in (NUMBER, PAIR) else f"?{self.mode}"
        return f"{self.indicator}@{self.period}{whole}#{self.organization}{mode}"

    @classmethod
    def read(cls, key):
        """The Source of a node's key, or None when the key names none."""
        match = KEY.fullmatch(key)
        if match is None:
            return None
        indicator, period, other, other_period, organization, mode = match.groups()
        mode = mode or (PAIR if other else NUMBER)
        if mode not in MODES or (mode == PAIR) != bool(other):
            return None
        return cls(mode, indicator, period, int(organization), other or "", other_period or "")


def figure_id(figure):
    """A short name of what a node says, the same in every place that says it: what forms and pages call it by."""
    return sha256(f"{figure.key}\n{figure.shown}\n{figure.missing}".encode()).hexdigest()[:ID_LENGTH]
