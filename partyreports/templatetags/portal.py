"""Small words and choices that the shared parts of pages need."""

from django import template

register = template.Library()

SIGNS = {"success": "✓", "warning": "!", "danger": "✕"}

BROWSERS = {"coc_coc": "Cốc Cốc", "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Macintosh": "máy Mac", "Linux": "Linux"}


@register.filter
def browser(user_agent):
    """The browser and the system that a session was opened in: Chrome trên Windows"""
    name = next((name for mark, name in BROWSERS.items() if mark in user_agent), "Trình duyệt khác")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return f"{name} trên {system}" if system else name


@register.filter
def sign(level):
    """The sign that stands before a message, so that colour is never alone."""
    return SIGNS.get(level, "i")


@register.filter
def main_step(steps):
    """The step that gets the main button: the first that moves the paper on, else the first of all; None of none."""
    return next((step for step in steps or () if not step.needs_note), steps[0] if steps else None)


@register.filter
def of_severity(problems, severity):
    """The problems of one severity, in their order."""
    return [problem for problem in problems or () if problem.severity == severity]


@register.filter
def has_errors(problems):
    """True when one of the problems stands in the way."""
    return any(problem.severity == "error" for problem in problems or ())
