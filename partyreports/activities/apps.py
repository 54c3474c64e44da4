from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "partyreports.activities"
    verbose_name = "Hoạt động"
