"""For whoever watches the server: whether it lives, and whether it can work."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def tell_health(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("well\n", content_type="text/plain")


@require_safe
def tell_readiness(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and knows its tables; status 503 where not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            cursor.fetchone()
    except Exception as failure:  # noqa: BLE001 (whatever it is, the site is not ready)
        return JsonResponse({"ready": False, "why": type(failure).__name__}, status=503)
    return JsonResponse({"ready": True})
