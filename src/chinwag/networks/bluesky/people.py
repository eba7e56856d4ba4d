"""The profile of a DID: the handle and name for credit, and whether its owner may be shown.

Streams name people by DID alone. The app view is asked for new DIDs, 25 at a time
(app.bsky.actor.getProfiles), and only the parts of its answer that a post needs are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from chinwag.errors import NetworkError
from chinwag.http.client import Answer, Client
from chinwag.networks.contract import Watch
from chinwag.records.json_access import as_dicts, dig

AT_ONCE = 25  # the most that getProfiles takes
PATIENCE = (1.0, 2.0, 4.0)  # seconds between tries, before the route breaks and starts again

_KEPT = ("did", "handle", "displayName", "labels")

Profile = Mapping[str, Any]


class People:
    """Profiles by DID, each requested once; `forget` those whose handle has changed."""

    def __init__(self, app_view: Client) -> None:
        self._app_view = app_view
        self._known: dict[str, Profile] = {}

    def knows(self, did: str) -> bool:
        """Return whether a profile is here."""
        return did in self._known

    def forget(self, did: str) -> None:
        """Request the profile again when it is next needed."""
        self._known.pop(did, None)

    async def find(self, watch: Watch, dids: Iterable[str]) -> dict[str, Profile]:
        """Return the profile of each; where the app view knows none, it is the DID alone.

        Raises NetworkError when the app view cannot be asked: a post must not be shown before it is
        known whether its author may be.
        """
        wanted = list(dict.fromkeys(dids))
        new = [did for did in wanted if did not in self._known]
        for start in range(0, len(new), AT_ONCE):
            await self._ask(watch, new[start : start + AT_ONCE])
        return {did: self._known[did] for did in wanted}

    async def _ask(self, watch: Watch, dids: list[str]) -> None:
        path = f"/xrpc/app.bsky.actor.getProfiles?{urlencode({'actors': dids}, doseq=True)}"
        answer = await self._ask_patiently(watch, path)
        for profile in as_dicts(dig(answer.read_json(), "profiles")):
            if profile.get("did") in dids:
                kept = {key: profile[key] for key in _KEPT if key in profile}
                self._known[profile["did"]] = kept
        for did in dids:
            self._known.setdefault(did, {"did": did})

    async def _ask_patiently(self, watch: Watch, path: str) -> Answer:
        for seconds in PATIENCE:
            try:
                return await self._app_view.get(watch, path)
            except NetworkError as error:
                if error.is_final:
                    raise
                await watch.pause(seconds)
        return await self._app_view.get(watch, path)
