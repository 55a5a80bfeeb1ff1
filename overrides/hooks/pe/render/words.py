"""Dates, countries and numbers in the reader's language. The rules are CLDR's, by way of Babel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, get_month_names

ALWAYS = "00:00-24:00"  # as help.yml writes day and night


@lru_cache
def _locale(code: str) -> Locale:
    return Locale.parse(code, sep="-")


def day(when: date, locale: str) -> str:
    """Write a date out: 21 November 2026."""
    return format_date(when, "d MMMM y", locale=_locale(locale))


def month(when: str, locale: str) -> str:
    """Write a month (YYYY-MM) out: November 2027. Raises ValueError where it is no month."""
    year, number = when.split("-")
    names = get_month_names("wide", context="format", locale=_locale(locale))
    return f"{names[int(number)]} {year}"


def country(code: str, locale: str) -> str:
    """Name a country or the EU by its two-letter code: SE -> Sweden."""
    return str(_locale(locale).territories.get(code, code))


def language(code: str, locale: str) -> str:
    """Name a language in the words of another: en in sv -> engelska."""
    return str(_locale(locale).languages.get(code, code))


def opening(hours: str, kind: str, t: Callable[..., str]) -> str:
    """Say when a number of help.yml answers; of a line to talk to also what to call else. Empty where nobody knows."""
    said = [t("help.always") if hours == ALWAYS else t("help.hours", hours=hours.replace("-", "–"))] if hours else []
    if kind == "crisis" and hours != ALWAYS:
        said.append(t("help.other_hours"))
    return " ".join(said)


def direction(locale: str) -> str:
    """Say in which direction the language is written: ltr or rtl."""
    return str(_locale(locale).text_direction)
