"""A speech as its page shows it: letterhead, words with their figures, and everything that wants a look, grouped."""

from dataclasses import dataclass, field

from partyreports.documents import Document
from partyreports.documents.front import Front, front_of
from partyreports.documents.markup import rules_of

from .gaps import blanks_of
from .provenance import CHANGED, FILLED, GAP, GONE, check, standings
from .rich_text import to_html
from .titles import drifted, marked, title_doubts


@dataclass(frozen=True)
class Doubts:
    """What the reader of a speech should look at before the audience does."""

    figures: list
    gaps: list
    blanks: list
    titles: list = field(default_factory=list)

    @property
    def count(self):
        return len(self.figures) + len(self.gaps) + len(self.blanks) + len(self.titles)

    @property
    def can_be_taken_over(self):
        return [doubt for doubt in [*self.figures, *self.gaps] if doubt.can_be_taken_over]

    @property
    def can_be_corrected(self):
        return [doubt for doubt in self.titles if doubt.can_be_corrected]


@dataclass(frozen=True)
class ScreenPaper:
    """The paper on screen: what is printed above the text, the text as HTML, its figures with their sources, and the doubts."""

    document: Document
    front: Front
    rules: str
    body: str
    standings: list
    doubts: Doubts


def paper_of(speech):
    """The ScreenPaper of a speech as its figures and the titles of its models stand now. Four queries a period, and some fifteen more."""
    document, found, places = speech.document(), standings(speech), drifted(speech)
    doubts = check(speech, found=found)
    grouped = Doubts(
        figures=[doubt for doubt in doubts if doubt.kind in (CHANGED, GONE)],
        gaps=[doubt for doubt in doubts if doubt.kind in (GAP, FILLED)],
        blanks=blanks_of(document.blocks),
        titles=title_doubts(speech, places=places),
    )
    return screen_paper(document, found=found, doubts=grouped, places=places)


def screen_paper(document, *, found=(), doubts=None, places=()):
    """The ScreenPaper of any document, also of one that is not saved."""
    doubts = doubts or Doubts([], [], blanks_of(document.blocks))
    rules = rules_of(document)
    about = {standing.id: standing.about for standing in found}
    body = to_html(marked(document.blocks, places), about=about, doubtful={doubt.where for doubt in doubts.figures}, anchored=True)
    return ScreenPaper(document, front_of(document, rules), rules.title, body, list(found), doubts)
