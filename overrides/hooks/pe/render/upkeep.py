"""What a page says of its own upkeep: who read and approved it, what is older than the page it was translated from,
what is not translated yet, and where to say that something is wrong. No clock is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pe.fresh.state import BEHIND, PageState
from pe.render import words
from pe.render.frame import Frame

FORM = "wrong-{locale}.yml"  # in .github/ISSUE_TEMPLATE; its fields `page` and `section` are filled in by address


@dataclass(frozen=True)
class Part:
    """A part of a page, and the address of the form about it."""

    title: str
    link: str


def views(frame: Frame) -> dict[str, Any]:
    """Give what the templates of a page show of its upkeep."""
    site, page = frame.site, frame.site.pages[frame.locale][frame.name]
    state, default = site.state(frame.locale, frame.name), site.project.default
    return {
        "stub": page.stub,
        "voice": frame.voice,
        "voice_t": site.say(frame.voice),
        "voice_direction": words.direction(frame.voice),
        "original_locale": default,
        "original_language": words.language(default, frame.locale),
        "original_link": site.urls.between(frame.here, site.urls.path(default, frame.name)),
        "unread": frame.locale != default and not page.stub and not state.is_read,
        "older": older(frame, state) if not page.stub else {},
        "upkeep": state,
        "read_day": words.day(state.since, frame.voice) if state.since else "",
        "approved": approved(frame),
        "approved_pages": len(site.approved[frame.locale]),
        "all_pages": len(site.pages[frame.locale]),
        "forms": forms(frame),
        "repository": site.project.setting("repository"),
        "mail": mail(frame),
        "contact": site.project.setting("contact"),
        "publisher": site.project.setting("publisher"),
    }


def approved(frame: Frame) -> str:
    """Say who approved the page, and whether it has changed since; or that nobody has."""
    t, approval = frame.site.say(frame.voice), frame.site.state(frame.locale, frame.name).approval
    if approval is None:
        return t("signed.nobody")
    key = "signed.approved_by" if approval.is_current else "signed.approved_then"
    return t(key, name=approval.name, profession=approval.profession, day=words.day(approval.day, frame.voice))


def older(frame: Frame, state: PageState) -> dict[str, str]:
    """Give the h2 sections in which the default language has other words by now, each with the link to those words."""
    urls, default = frame.site.urls, frame.site.project.default
    there = urls.path(default, frame.name)
    found: dict[str, str] = {}
    for one in state.having(BEHIND):
        section = f"#{one.name}" if one.chapter else ""
        found.setdefault(one.chapter, urls.between(frame.here, there + section))
    return found


def forms(frame: Frame) -> list[Part]:
    """Give the addresses of the form "something is wrong": the page as a whole, then part by part. None without repository."""
    site, page = frame.site, frame.site.pages[frame.locale][frame.name]
    repository = site.project.setting("repository").rstrip("/")
    if not repository:
        return []
    kept = site.project.root / ".github" / "ISSUE_TEMPLATE"
    form = next(
        (name for one in (frame.voice, site.project.default) if (kept / (name := FORM.format(locale=one))).is_file()), ""
    )
    address = site.urls.absolute(frame.locale, frame.name)
    parts = [("", ""), *((one.text, f"#{one.id}") for one in page.chapters)]
    return [
        Part(
            title,
            f"{repository}/issues/new?"
            + urlencode({"template": form, "title": page.title, "page": address + anchor, "section": title}),
        )
        for title, anchor in parts
    ]


def mail(frame: Frame) -> str:
    """Give the `mailto:` about the page, with title and address filled in; nothing where the publisher gives no address."""
    contact = frame.site.project.setting("contact")
    page = frame.site.pages[frame.locale][frame.name]
    filled = urlencode({"subject": page.title, "body": f"{frame.site.urls.absolute(frame.locale, frame.name)}\n\n"})
    return f"mailto:{contact}?{filled.replace('+', '%20')}" if contact else ""
