"""A regular-expression matcher that counts its steps, as the one of the library backtracks.

It reads the tree that the library itself makes of a pattern. A step is one sign looked at, or one
way tried. So the work of a pattern can be asserted, on any machine, without a clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Go: TypeAlias = Callable[[int], bool]
Matcher: TypeAlias = Callable[[int, Go], bool]

_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda sign: sign.isalnum() or sign == "_",
}
_EVER = int(_constants.MAXREPEAT)


class TooManySteps(Exception):
    """More steps were taken than allowed."""


class CountingMatcher:
    """One pattern, matched against one text at a time; `steps` is what that took."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._flags = pattern.flags
        self.tree = _parser.parse(pattern.pattern, pattern.flags)
        self._known: dict[tuple[int, str], bool] = {}
        self._matcher = self._row(list(self.tree), self._flags)
        self.text = ""
        self.steps = self.most = 0
        self._groups: dict[int, tuple[int, int]] = {}

    def find(self, text: str) -> int | None:
        """Return where the first match of a text ends, None where there is none."""
        self.text, self.steps, self.most = text, 0, _EVER
        return self._search("search", 0)

    def count(self, method: str, text: str, most: int) -> int:
        """Return the steps that a method of the pattern takes on a text, raise TooManySteps."""
        self.text, self.steps, self.most = text, 0, most
        at = 0
        while at <= len(text):
            end = self._search(method, at)
            if end is None or method in ("match", "fullmatch", "search"):
                break
            at = end if end > at else at + 1
        return self.steps

    def _search(self, method: str, at: int) -> int | None:
        """Return where the first match at or after a place ends, None where there is none."""
        only = method in ("match", "fullmatch")
        for start in [at] if only else range(at, len(self.text) + 1):
            self._groups = {}
            ends: list[int] = []

            def stop(end: int, ends: list[int] = ends) -> bool:
                if method == "fullmatch" and end != len(self.text):
                    return False
                ends.append(end)
                return True

            self._step()
            if self._matcher(start, stop):
                return ends[0]
        return None

    def _step(self, number: int = 1) -> None:
        self.steps += number
        if self.steps > self.most:
            raise TooManySteps

    def _row(self, nodes: list[Any], flags: int) -> Matcher:
        """Return what matches nodes one after the other."""
        matchers = [self._node(kind, more, flags) for kind, more in nodes]

        def match(at: int, go: Go, first: int = 0) -> bool:
            if first == len(matchers):
                return go(at)
            return matchers[first](at, lambda end: match(end, go, first + 1))

        return matchers[0] if len(matchers) == 1 else match

    def _node(self, kind: Any, more: Any, flags: int) -> Matcher:
        if (test := self._one(kind, more, flags)) is not None:
            return self._sign(test)
        return getattr(self, f"_make_{str(kind).lower()}")(more, flags)  # type: ignore[no-any-return]

    def _sign(self, test: Callable[[str], bool]) -> Matcher:
        def match(at: int, go: Go) -> bool:
            self._step()
            return at < len(self.text) and test(self.text[at]) and go(at + 1)

        return match

    def _one(self, kind: Any, more: Any, flags: int) -> Callable[[str], bool] | None:
        """Return the test of a node that matches one sign, None for another."""
        name = str(kind)
        if name not in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "CATEGORY", "RANGE"):
            return None
        folds = bool(flags & re.IGNORECASE)

        def test(sign: str) -> bool:
            key = (id(more) if name == "IN" else hash((name, str(more))), sign)
            if key not in self._known:
                forms = {sign, sign.lower(), sign.upper()} if folds else {sign}
                self._known[key] = any(_fits(name, more, form, flags, folds) for form in forms)
            return self._known[key]

        return test

    def _make_branch(self, more: Any, flags: int) -> Matcher:
        ways = [self._row(list(way), flags) for way in more[1]]

        def match(at: int, go: Go) -> bool:
            for way in ways:
                self._step()
                if way(at, go):
                    return True
            return False

        return match

    def _make_subpattern(self, more: Any, flags: int) -> Matcher:
        group, added, taken, inside = more
        inner = self._row(list(inside), (flags | added) & ~taken)

        def match(at: int, go: Go) -> bool:
            before = self._groups.get(group)

            def close(end: int) -> bool:
                self._groups[group] = (at, end)
                return go(end)

            if inner(at, close):
                return True
            if before is not None:
                self._groups[group] = before
            else:
                self._groups.pop(group, None)
            return False

        return inner if group is None else match

    def _make_max_repeat(self, more: Any, flags: int, *, lazy: bool = False) -> Matcher:
        least, most, inside = more
        nodes = list(inside)
        one = self._one(nodes[0][0], nodes[0][1], flags) if len(nodes) == 1 else None
        if one is not None:
            return self._repeat_sign(one, int(least), int(most), lazy=lazy)
        inner = self._row(nodes, flags)

        def again(at: int, go: Go, done: int) -> bool:
            self._step()

            def further(end: int) -> bool:
                return (end > at or done < least) and again(end, go, done + 1)

            if done < least:
                return inner(at, further)
            if lazy:
                return go(at) or (done < most and inner(at, further))
            return (done < most and inner(at, further)) or go(at)

        return lambda at, go: again(at, go, 0)

    def _make_min_repeat(self, more: Any, flags: int) -> Matcher:
        return self._make_max_repeat(more, flags, lazy=True)

    def _make_possessive_repeat(self, more: Any, flags: int) -> Matcher:
        return self._alone(self._make_max_repeat(more, flags))

    def _make_atomic_group(self, more: Any, flags: int) -> Matcher:
        return self._alone(self._row(list(more), flags))

    def _alone(self, inner: Matcher) -> Matcher:
        """Return what takes the first way and never another."""

        def match(at: int, go: Go) -> bool:
            ends: list[int] = []

            def stop(end: int) -> bool:
                ends.append(end)
                return True

            return inner(at, stop) and go(ends[0])

        return match

    def _repeat_sign(
        self, test: Callable[[str], bool], least: int, most: int, *, lazy: bool
    ) -> Matcher:
        def match(at: int, go: Go) -> bool:
            end, furthest = at, min(len(self.text), at + most)
            wanted = min(furthest, at + least) if lazy else furthest
            while end < wanted and test(self.text[end]):
                end += 1
            self._step(end - at + 1)
            if end - at < least:
                return False
            while True:
                self._step()
                if go(end):
                    return True
                if lazy:
                    if end >= furthest or not test(self.text[end]):
                        return False
                    end += 1
                elif end == at + least:
                    return False
                else:
                    end -= 1

        return match

    def _make_assert(self, more: Any, flags: int) -> Matcher:
        return self._look(more, flags, wanted=True)

    def _make_assert_not(self, more: Any, flags: int) -> Matcher:
        return self._look(more, flags, wanted=False)

    def _look(self, more: Any, flags: int, *, wanted: bool) -> Matcher:
        direction, inside = more
        inner = self._row(list(inside), flags)
        width = inside.getwidth()[0] if direction < 0 else 0

        def match(at: int, go: Go) -> bool:
            start = at - width
            holds = start >= 0 and inner(start, lambda end: direction > 0 or end == at)
            return holds is wanted and go(at)

        return match

    def _make_at(self, more: Any, flags: int) -> Matcher:
        name = str(more)

        def match(at: int, go: Go) -> bool:
            self._step()
            return self._stands(name, at, flags) and go(at)

        return match

    def _stands(self, name: str, at: int, flags: int) -> bool:
        text = self.text
        if name in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            lines = flags & re.MULTILINE and name == "AT_BEGINNING"
            return at == 0 or bool(lines and text[at - 1] == "\n")
        if name == "AT_END_STRING":
            return at == len(text)
        if name == "AT_END":
            ends = at == len(text) or (at == len(text) - 1 and text[at] == "\n")
            return ends or bool(flags & re.MULTILINE and text[at] == "\n")
        is_word = _CATEGORIES["CATEGORY_WORD"]
        before = at > 0 and is_word(text[at - 1])
        after = at < len(text) and is_word(text[at])
        return (before != after) is (name == "AT_BOUNDARY")

    def _make_groupref(self, more: Any, flags: int) -> Matcher:
        def match(at: int, go: Go) -> bool:
            start, end = self._groups.get(more, (0, -1))
            said = self.text[start:end] if end >= 0 else None
            self._step(len(said or "") + 1)
            return said is not None and self.text.startswith(said, at) and go(at + len(said))

        return match

    def _make_groupref_exists(self, more: Any, flags: int) -> Matcher:
        group, yes, no = more
        there = self._row(list(yes), flags)
        missing = self._row(list(no), flags) if no else None

        def match(at: int, go: Go) -> bool:
            if group in self._groups:
                return there(at, go)
            return missing(at, go) if missing else go(at)

        return match


