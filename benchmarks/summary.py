"""How much of what a person wrote about a question do the bullets say?

On a code-review club's meetings, of which a newsletter later summed up single questions: the
share of the content words of the person's answer that at most five bullets hold, beside LexRank
and TextRank (sumy) given the same posts and as nearly the same number of words as whole posts
allow, beside the first posts, random posts and a greedy oracle (as many posts as bullets are
allowed, of any length) that knows the person's answer. Meetings are split in two halves by date:
settings were chosen, and `learn.py --write` learns what a write-up holds, on the first.

    python benchmarks/summary.py            # a table, then one line of JSON
    python benchmarks/summary.py --show 5   # readable cases
"""

from __future__ import annotations

import argparse
import json
import random
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from chinwag.model import Chat, Moderator, Placement, Post, Question, quote_note
from chinwag.steps.reading import ReadPost
from chinwag.steps.summarise import relevance, summarise_chat
from chinwag.steps.summarise.join import join_parts
from chinwag.steps.summarise.relevance import WordSigns, find_signs
from chinwag.steps.summarise.statement import make_statement
from chinwag.text.cleaning import clean_post
from chinwag.text.stopwords import STOP_WORDS
from chinwag.text.words import content_words, split_words, weigh_words

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "review-club"
MOST = 5  # bullets
LONGEST = 80  # posts of a stretch
_LINK = re.compile(r"\]\[[^\]]*\]|\]\([^)]*\)|https?://\S+")


class Case(NamedTuple):
    """One question of one meeting: the posts said on it, and what a person wrote of it."""

    meeting: str
    first_half: bool
    question: str
    answer: str
    asked: Post
    posts: tuple[Post, ...]  # what was said on the question
    others: tuple[Post, ...]  # the rest of the meeting
    host: str


