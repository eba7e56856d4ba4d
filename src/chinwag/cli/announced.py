"""What a host is told of an announcement: where it is out, where it waits, and what failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from chinwag.cli.notes import word_note
from chinwag.cli.say import say
from chinwag.model import Sent
from chinwag.workflows.announce_question import AnnounceReport


class AnnounceListener:
    """Says how an announcement stands on each account as soon as that is known.

    Times are those of `zone` (an IANA name). A silent one says nothing until it describes a report.
    Where it `is_edit`, what is out has been given other words.
    """

    def __init__(
        self, zone: str, now: Callable[[], datetime], *, is_silent: bool, is_edit: bool = False
    ) -> None:
        self._zone = ZoneInfo(zone)
        self._now = now
        self._is_silent = is_silent
        self._fresh = "changed" if is_edit else "out"
        self._what = ""
        self._awaited: list[str] = []
        self._told: set[str] = set()

    def rehearse(self, at: datetime) -> None:
        """Print when what is tried here would go out."""
        if not self._is_silent:
            say(f"It would go out at {self._tell(at)}.")

    def begin(self, what: str, accounts: Iterable[str], at: datetime | None) -> None:
        """Print what a timed announcement waits for, and what ends it."""
        self._what = f"“{what}”" if " " in what else what
        self._awaited = list(accounts)
        if at is None or at < self._now() or self._is_silent:
            return
        say(
            f"{self._what} goes out at {self._tell(at)}. Keep this command running until then: a"
            " server that cannot keep it gets it from here. After Ctrl-C it goes out only where a"
            " server keeps it."
        )

    def hear(self, sent: Sent, is_fresh: bool) -> None:
        """Print how it stands on an account."""
        if self._is_silent or sent.state not in ("out", "waiting"):
            return
        self._told.add(sent.account)
        self._describe(sent, is_fresh=is_fresh)

    def stop(self) -> None:
        """Print where nothing has gone out, and nothing will."""
        left = [account for account in self._awaited if account not in self._told]
        if left and not self._is_silent:
            say(f"{self._what} is not out on {', '.join(left)}. Run the command again for these.")

    def describe(self, report: AnnounceReport) -> None:
        """Print what has not been said yet: what would go out, what was changed, what failed."""
        for account, words in report.said.items():
            say(f"{account}: {words}")
        for sent in report.sent:
            if sent.account not in self._told | report.failed.keys():
                self._describe(sent, is_fresh=sent.account in report.fresh)
        for account, note in report.failed.items():
            say(f"{account}: not done. {word_note(note)}")
        if report.failed:
            say("Run the same command again: nothing goes out twice.")

    def _describe(self, sent: Sent, *, is_fresh: bool) -> None:
        if sent.state == "waiting":
            say(f"{sent.account}: {self._tell_waiting(sent.at)}")
        elif sent.state == "deleted":
            say(f"{sent.account}: taken back")
        elif sent.state == "out":
            words = self._fresh if is_fresh else f"already out, since {self._tell(sent.at)}"
            say(f"{sent.account}: {words} {sent.url}".rstrip())

    def _tell_waiting(self, at: datetime) -> str:
        if at > self._now():
            return f"waits there until {self._tell(at)}, and goes out by itself"
        return (
            f"was due at {self._tell(at)} and still waits there: the server has it and is late."
            " Ask again in a minute"
        )

    def _tell(self, moment: datetime) -> str:
        """Return a moment by the chat's clock, with the day where it is not of today.

        What is to come is told to the second where it is not on the minute.
        """
        local, now = moment.astimezone(self._zone), self._now()
        clock = f"{local:%H:%M:%S}" if moment > now and local.second else f"{local:%H:%M}"
        is_today = local.date() == now.astimezone(self._zone).date()
        return f"{clock} {local:%Z}" if is_today else f"{local:%d %B}, {clock} {local:%Z}"
