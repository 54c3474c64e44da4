from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "Tổ chức và con người"

    def ready(self):
        """Rooms above give what their registers count when their modules `registers` are imported."""
        autodiscover_modules("registers")
