from django.apps import AppConfig


class SpeechesConfig(AppConfig):
    name = "partyreports.speeches"
    verbose_name = "Tham luận"
