"""The site's own style sheets and scripts, by names that change with what they hold."""

from __future__ import annotations

from contextlib import closing

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names every file after its content, so that a browser may keep it for ever."""

    support_js_module_import_aggregation = True
    manifest_strict = True


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Hands out each file whole: they are small, and Django warns of those read bit by bit."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """Return a file as a response, with the headers that it has."""
        found = WhiteNoiseMiddleware.serve(static_file, request)
        with closing(found):
            content = b"".join(found.streaming_content)
        answer = HttpResponse(content, status=found.status_code)
        for name, value in found.items():
            answer[name] = value
        return answer
