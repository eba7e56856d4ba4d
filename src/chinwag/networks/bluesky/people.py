"""Who a DID is: the handle and name by which to credit, and what its owner wishes.

Streams name people by DID alone. The app view is asked for those that are new, 25 at a time
(app.bsky.actor.getProfiles), and of its answer only what a post needs is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from chinwag.errors import NetworkError, Refused
from chinwag.networks.contract import Watch
from chinwag.networks.http import Client

AT_ONCE = 25  # the most that getProfiles takes
PATIENCE = (1.0, 2.0, 4.0)  # seconds between tries, before the route gives up and starts again

_KEPT = ("did", "handle", "displayName", "labels")

Profile = Mapping[str, Any]


class People:
    """Profiles by DID, asked for once; `forget` one whose handle has changed."""

    def __init__(self, app_view: Client) -> None:
        self._app_view = app_view
        self._known: dict[str, Profile] = {}

    def knows(self, did: str) -> bool:
        """Say whether somebody has been asked for."""
        return did in self._known

    def forget(self, did: str) -> None:
        """Ask anew when somebody comes up again."""
        self._known.pop(did, None)

    async def find(self, watch: Watch, dids: Iterable[str]) -> dict[str, Profile]:
        """Give the profile of each; one that the app view does not know is its DID alone.

        Raises NetworkError when the app view cannot be asked: a post must not be shown before its
        author's wish is known.
        """
        wanted = list(dict.fromkeys(dids))
        new = [did for did in wanted if did not in self._known]
        for start in range(0, len(new), AT_ONCE):
            await self._ask(watch, new[start : start + AT_ONCE])
        return {did: self._known[did] for did in wanted}

    async def _ask(self, watch: Watch, dids: list[str]) -> None:
        path = f"/xrpc/app.bsky.actor.getProfiles?{urlencode({'actors': dids}, doseq=True)}"
        for seconds in (*PATIENCE, 0.0):
            try:
                value = (await self._app_view.get(watch, path)).read_json()
                break
            except NetworkError as error:
                if not seconds or (isinstance(error, Refused) and error.is_final):
                    raise
                await watch.pause(seconds)
        listed = value.get("profiles") if isinstance(value, dict) else None
        for profile in listed if isinstance(listed, list) else ():
            if isinstance(profile, dict) and profile.get("did") in dids:
                self._known[profile["did"]] = {k: profile[k] for k in _KEPT if k in profile}
        for did in dids:
            self._known.setdefault(did, {"did": did})
