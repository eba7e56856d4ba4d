"""Rows of work: leased while a process works on one, given up after too many failures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from chinwag.web.chats.models import Work, WorkState

LEASE = timedelta(minutes=2)
MOST_TRIES = 5  # in which a child died before the work is given up

_log = logging.getLogger(__name__)


class Rows:
    """The rows of one model. Those in one of `states` want to be done.

    A row that is given up is noted as failed; `give_up`, where there is one, does it instead, by
    its id, for the reason given. Where `is_worth` is given, it tells whether a row that failed too
    often is tried again all the same.
    """

    def __init__(
        self,
        model: type[Work],
        states: Sequence[str],
        give_up: Callable[[int, dict[str, Any]], None] | None = None,
        is_worth: Callable[[int], bool] = lambda _: False,
    ) -> None:
        self._model = model
        self._states = states
        self._give_up = give_up or self._note_failed
        self._is_worth = is_worth

    def list_due(self) -> list[int]:
        """Return the ids of those that nobody holds; give up those that failed too often."""
        free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
        due: list[int] = []
        for work in self._list_wanted().filter(free).order_by("pk"):
            if work.tries < MOST_TRIES or self._is_worth(work.pk):
                due.append(work.pk)
            else:
                self._give_up(work.pk, tell_given_up(work.tries))
        return due

    def lease(self, ids: Sequence[int]) -> None:
        """Hold rows for a while."""
        self._list_wanted(ids).update(leased_until=timezone.now() + LEASE)

    def release_all(self) -> None:
        """Release every row at once: nobody is working on any."""
        self._list_wanted().update(leased_until=None)

    def note_end(self, id_: int, status: int) -> None:
        """Note that the process that worked on a row ended with this status.

        What is not done yet is taken up again, after a failure later each time.
        """
        work = self._list_wanted([id_]).first()
        if work is None:
            return  # it is done, or nobody wants it any more
        if not status:
            self._list_wanted([id_]).update(leased_until=None)
            return
        _log.warning("%s %d ended with status %d.", self._model.__name__, id_, status)
        # After the first failure it is tried at once, then later each time.
        pause = timedelta(seconds=2 ** min(work.tries, MOST_TRIES) - 1)
        self._list_wanted([id_]).update(tries=work.tries + 1, leased_until=timezone.now() + pause)

    def list_stopped(self, ids: Sequence[int]) -> list[int]:
        """Return those that somebody has set aside."""
        rows = self._model._default_manager.filter(pk__in=ids, state=WorkState.STOPPED)
        return list(rows.values_list("pk", flat=True))

    def _note_failed(self, id_: int, problem: dict[str, Any]) -> None:
        self._list_wanted([id_]).update(
            state=WorkState.FAILED, problem=problem, done_at=timezone.now(), leased_until=None
        )

    def _list_wanted(self, ids: Sequence[int] | None = None) -> QuerySet[Work]:
        rows = self._model._default_manager.filter(state__in=self._states)
        return rows if ids is None else rows.filter(pk__in=ids)


def tell_given_up(tries: int) -> dict[str, Any]:
    """Return the problem of work whose process died too often."""
    return {"code": "gave-up", "parts": {"tries": tries}}
