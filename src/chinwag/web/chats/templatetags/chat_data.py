"""What pages say to programs."""

from __future__ import annotations

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def as_json_ld(data: object) -> SafeString:
    """Return data as a block for search engines (schema.org), which no text in it can end."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    block = '<script type="application/ld+json">{}</script>'
    return format_html(block, mark_safe(text))  # noqa: S308 (escaped here)
