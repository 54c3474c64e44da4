"""HTML to PDF, in a child process only: the one module that imports WeasyPrint.

Fonts stay loaded from one paper to the next. Nothing is fetched but the four font files; any other address stops the printing.
"""

from functools import lru_cache

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from partyreports.documents.fonts import font_files
from partyreports.documents.outcomes import ForbiddenSource, Printed
from partyreports.documents.style_sheet import FONT_SCHEME

FONTS = FontConfiguration()
VARIANT = "pdf/a-3u"


class FontsOnly(URLFetcher):
    """Serves the four fonts. WeasyPrint swallows some errors, even fatal ones inside a picture, so refusals are also kept."""

    def __init__(self):
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = {f"{FONT_SCHEME}{path.name}": path for path in font_files().values()}
        self.refused = []

    def fetch(self, url, headers=None):
        if url not in self.files:
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, self.files[url].read_bytes(), {"Content-Type": "font/ttf"})


def print_pdf(html, css):
    """Printed of `html` under the style sheet `css`; raises ForbiddenSource when either asks for an address that is not ours."""
    fetcher = FontsOnly()
    try:
        pages = HTML(string=html, url_fetcher=fetcher).render(font_config=FONTS, stylesheets=[_parsed(css)], pdf_tags=True)
        content = pages.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
    except FatalURLFetchingError as fatal:  # no Exception: it would end the child
        raise ForbiddenSource(str(fatal)) from None
    if fetcher.refused:
        raise ForbiddenSource(fetcher.refused[0])
    return Printed(content, len(pages.pages))


@lru_cache(maxsize=8)
def _parsed(css):
    return CSS(string=css, url_fetcher=FontsOnly(), font_config=FONTS)
