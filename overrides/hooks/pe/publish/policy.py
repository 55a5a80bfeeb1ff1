"""The content security policy of a page: nothing from elsewhere, no script or style that is not ours."""

from __future__ import annotations

import base64
import hashlib
import re

PLACE = "@@policy@@"
INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.S)
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; script-src 'self'{script}; style-src 'self'{style}"
)


def seal(html: str, *, open_: bool = False) -> str:
    """Put the policy with the digests of the page's own inline script and style where PLACE stands.

    `open_` is for live reload, whose script nobody can know beforehand: the page then gets a policy that allows all.
    """
    if open_:
        return html.replace(PLACE, "default-src * data: 'unsafe-inline'", 1)
    digests: dict[str, str] = {"script": "", "style": ""}
    for kind, text in INLINE.findall(html):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        digests[kind] += f" 'sha256-{digest}'"
    return html.replace(PLACE, POLICY.format(**digests), 1)