def read_cases(folder: Path) -> list[Case]:
    """Give the questions that a person summed up, with the stretch of the log about each."""
    meetings = {m["id"]: m for m in _read_lines(folder / "meetings.jsonl")}
    pairs = [p for p in _read_lines(folder / "optech_qa_pairs.jsonl") if p.get("line")]
    names = sorted({pair["meeting"].removesuffix(".md") for pair in pairs})
    early = set(names[: len(names) // 2])
    cases = []
    for pair in pairs:
        name = pair["meeting"].removesuffix(".md")
        if name not in meetings:
            continue
        posts = [post for post in meetings[name]["posts"] if post["author"]]
        starts = [other["line"] for other in pairs if other["meeting"] == pair["meeting"]]
        starts += [one["line"] for one in meetings[name]["questions"] if one["line"]]
        stretch = _cut_stretch(posts, pair["line"], meetings[name]["host"], starts)
        if len(stretch) > 1:
            made = [_make_post(name, post) for post in stretch]
            others = [_make_post(name, post) for post in posts if post not in stretch]
            cases.append(
                Case(
                    meeting=name,
                    first_half=name in early,
                    question=pair["q"],
                    answer=_LINK.sub(" ", pair["a"]),
                    asked=made[0],
                    posts=tuple(made[1:]),
                    others=tuple(others),
                    host=meetings[name]["host"],
                )
            )
    return cases


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _cut_stretch(
    posts: Sequence[dict[str, Any]], line: int, host: str, starts: Iterable[int]
) -> list[dict[str, Any]]:
    """Give the posts from the host's last question up to `line` to the next known question."""
    asked = [
        post["line"]
        for post in posts
        if line - 40 <= post["line"] <= line and post["author"] == host and "?" in post["text"]
    ]
    first = asked[-1] if asked else line
    last = min((start for start in starts if start > line), default=line + LONGEST)
    return [post for post in posts if first <= post["line"] < last][:LONGEST]


def _make_post(meeting: str, post: dict[str, Any]) -> Post:
    return Post(
        id=f"{meeting}-{post['line']:05}",
        author=post["author"],
        text=post["text"],
        created_at=datetime(2021, 1, 1, tzinfo=UTC) + timedelta(seconds=20 * post["line"]),
        reply_to=None,
        url="",
        source="irc",
    )


def learn_signs(cases: Sequence[Case]) -> tuple[WordSigns, float]:
    """Give how much each sign tells that a word stands in a person's answer, and the level.

    Learned on the first half of the meetings alone.
    """
    import numpy as np

    from regression import learn_weights

    signs, truth = [], []
    for case in (case for case in cases if case.first_half):
        answer = set(content_words(case.answer))
        everybody = frozenset(post.author.casefold() for post in (*case.posts, *case.others))
        placed = [(ReadPost(post), _place(post)) for post in case.posts]
        statements = [make_statement(run, "", everybody) for run in join_parts(placed, "")]
        weights = weigh_words(content_words(post.text) for post in (*case.posts, *case.others))
        for word, told in find_signs(statements, weights, case.question):
            signs.append(told)
            truth.append(float(word in answer))
    learned, level = learn_weights(np.array(signs), np.array(truth))
    return WordSigns(*(round(float(one), 3) for one in learned)), round(level, 3)


def write_relevance(cases: Sequence[Case]) -> None:
    """Write into the package what tells that a word stands in a person's answer."""
    learned = relevance.Learned(*learn_signs(cases))
    relevance.WEIGHTS.write_bytes(msgspec.json.encode(learned) + b"\n")


def _place(post: Post) -> Placement:
    return Placement(
        post=post.id, question="1", reason=quote_note("in the stretch"), confidence=1, by="time"
    )


def summarise(case: Case) -> list[str]:
    """Give the bullets' texts that Chinwag would write."""
    question = Question(label="1", text=case.question, posts=(case.asked.id,))
    chat = Chat(
        series="",
        hashtag="",
        title=case.meeting,
        moderators=(Moderator(author=case.host),),
        questions=(question,),
    )
    placements = [_place(post) for post in case.posts]
    summary = summarise_chat(chat, (*case.posts, *case.others), placements, most=MOST)
    return [bullet.text for bullet in summary.questions[0].bullets]


def take_as_long(ranked: Sequence[str], words: int) -> list[str]:
    """Give the first of these texts, as many as come nearest to so many words."""
    return nearest([list(ranked[:number]) for number in range(1, len(ranked) + 1)], words)


def nearest(choices: Sequence[list[str]], words: int) -> list[str]:
    """Give the choice whose length comes nearest to so many words; nothing where none is asked."""
    if not words:
        return []
    return min(choices, key=lambda texts: abs(count_words(texts) - words))


def count_words(texts: Iterable[str]) -> int:
    return sum(len(split_words(text)) for text in texts)


class Tokenizer:
    """What sumy asks of a tokenizer, without the downloads that its own needs."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Return a text whole: a post is one sentence."""
        return (text,)

    def to_words(self, text: str) -> tuple[str, ...]:
        """Return its words."""
        return split_words(text)


Summariser = Callable[[Sequence[str], int], list[str]]


def make_peer(name: str) -> Summariser:
    """Give a function by which sumy summarises texts in about so many words."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    kinds = {"lexrank": LexRankSummarizer, "textrank": TextRankSummarizer}
    summarizer = kinds[name](Stemmer("english"))
    summarizer.stop_words = STOP_WORDS
    tokenizer = Tokenizer()

    def pick(texts: Sequence[str], words: int) -> list[str]:
        sentences = [Sentence(text, tokenizer) for text in texts if split_words(text)]
        document = ObjectDocumentModel([Paragraph(sentences)])
        choices = []
        for number in range(1, len(sentences) + 1):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # no two posts resemble each other
                choices.append([str(sentence) for sentence in summarizer(document, number)])
            if count_words(choices[-1]) >= words:
                break
        return nearest(choices, words)

    return pick


def pick_oracle(texts: Sequence[str], answer: set[str], number: int) -> list[str]:
    """Give the texts that cover most of the answer, chosen greedily by one who knows it."""
    taken: list[str] = []
    covered: set[str] = set()
    for _ in range(number):
        best = max(texts, key=lambda text: len((answer - covered) & set(content_words(text))))
        covered |= set(content_words(best))
        taken.append(best)
    return taken


def cover(answer: set[str], texts: Iterable[str]) -> float:
    """Give the share of the answer's content words that stand in these texts."""
    said = {word for text in texts for word in content_words(text)}
    return len(answer & said) / len(answer)


def measure_case(case: Case, peers: dict[str, Summariser]) -> dict[str, float]:
    """Give each method's share of the answer's words for one question, and Chinwag's length."""
    answer = set(content_words(case.answer))
    people = {post.author.casefold() for post in case.posts}
    texts = [text for post in case.posts if (text := clean_post(post.text, "", people))]
    bullets = summarise(case)
    words = count_words(bullets)
    shuffled = texts[:]
    random.Random(case.asked.id).shuffle(shuffled)
    shares = {name: cover(answer, pick(texts, words)) for name, pick in peers.items()}
    return {
        "chinwag": cover(answer, bullets),
        **shares,
        "lead": cover(answer, take_as_long(texts, words)),
        "random": cover(answer, take_as_long(shuffled, words)),
        "oracle": cover(answer, pick_oracle(texts, answer, MOST)),
        "words": words,
        "bullets": len(bullets),
    }


def show_cases(cases: Sequence[Case], number: int) -> None:
    for case in random.Random(1).sample(list(cases), number):
        answer = set(content_words(case.answer))
        print(f"\n=== {case.meeting}: {case.question}\nperson: {case.answer}")
        for bullet in summarise(case):
            print(f"  * {bullet}")
        people = {post.author.casefold() for post in case.posts}
        texts = [clean_post(post.text, "", people) for post in case.posts]
        for text in pick_oracle([text for text in texts if text], answer, MOST):
            print(f"  oracle: {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--show", type=int, default=0, help="print so many readable cases")
    parser.add_argument("--quick", action="store_true", help="the first twenty questions only")
    parser.add_argument("--half", choices=("first", "second"), help="only this half")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"The meetings are not here ({SHARED} does not exist); nothing was measured.")
        return
    cases = read_cases(SHARED)
    if options.half:
        cases = [case for case in cases if case.first_half == (options.half == "first")]
    if options.quick:
        cases = cases[:20]
    if options.show:
        show_cases(cases, options.show)
        return
    peers = {name: make_peer(name) for name in ("lexrank", "textrank")}
    rows = [(case.first_half, measure_case(case, peers)) for case in cases]
    print_table(rows)


def print_table(rows: Sequence[tuple[bool, dict[str, float]]]) -> None:
    """Print the mean share of every method for each half and the whole, then the JSON line."""
    parts = {
        "first half": [row for early, row in rows if early],
        "second half": [row for early, row in rows if not early],
        "all": [row for _, row in rows],
    }
    names = list(rows[0][1])
    print("".join(["questions".ljust(22), *(name.rjust(10) for name in names)]))
    means: dict[str, dict[str, float]] = {}
    for part, measured in parts.items():
        if not measured:
            continue
        means[part] = {n: sum(row[n] for row in measured) / len(measured) for n in names}
        cells = [f"{means[part][name]:.3f}".rjust(10) for name in names]
        print("".join([f"{part} ({len(measured)})".ljust(22), *cells]))
    whole = means["all"]
    print(
        json.dumps(
            {
                "benchmark": "summary",
                "compared_with": "sumy LexRank and TextRank, lead, random, greedy oracle",
                "questions": len(rows),
                **{name: round(share, 4) for name, share in whole.items()},
                "times_lexrank": round(whole["chinwag"] / whole["lexrank"], 3),
                "of_oracle": round(whole["chinwag"] / whole["oracle"], 3),
            }
        )
    )


if __name__ == "__main__":
    main()
