"""The log, read by those who audit a branch; everybody reads his own acts."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations import tree
from organizations.access import Right
from organizations.forms.log import LogFilterForm
from organizations.models import LogEntry
from organizations.pages import page_of
from organizations.telling import tell


@require_safe
def read_log(request):
    form = LogFilterForm(request.user, request.GET)
    page = page_of(request, form.narrow(LogEntry.objects.visible_to(request.user)).defer("snapshot"))
    bodies = tree.names({entry.organization_pk for entry in page if entry.organization_pk})
    tell(page.object_list, request.user)
    for entry in page:
        entry.body = bodies[entry.organization_pk].name if entry.organization_pk in bodies else ""
    return render(request, "organizations/log.html", {"form": form, "page": page, "audits": request.user.holds(Right.AUDIT)})
