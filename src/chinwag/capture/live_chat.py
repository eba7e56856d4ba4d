"""A chat while it is captured: its posts and its account, kept up record by record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from chinwag.capture.decisions import Decisions
from chinwag.capture.placing import ChatPlacing, Work
from chinwag.capture.reading import LiveRecord, read_record
from chinwag.capture.redaction import Redactions, redact_record
from chinwag.capture.sifting import Sifter
from chinwag.capture.state import Snapshot
from chinwag.model import Chat, Deletion, RawPost, Removal
from chinwag.records.vocabulary import EVENT, JOURNAL, name_network
from chinwag.steps.collect import Account, LiveCollection, Removed, list_removed
from chinwag.stores.folder import ChatFolder
from chinwag.stores.folder.journal import read_journal


class LiveChat:
    """The chat of a folder, loaded whole, to which records are added.

    `sift` what came, write it to the disk, then `add` it. `version` counts what changed, so that
    whoever keeps the folder knows whether it is behind. Only the event loop changes a chat; what
    takes long works on a `take_snapshot` in a thread.
    """

    def __init__(self, folder: ChatFolder, decisions: Decisions) -> None:
        """Load the folder. Raises DamagedFolder where a file of it cannot be read."""
        self.folder = folder
        self.version = 0
        self.account = Account()
        self.collection = LiveCollection(
            folder.read_posts(), Removed(decisions.removals, decisions.removal_key)
        )
        removed = list_removed(self.collection.posts, self.collection.removed)
        self.collection.take_out(removed)
        self.placing = ChatPlacing(decisions)
        self.gone = Redactions((), ())  # everything whose text must not be kept
        self._decisions = decisions
        self._sifter = Sifter()
        self._ledger = folder.read_ledger()
        self._read_journals()
        self._find_gone()
        self._cleared = self.gone  # an import has cleared what was captured before

    @property
    def chat(self) -> Chat:
        """The chat with the questions found so far."""
        return self.placing.chat

    def refuse(self, removals: Sequence[Removal], key: bytes) -> Removed | None:
        """Let nothing in that people want removed; return what that is, None for no change.

        `list_removed` finds with it the posts that are there already, which may take a while;
        `use_decisions` is told of them.
        """
        if removals == self._decisions.removals:
            return None
        self.collection.removed = Removed(removals, key)
        return self.collection.removed

    def use_decisions(self, decisions: Decisions, removed: Sequence[str]) -> bool:
        """Follow what people decided; return whether that changes anything.

        `removed` are the ids of the posts that are to be taken out.
        """
        if decisions == self._decisions:
            return False
        self._decisions = decisions
        if removed:
            self.placing.note_changed(self.collection.take_out(removed))
        self._find_gone()
        self.placing.note_decisions(decisions)
        self.version += 1
        return True

    def note_written(self, chat: Chat) -> None:
        """Note what Chinwag itself wrote into chat.toml: that is nobody's decision."""
        self._decisions = msgspec.structs.replace(self._decisions, chat=chat)

    def knows(self, id_: str) -> bool:
        """Return whether a post of the chat has this id or alias, the latest among them."""
        return self.collection.knows(id_) or self._sifter.is_awaited(id_)

    def sift(self, raws: Iterable[RawPost]) -> list[LiveRecord]:
        """Return the records that say something new, without text that is gone."""
        return self.redact(self._sifter.sift(raws))

    def redact(self, records: Iterable[LiveRecord]) -> list[LiveRecord]:
        """Return records without text that has gone since they were sifted."""
        if not self.gone:
            return list(records)
        return [redact_record(record, self.gone) for record in records]

    def add(self, records: Sequence[LiveRecord]) -> tuple[str, ...]:
        """Take in records that are on the disk; return the ids of the posts in them."""
        for record in records:
            self.account.see(record.raw)
        says = [said for record in records for said in record.says]
        changed = self.collection.add(says)
        self.placing.note_changed(changed)
        self.version += 1
        has_tombs = any(post is not None and post.deleted for post in changed.values())
        if has_tombs or any(isinstance(said, Deletion) for said in says):
            self._find_gone()
        self._sifter.forget_awaited(self.collection.knows)
        return tuple(dict.fromkeys(said.id for said in says))

    def take_work(self) -> Work:
        """Take some of what waits to be placed."""
        return self.placing.take_work(self.collection.posts)

    def take_snapshot(self) -> Snapshot:
        """Return the chat as it stands now, for a thread to read."""
        return Snapshot(
            posts=self.collection.posts,
            chat=self.placing.chat,
            written=self._decisions.chat,
            placed=self.placing.placed,
            account=self.account.copy(),
            ledger=self._ledger,
            removals=self._decisions.removals,
        )

    def has_text_to_clear(self) -> bool:
        """Return whether more is gone than when the journals were last cleared."""
        return self.gone is not self._cleared

    def note_cleared(self, gone: Redactions) -> None:
        """Note that the journals no longer hold any of this."""
        self._cleared = gone

    def _find_gone(self) -> None:
        decided = self._decisions
        gone = Redactions(self.collection.list_deleted(), decided.removals, decided.removal_key)
        if gone.ids != self.gone.ids or gone.removals != self.gone.removals:
            self.gone = gone

    def _read_journals(self) -> None:
        """Go over what was captured before: who said what, and what was deleted."""
        deletions: list[Deletion] = []
        for file in self._ledger.files:
            if file.format != JOURNAL:
                continue
            for raw in read_journal(self.folder.find_raw(file.raw)):
                self.account.see(raw)
                if name_network(raw.route) != EVENT:
                    says = read_record(raw) or ()
                    self._sifter.note(raw, says)
                    deletions += [said for said in says if isinstance(said, Deletion)]
        self.collection.add(deletions)
