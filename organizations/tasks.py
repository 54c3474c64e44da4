"""Work for the background worker: large files of registers are read and written while the page tells how far it has come."""

from django_tasks import task

from organizations.exchange.running import read_on_trial, write
from organizations.models import Import


@task
def work_on_import(pk):
    """Do what the Import waits for: its dry run, or the writing. One that is gone, or at work already, is left alone."""
    Import.objects.outdated().delete()
    work = Import.objects.filter(pk=pk).first()
    if work is None:
        return
    read_on_trial(work)
    write(work)
