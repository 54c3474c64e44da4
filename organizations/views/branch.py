"""Choosing the branch one looks at."""

from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from organizations.chosen import choose_branch
from organizations.forms.branch import BranchForm


def choose(request):
    """Keep to one branch in every list and summary, or to everything within reach again, and go back to where one was."""
    back = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    back = back if ours else resolve_url("home")
    if request.method == "POST" and "everything" in request.POST:
        choose_branch(request, None)
        return HttpResponseRedirect(back)  # an address as it stands, never the name of a page
    form = BranchForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose_branch(request, form.cleaned_data["branch"])
        return HttpResponseRedirect(back)  # an address as it stands, never the name of a page
    return render(request, "organizations/choose_branch.html", {"form": form, "back": back})
