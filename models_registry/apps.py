from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ModelsRegistryConfig(AppConfig):
    name = "models_registry"
    verbose_name = "Đăng ký mô hình"

    def ready(self):
        """Whoever above fills the table before and after gives himself when his module `model_results` is imported."""
        autodiscover_modules("model_results")
