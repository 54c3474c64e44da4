"""Work for the background worker: approved speeches are printed before anybody asks for them."""

from django.apps import apps
from django_tasks import task

from partyreports.documents.store import stored

KINDS = ("pdf", "docx")


@task
def print_papers(speech_pk):
    """Print both files of a speech that is still approved; what is stored already is not printed again."""
    speech = apps.get_model("speeches", "Speech").objects.final().filter(pk=speech_pk).first()
    if speech is None:
        return []
    document = speech.document()
    return [stored(document, kind).sha256 for kind in KINDS]
