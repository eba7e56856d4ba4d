"""A queue gives back what was put into it, in its order, however much that is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chinwag.model import AsideRow, make_worded_note
from chinwag.stores.disk_queue import DiskQueue

LONG = 1 << 20  # letters of a row of which some forty are too many for memory


def make_rows(number: int, letters: int) -> Iterator[AsideRow]:
    reason = make_worded_note("it is torn", code="torn")
    for line in range(number):
        yield AsideRow(file="a.csv", line=line, reason=reason, text="z" * letters)


@pytest.mark.parametrize(("number", "letters", "on_disk"), [(3, 5, False), (45, LONG, True)])
def test_rows_come_back_in_their_order_as_often_as_they_are_asked_for(
    tmp_path: Path, number: int, letters: int, *, on_disk: bool
) -> None:
    path = tmp_path / "rows"
    with DiskQueue(path, AsideRow) as queue:
        for row in make_rows(number, letters):
            queue.add(row)
        assert len(queue) == number
        assert list(queue) == list(queue) == list(make_rows(number, letters))
        assert (path.stat().st_size > 0) is on_disk
        extra = next(make_rows(1, 1))
        queue.add(extra)
        assert [row.line for row in queue] == [*range(number), 0]
    assert not path.exists()


def test_nothing_is_added_outside_the_with(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside its `with`"):
        DiskQueue(tmp_path / "rows", AsideRow).add(next(make_rows(1, 1)))
