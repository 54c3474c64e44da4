"""What the editing page holds: the words in both forms, the figures they may show, and what became of the last attempt to save."""

from django_prose_editor.widgets import importmap
from js_asset import Media, Script

from organizations.models import LogEntry, Reference
from organizations.reference_fields import matches
from partyreports.documents import Figure, blocks_from_json
from partyreports.vietnamese import fold

from .editing import EditingError, record_of
from .figures import NUMBER, Source, figure_id
from .ledger import Ledger
from .models import EDIT
from .provenance import standings
from .rich_text import from_html, to_html
from .typed_text import documents_named, from_lines, to_lines

NOT_READ = "Chưa nhận được nội dung bài: tải lại trang rồi thử lại. Phần đã gõ còn ở dưới."
MOST_LISTED = 50


class Workbench:
    """One opening of the editing page. Its words are the saved ones until something else has been read."""

    def __init__(self, speech, *, writer):
        self.speech, self.writer = speech, writer
        self.blocks, self.seen_version = speech.tree, speech.version
        self.error, self.unknown, self.theirs, self.their_name = "", 0, None, ""
        self.raw, self.raw_format = "", ""
        self.standings = standings(speech)
        self.offered = self._offered()
        self.about = {figure_id(figure): about for figure, about in self.offered} | {standing.id: standing.about for standing in self.standings}

    def read(self, form):
        """The blocks of what was posted; raises EditingError and keeps the text as it came when it cannot be read."""
        self.raw, self.raw_format = form.data.get("text", ""), form.data.get("format", "lines")
        if not form.is_valid():
            raise EditingError(NOT_READ)
        self.seen_version = form.cleaned_data["version"]
        record = record_of(
            self.speech.tree,
            blocks_from_json(self.speech.blocks_seen_at(self.seen_version)),
            offered=[figure for figure, _ in self.offered],
        )
        text = form.cleaned_data["text"]
        if form.cleaned_data["format"] == "html":
            self.blocks, self.unknown = from_html(text, record)
        else:
            self.blocks, self.unknown = from_lines(text, record, self._citations(text))
        self.raw = ""
        return self.blocks

    def take_conflict(self, theirs):
        """Somebody saved first: keep these words, show theirs beside, and let the next saving replace them knowingly."""
        self.theirs, self.seen_version = theirs, theirs.version
        entry = LogEntry.objects.about(theirs).filter(action=EDIT).order_by("-pk").first()
        self.their_name = entry.actor_name if entry else "Người khác"
        self.their_html = to_html(theirs.tree, about=self.about)

    @property
    def lines(self):
        """The words for a page without JavaScript; what could not be read stays as it came."""
        return self.raw if self.raw else to_lines(self.blocks)

    @property
    def format(self):
        """What the text box holds: typed lines, or HTML that could not be read."""
        return self.raw_format if self.raw and self.raw_format == "html" else "lines"

    @property
    def html(self):
        """The words for the editor, empty when the text could not be read as HTML."""
        return "" if self.raw else to_html(self.blocks, about=self.about)

    def _offered(self):
        """(figure, where it comes from) of what the body's final report of the period says: what may be put into the text."""
        speech = self.speech
        catalogue = Ledger([Source(NUMBER, "", speech.period.code, speech.organization_id)], home=speech.period.code)
        found = []
        for key in catalogue.indicators:
            source = Source(NUMBER, key, speech.period.code, speech.organization_id)
            figure = catalogue.figure(source)
            if not figure.missing:
                found.append((Figure(figure.shown, figure.key), catalogue.describe(source)))
        return found

    def _citations(self, text):
        """dict: what stands in [[văn bản …]] → the citation of the one document that it means. Raises EditingError when it means none or several."""
        cited = {}
        for named in documents_named(text):
            found, _ = matches(named, among=Reference.objects.visible_to(self.writer))
            if len(found) != 1:
                how = "khớp với nhiều văn bản: ghi đủ số và ký hiệu." if found else "không có trong sổ văn bản viện dẫn: kiểm tra lại số và ký hiệu."
                raise EditingError(f"“{named}” {how}")
            cited[named] = found[0].citation
        return cited

    @property
    def documents(self):
        """The documents that the body cites, newest first, for a page without JavaScript."""
        return Reference.objects.visible_to(self.writer).filter(organization=self.speech.organization_id).order_by("-issued_on", "-pk")[:MOST_LISTED]

    @property
    def choices(self):
        """The figures offered, as (id, shown, where it comes from, the same for a search without marks)."""
        return [(figure_id(figure), figure.shown, about, fold(about)) for figure, about in self.offered]


def editor_media(request):
    """The editor's script with the nonce that this answer's policy names."""
    media = Media(importmap=importmap, js=[Script("js/speech-editor.js", type="module")])
    return media.with_nonce(str(request.csp_nonce))
