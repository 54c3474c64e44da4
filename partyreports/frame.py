"""What stands around every page: the words of the left column, the chosen year, the office's name."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone

from organizations.chosen import chooses_branch, chosen_branch_name
from organizations.models import OrganizationVersion, Right
from partyreports.periods.chosen import chosen_period, years_of

WORK = (Right.READ, Right.WRITE, Right.ENTER, Right.REVIEW, Right.LOCK, Right.AUDIT)
REGISTERS = (Right.WRITE, Right.ENTER, Right.REVIEW, Right.AUDIT)


@dataclass(frozen=True)
class Word:
    """One word of a menu: where it leads, who may follow it (anybody when no right is named), and which pages are its own."""

    label: str
    url_name: str
    rights: tuple = ()
    on_phone: bool = False
    pages: tuple = ()  # names of pages that belong to it, a namespace with ":" behind it; none: its whole namespace
    is_current: bool = False

    def leads_to(self, view_name):
        namespace = self.url_name.rpartition(":")[0]
        if not self.pages:
            return view_name.rpartition(":")[0] == namespace
        return view_name in self.pages or any(page.endswith(":") and view_name.startswith(page) for page in self.pages)


def pages(namespace, names):
    return tuple(f"{namespace}:{name}" for name in names.split())


TREE = pages("organizations", "tree search found show branch change correct end kinds add_kind kind")
REGISTERED = pages(
    "organizations",
    "registers members add_member member edit_member movements transfer_member leave come_back stay_elsewhere end_stay correct_stay take_back "
    "badges ratings rate rating_caps rating_cap show_marks write_marks references add_reference reference edit_reference "
    "candidates add_candidate candidate edit_candidate show_candidate_marks write_candidate_marks take_stage take_back_stage exit_candidate "
    "correct_stage resume_candidate reminders admission_rules add_admission_rule edit_admission_rule "
    "exchange exchange_template exchange_export exchange_upload import confirm_import drop_import",
)
MENU = (
    Word("Việc của tôi", "home", on_phone=True, pages=("home",)),
    Word("Tổ chức", "organizations:tree", pages=TREE),
    Word("Sổ theo dõi", "organizations:registers", REGISTERS, pages=(*REGISTERED, "activities:")),
    Word("Mô hình mới", "models_registry:list", WORK),
    Word("Báo cáo năm", "metrics:list", WORK, on_phone=True),
    Word("Tham luận", "speeches:list", WORK, on_phone=True),
    Word("Tổng kết", "summaries:show", WORK, on_phone=True),
    Word("Trợ giúp", "help_index", pages=("help_index", "help")),
)
MANAGEMENT = (
    Word("Tài khoản và phân quyền", "organizations:accounts"),
    Word("Kỳ báo cáo", "periods:list"),
    Word("Danh mục chỉ tiêu", "metrics:catalogue"),
    Word("Mẫu tham luận", "speeches:templates"),
)


def frame(request):
    """Context of the frame; nothing but the office's name for a visitor."""
    context = {"office_name": office_name()}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    return context | {
        "chosen_period": chosen_period(request),
        "years": years_of(request),
        "chooses_branch": chooses_branch(request),
        "branch_name": chosen_branch_name(request),
        "menu": menu_for(user, request.resolver_match),
        "management": MANAGEMENT,
        "works": user.holds(*WORK),
        "manages": user.holds(Right.MANAGE),
        "audits": user.holds(Right.AUDIT),
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
    }


def office_name():
    """The name of the body at the top of the tree today, "" in an empty portal."""
    # Found by the parent, which has an index: every page asks, and a country has 280,000 bodies.
    top = OrganizationVersion.objects.on(timezone.localdate()).filter(parent=None).order_by("valid_from")
    name, party_name = top.values_list("name", "party_name").first() or ("", "")
    return party_name or name


def menu_for(user, match):
    """The words `user` may follow, the one he is at marked; none is marked on an error page."""
    here = match.view_name if match else ""
    words = [word for word in MENU if not word.rights or user.holds(*word.rights)]
    return [replace(word, is_current=word.leads_to(here)) for word in words]
