"""Addresses of dialogues, inspections and the year's calendar."""

app_name = "activities"
urlpatterns = []
