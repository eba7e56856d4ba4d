"""In which language a page speaks: the reader's choice, else their browser's, else the series'."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import (
    get_languages,
    get_supported_language_variant,
    parse_accept_lang_header,
)

from chinwag.web.chats import access


class LanguageMiddleware(LocaleMiddleware):
    """Chooses by cookie and `Accept-Language` as Django does, and by the series after them."""

    def process_view(
        self, request: HttpRequest, _view: object, _given: object, named: dict[str, Any]
    ) -> None:
        """Speak the series' language where the reader has named none that the site speaks."""
        if "series" not in named or _has_named_language(request):
            return
        language = access.find_language(request.user, named["series"])
        if language in dict(get_languages()):
            translation.activate(language)
            request.LANGUAGE_CODE = language


def _has_named_language(request: HttpRequest) -> bool:
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in dict(get_languages()):
        return True
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            get_supported_language_variant(code)
        except LookupError:
            continue
        return code != "*"
    return False
