app_name = "periods"
urlpatterns = []
