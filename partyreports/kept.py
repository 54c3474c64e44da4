"""What somebody had typed into a form that arrived too late: kept on the page, bound to its account, sent again when he says so."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.utils.http import url_has_allowed_host_and_scheme

from partyreports.metrics.models import Indicator

SALT = "kept-form"
MARK, FIELD = "kept", "kept:"  # names of the hidden inputs on the page that asks to sign in
OLDEST = 12 * 60 * 60
CAME_AFTER = "came_after"  # in a session: the account that worked in this browser before
CELL = "cell-"  # begins the name of a figure's box
TECHNICAL = ("seen", "was-", "confirmed", "next")  # begin the names of fields that nobody types
PICKED = ("_for", "_choice")  # end the names of what goes with the box of an organisation
DROPPED = ("csrfmiddlewaretoken", MARK)


@dataclass(frozen=True)
class Kept:
    """The fields of one posted form, the address they were sent to, and the account that typed them (None: not known)."""

    path: str
    owner: int | None
    fields: tuple
    had_files: bool = False

    @classmethod
    def from_late(cls, request):
        """Of a form whose session or token has ended; None when it came from another site, or held nothing but its token."""
        if not sent_from_here(request):
            return None
        fields = _fields(request.POST)
        return cls(request.get_full_path(), owner_of(request), fields, bool(request.FILES)) if fields else None

    @classmethod
    def from_sign_in(cls, request):
        """Of the page that asks to sign in again; None when its mark is not ours or too old."""
        try:
            mark = signing.loads(request.POST.get(MARK, ""), salt=SALT, max_age=OLDEST)
        except signing.BadSignature:
            return None
        if not url_has_allowed_host_and_scheme(mark["path"], allowed_hosts=None):
            return None
        fields = tuple((name.removeprefix(FIELD), value) for name, value in _fields(request.POST) if name.startswith(FIELD))
        return cls(mark["path"], mark["owner"], fields, mark["files"])

    @property
    def mark(self):
        """Address and owner, signed: they come back unchanged or not at all."""
        return signing.dumps({"path": self.path, "owner": self.owner, "files": self.had_files}, salt=SALT)

    @property
    def hidden(self):
        """Names and values as they travel through the sign-in page."""
        return [(FIELD + name, value) for name, value in self.fields]

    @property
    def texts(self):
        """What a person would recognise as typed: one value a line, a figure with its name, and only cells whose text has changed."""
        stood, names = dict(self.fields), self._names
        lines = []
        for name, value in self.fields:
            key = name.removeprefix(CELL)
            if not value.strip() or name.startswith(TECHNICAL) or name.endswith(PICKED) or (key != name and stood.get(f"was-{key}") == value):
                continue
            lines.append(value if key == name else f"{names.get(key, key)}: {value}")
        return "\n".join(lines)

    @property
    def _names(self):
        """dict: key of an indicator with a cell here → its name. A query when there is a cell."""
        keys = {name.removeprefix(CELL) for name, _ in self.fields if name.startswith(CELL)}
        found = Indicator.objects.filter(code__in={key.partition(":")[0] for key in keys}) if keys else ()
        return {indicator.key: indicator.name for indicator in found}

    @property
    def rows(self):
        return min(12, max(3, self.texts.count("\n") + 1))

    def may_be_sent_by(self, account):
        return self.owner in (None, account.pk)


def _fields(data):
    """Every posted pair in its order but for tokens and passwords."""
    pairs = ((name, value) for name, values in data.lists() for value in values)
    return tuple((name, value) for name, value in pairs if name not in DROPPED and "password" not in name.lower())


def sent_from_here(request):
    """False when the browser says that another site sent this form: nobody may have typed it here."""
    origin = request.headers.get("Origin")
    if origin is None:
        referer = urlsplit(request.headers.get("Referer", ""))
        origin = f"{referer.scheme}://{referer.netloc}" if referer.netloc else None
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    return origin is None or origin in (f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS)


# --- Whose hand: a signed cookie that outlives the session but not the browser ------------------------------------------


def cookie_name():
    return f"{settings.SESSION_COOKIE_NAME}-account"


def last_account(request):
    """Key of the account that last worked in this browser, None when not known."""
    key = request.get_signed_cookie(cookie_name(), default="", salt=SALT)
    return int(key) if key.isdigit() else None


def owner_of(request):
    """Key of the account whose page the form of this request stood on, None when not known."""
    if request.user.is_authenticated:
        # A colleague signed in after somebody else in this browser: the form may be either's.
        return request.session.get(CAME_AFTER, request.user.pk)
    return last_account(request)


def remember_account(request, response):
    """Note in the browser, under our signature, who works here; and in the session, who did before."""
    last = last_account(request)
    if last == request.user.pk:
        return
    if last is not None:
        request.session[CAME_AFTER] = last
    response.set_signed_cookie(
        cookie_name(), str(request.user.pk), salt=SALT, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )
