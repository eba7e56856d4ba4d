"""How well the check of a model's sentences tells faithful ones from false ones.

    python benchmarks/claims.py            one JSON line
    python benchmarks/claims.py --errors   and every sentence that was judged wrongly

Judged are the sentences of claims.txt, written by hand about the sample chat: faithful ones in the
posts' own words and in freer ones, and false ones of many kinds. The first points were looked at
while the check was written ("seen"), the rest were written after it and judged once ("held out").
"crossed" are all faithful sentences held against the points of other questions. Compared with: an
overlap of words alone, at the threshold that accepts half of the faithful sentences seen.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import msgspec

from chinwag.steps.tracing.claims import Known, Source, check_sentence
from chinwag.text.words import content_words

HELD_OUT = "=== held out"
CASES = Path(__file__).with_name("claims.txt")


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence on one point; `kind` is "close", "free", or what is wrong with it."""

    point: int
    sources: tuple[Source, ...]
    known: Known
    kind: str
    sentence: str
    held_out: bool

    @property
    def is_faithful(self) -> bool:
        """Whether it says what its posts say."""
        return self.kind in ("close", "free")


def read_cases(text: str) -> list[Case]:
    """Read the cases in the order in which they stand."""
    cases: list[Case] = []
    people = tuple(sorted(_find_people(text)))
    point, known = 0, Known()
    sources: tuple[Source, ...] = ()
    held_out = False
    for line in text.splitlines():
        held_out = held_out or line == HELD_OUT
        sign, _, rest = line.partition(" ")
        if sign in ("==", "&"):
            handle, name, words = (part.strip() for part in rest.split("|", 2))
            source = Source(author=handle, name=name, text=words)
            point, sources = (point + 1, (source,)) if sign == "==" else (point, (*sources, source))
        elif sign == "?":
            known = Known(question=rest, people=people)
        elif sign in ("+", "~", "-"):
            kind, sentence = {"+": "close", "~": "free"}.get(sign, ""), rest
            if not kind:
                kind, _, sentence = rest.partition(" ")
            cases.append(
                Case(
                    point=point,
                    sources=sources,
                    known=known,
                    kind=kind,
                    sentence=sentence,
                    held_out=held_out,
                )
            )
    return cases


def _find_people(text: str) -> set[str]:
    rows = [line.split("|") for line in text.splitlines() if line.startswith(("== ", "& "))]
    return {part.strip().removeprefix("== ").removeprefix("& ") for row in rows for part in row[:2]}


def judge(cases: list[Case]) -> dict[str, object]:
    """Give the rates of a set of cases."""
    verdicts = [(case, check_sentence(case.sentence, case.sources, case.known)) for case in cases]
    false = [refusal for case, refusal in verdicts if not case.is_faithful]
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for case, refusal in verdicts:
        by_kind[case.kind].append(refusal is None)
    return {
        "false": len(false),
        "false_refused": round(sum(one is not None for one in false) / len(false), 3),
        "close": len(by_kind["close"]),
        "close_accepted": round(sum(by_kind["close"]) / len(by_kind["close"]), 3),
        "free": len(by_kind["free"]),
        "free_accepted": round(sum(by_kind["free"]) / len(by_kind["free"]), 3),
        "false_accepted_by_kind": {
            kind: f"{sum(accepted)}/{len(accepted)}"
            for kind, accepted in sorted(by_kind.items())
            if kind not in ("close", "free") and sum(accepted)
        },
    }


def cross(cases: list[Case]) -> dict[str, object]:
    """Hold every faithful sentence against the points of other questions."""
    faithful = [case for case in cases if case.is_faithful]
    points = {case.point: case for case in cases}.values()
    pairs = [
        (case, other)
        for case in faithful
        for other in points
        if other.known.question != case.known.question
    ]
    accepted = [
        case.sentence
        for case, other in pairs
        if check_sentence(case.sentence, other.sources, other.known) is None
    ]
    return {"pairs": len(pairs), "accepted": len(accepted)}


def judge_by_overlap(cases: list[Case]) -> dict[str, object]:
    """Give the rates of a bare overlap of content words on held-out points."""
    levels = sorted(_overlap(case) for case in cases if case.is_faithful and not case.held_out)
    threshold = levels[len(levels) // 2]
    false = [case for case in cases if case.held_out and not case.is_faithful]
    faithful = [case for case in cases if case.held_out and case.is_faithful]
    return {
        "threshold": round(threshold, 3),
        "false_refused": round(sum(_overlap(c) < threshold for c in false) / len(false), 3),
        "faithful_accepted": round(
            sum(_overlap(c) >= threshold for c in faithful) / len(faithful), 3
        ),
    }


def _overlap(case: Case) -> float:
    words = set(content_words(case.sentence))
    theirs = {word for source in case.sources for word in content_words(source.text)}
    return len(words & theirs) / max(1, len(words))


def main() -> None:
    """Print one JSON line; with --errors, every wrong judgement before it."""
    cases = read_cases(CASES.read_text(encoding="utf-8"))
    wrong: Counter[str] = Counter()
    started = time.perf_counter()
    for case in cases:
        refusal = check_sentence(case.sentence, case.sources, case.known)
        if (refusal is None) != case.is_faithful:
            wrong[case.kind] += 1
            if "--errors" in sys.argv:
                print(f"{case.point:3} {case.kind:13} {case.sentence}\n      -> {refusal}")
    seconds = time.perf_counter() - started
    result = {
        "benchmark": "claims",
        "cases": len(cases),
        "seen": judge([case for case in cases if not case.held_out]),
        "held_out": judge([case for case in cases if case.held_out]),
        "all": judge(cases),
        "crossed": cross(cases),
        "overlap_on_held_out": judge_by_overlap(cases),
        "ms_per_sentence": round(1000 * seconds / len(cases), 2),
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
