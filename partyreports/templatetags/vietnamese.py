"""Filters that show figures and dates as Vietnamese writes them. What has no value shows as "–"."""

from django import template

from partyreports import vietnamese

register = template.Library()


@register.filter
def number(value, decimals=None):
    """{{ value|number }} 1.981 · {{ value|number:2 }} 50,30"""
    return vietnamese.number(_or_none(value), decimals=decimals)


@register.filter
def count(value):
    """{{ value|count }} 05"""
    return vietnamese.count(_or_none(value))


@register.filter
def percent(value, decimals=2):
    """{{ value|percent }} 55,56% · {{ value|percent:1 }} 55,6%"""
    return vietnamese.percent(_or_none(value), decimals=decimals)


@register.filter
def money(value, unit="đồng"):
    """{{ value|money }} 6.108.340.000 đồng · {{ value|money:"tỷ đồng" }} 606 tỷ đồng"""
    return vietnamese.money(_or_none(value), unit=unit)


@register.filter(expects_localtime=True)
def screen_date(value):
    """{{ when|screen_date }} 03/12/2024"""
    return vietnamese.screen_date(_or_none(value))


@register.filter(expects_localtime=True)
def short_date(value):
    """{{ when|short_date }} 14/6/2024"""
    return vietnamese.short_date(_or_none(value))


@register.filter(expects_localtime=True)
def moment(value):
    """{{ when|moment }} 14:05 ngày 03/12/2024"""
    return vietnamese.moment(_or_none(value))


def _or_none(value):
    """Django hands a filter "" for a name that leads nowhere, such as the value of a target that is not set."""
    return None if value == "" else value
