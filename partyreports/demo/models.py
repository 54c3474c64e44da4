"""What came of the registered models: states year by year, results before and after."""

from models_registry.lifecycle import move
from models_registry.models import ModelResult
from organizations.models import LogEntry


def tell_stages(registration, stages, *, by):
    """Each stage of the file, in its order: year, state, day, paper."""
    years = {year.period.code: year for year in registration.years.select_related("period", "registration")}
    for stage in stages:
        year = years[str(stage["year"])]
        move(year, stage["state"], by=by, on=stage["on"], document=stage.get("document", ""), note=stage.get("note", ""), seen=year.state)


def tell_results(registration, results, periods, *, by):
    """Each line of the table before and after; numbers of indicators stay in the reports."""
    for facts in results:
        before, after = periods[facts.pop("before")], periods[facts.pop("after")]
        result = ModelResult.objects.create(registration=registration, before_period=before, after_period=after, **facts)
        LogEntry.write("add", by=by, about=registration, place="kết quả trước và sau", note=result.label)
