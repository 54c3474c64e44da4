"""The catalogue for everybody who works: indicators, forms, rules. Whoever manages the whole tree may change its words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import tree
from organizations.access import Right, may
from organizations.models import LogEntry
from partyreports.metrics.catalogue_forms import AddLineForm, CatalogueFilter, IndicatorForm, LineForm, RuleForm
from partyreports.metrics.models import BalanceRule, Indicator, ReportForm, ReportFormLine
from partyreports.vietnamese import fold

KNOWS = tuple(Right)  # everybody who holds any right


@require_safe
def indicators(request):
    _admit(request.user)
    form = CatalogueFilter(request.GET or None)
    form.full_clean()
    words = fold(form.cleaned_data.get("tim", "") if form.is_bound else "").split()
    found = [
        indicator
        for indicator in Indicator.objects.select_related("numerator", "denominator", "part_of")
        if all(word in fold(f"{indicator.name} {indicator.unit} {indicator.key}") for word in words)
    ]
    return render(request, "metrics/catalogue.html", {"form": form, "indicators": found, "manages": manages(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request, pk):
    _admit(request.user)
    indicator = get_object_or_404(Indicator, pk=pk)
    form = _form(request, IndicatorForm, indicator)
    if request.method == "POST" and form.is_valid():
        return _save(request, form, "metrics:catalogue")
    where = ReportFormLine.objects.filter(indicator=indicator).select_related("form").order_by("form__code")
    context = {"indicator": indicator, "form": form, "manages": manages(request.user), "lines": where}
    return render(request, "metrics/indicator.html", context)


@require_safe
def rules(request):
    _admit(request.user)
    found = BalanceRule.objects.prefetch_related("terms__indicator")
    return render(request, "metrics/rules.html", {"rules": found, "manages": manages(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request, pk):
    _admit(request.user)
    rule = get_object_or_404(BalanceRule.objects.prefetch_related("terms__indicator"), pk=pk)
    form = _form(request, RuleForm, rule)
    if request.method == "POST" and form.is_valid():
        return _save(request, form, "metrics:rules")
    return render(request, "metrics/rule.html", {"rule": rule, "form": form, "manages": manages(request.user)})


@require_safe
def forms(request):
    _admit(request.user)
    found = ReportForm.objects.prefetch_related("kinds", "lines").order_by("-first_year", "code")
    return render(request, "metrics/forms.html", {"forms": found})


@require_safe
def form(request, pk):
    _admit(request.user)
    report_form = get_object_or_404(ReportForm.objects.prefetch_related("kinds"), pk=pk)
    lines = report_form.lines.select_related("indicator").order_by("order", "pk")
    return render(request, "metrics/form.html", {"report_form": report_form, "lines": lines, "manages": manages(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def line(request, pk):
    _admit(request.user)
    line = get_object_or_404(ReportFormLine.objects.select_related("form", "indicator"), pk=pk)
    form = _form(request, LineForm, line)
    if request.method == "POST" and form.is_valid():
        return _save(request, form, "metrics:form", line.form_id)
    return render(request, "metrics/line.html", {"line": line, "report_form": line.form, "form": form, "manages": manages(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def add_line(request, pk):
    _manage(request.user)
    report_form = get_object_or_404(ReportForm, pk=pk)
    last = report_form.lines.order_by("order").last()
    initial = {"section": last.section, "order": last.order + 1} if last else None
    form = AddLineForm(report_form, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            line = form.save()
            LogEntry.write("add", by=request.user, about=report_form, organization_pk=_office(), place=line.indicator.key)
        messages.success(request, f"Đã thêm “{line.indicator.name}” vào biểu.")
        return redirect("metrics:form", report_form.pk)
    return render(request, "metrics/line.html", {"line": None, "report_form": report_form, "form": form, "manages": True})


@require_POST
def remove_line(request, pk):
    _manage(request.user)
    line = get_object_or_404(ReportFormLine.objects.select_related("form", "indicator"), pk=pk)
    with transaction.atomic():
        before = {"section": line.section, "order": line.order, "is_required": line.is_required}
        LogEntry.write("remove", by=request.user, about=line.form, organization_pk=_office(), place=line.indicator.key, before=before)
        line.delete()
    messages.success(request, f"Đã bỏ “{line.indicator.name}” khỏi biểu. Số liệu đã nhập vẫn còn; thêm lại dòng là thấy.")
    return redirect("metrics:form", line.form_id)


def manages(user):
    """True when `user` manages the whole tree: the catalogue is one for all."""
    top = tree.root()
    return top is not None and may(user, Right.MANAGE, top)


def _admit(user):
    if not user.holds(*KNOWS):
        raise PermissionDenied("Danh mục chỉ tiêu dành cho người được phân công công việc trong cổng.")


def _manage(user):
    if not manages(user):
        raise PermissionDenied("Chỉ người quản trị cấp cao nhất được sửa danh mục.")


def _office():
    top = tree.root()
    return top.pk if top else None


def _form(request, form_class, row):
    """The form of `row` for whoever manages; a POST of anybody else is refused."""
    if request.method == "POST":
        _manage(request.user)
    return form_class(request.POST or None, instance=row)


def _save(request, form, *address):
    before, after = form.changes()
    if after:
        with transaction.atomic():
            row = form.save()
            LogEntry.write("edit", by=request.user, about=row, organization_pk=_office(), before=before, after=after)
    messages.success(request, "Đã lưu thay đổi." if after else "Không có gì thay đổi.")
    return redirect(*address)