def list_signs(tree: Any) -> Iterator[str]:
    """Yield one sign for each place of a pattern, in order: what it may look for there."""
    for kind, more in tree:
        name = str(kind)
        if name == "LITERAL":
            yield chr(more)
        elif name in ("IN", "ANY", "NOT_LITERAL"):
            yield next((sign for sign in "a1 .-@#é“\n" if _fits(name, more, sign, 0, False)), "x")
        elif name == "BRANCH":
            for way in more[1]:
                yield from list_signs(way)
        elif name == "SUBPATTERN":
            yield from list_signs(more[3])
        elif name.endswith("REPEAT"):
            yield from list_signs(more[2])
        elif name == "ATOMIC_GROUP":
            yield from list_signs(more)
        elif name == "ASSERT":
            yield from list_signs(more[1])


def _fits(name: str, more: Any, sign: str, flags: int, folds: bool) -> bool:
    """Return whether one sign is what a node looks for."""
    if name == "LITERAL":
        return bool(ord(sign) == more) or (folds and chr(more).lower() == sign.lower())
    if name == "NOT_LITERAL":
        return bool(ord(sign) != more)
    if name == "ANY":
        return sign != "\n" or bool(flags & re.DOTALL)
    if name == "RANGE":
        return bool(more[0] <= ord(sign) <= more[1])
    if name == "CATEGORY":
        said = str(more)
        is_not = "_NOT_" in said
        return _CATEGORIES[said.replace("_NOT_", "_")](sign) is not is_not
    negate = bool(more) and str(more[0][0]) == "NEGATE"
    found = any(_fits(str(kind), one, sign, flags, folds) for kind, one in more[negate:])
    return found is not negate
