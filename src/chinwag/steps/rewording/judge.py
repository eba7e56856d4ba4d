"""What of an answer may stand: one sentence for each point, from that point's posts alone."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chinwag.model import ModelAnswer, Rewording
from chinwag.steps.rewording.plan import PointAsked, Request
from chinwag.steps.rewording.read_answer import Sentence, read_sentences
from chinwag.steps.tracing.claims import Known, Refusal, check_sentence

OTHER_REASONS = {
    "missing": "the model gave none for this point",
    "strange": "it is for no point that was asked about",
    "again": "there is one for this point already",
    "sourceless": "it names none of the posts behind its point",
    "elsewhere": "it rests on posts that are not behind its point",
}


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence offered, and why it was refused; "" where it stands. `words` show the fault."""

    point: str
    sentence: str
    reason: str
    words: str = ""


def judge_answer(
    request: Request, answer: ModelAnswer, model: str
) -> tuple[tuple[Rewording, ...], tuple[Judged, ...]]:
    """Return a wording for every point of the request, and the verdict on every sentence offered.

    A point without a sentence that may stand has a wording that says why. Of refused sentences the
    wordings keep nothing, so that nothing wrong can be published or need be taken out later.
    """
    offered = read_sentences(answer.text)
    judged: list[Judged] = []
    accepted: dict[str, Sentence] = {}
    refused: dict[str, str] = {}
    for sentence in offered:
        fault = _find_fault(sentence, request, accepted)
        judged.append(
            Judged(
                point=sentence.point,
                sentence=sentence.text,
                reason=fault.reason if fault else "",
                words=fault.words if fault else "",
            )
        )
        if fault is None:
            accepted[sentence.point] = sentence
        else:
            refused.setdefault(sentence.point, fault.reason)
    wordings = tuple(
        _keep(request.question, asked, accepted.get(name), refused.get(name, "missing"), model)
        for name, asked in request.points.items()
    )
    return wordings, tuple(judged)


def _find_fault(
    sentence: Sentence, request: Request, accepted: dict[str, Sentence]
) -> Refusal | None:
    asked = request.points.get(sentence.point)
    if asked is None:
        return Refusal(reason="strange", words=sentence.point)
    if sentence.point in accepted:
        return Refusal(reason="again")
    first = next(iter(asked.sent))
    others = [one for one in sentence.posts if one not in asked.sent]
    if others:
        return Refusal(reason="elsewhere", words=", ".join(others))
    if first not in sentence.posts:
        return Refusal(reason="sourceless", words=", ".join(sentence.posts))
    return _check(sentence.text, sentence.posts, asked, request.known)


def _check(text: str, posts: Sequence[str], asked: PointAsked, known: Known) -> Refusal | None:
    """Check a sentence against the posts that it names, the point's own words first."""
    named = [sent.source for name, sent in asked.sent.items() if name in posts]
    return check_sentence(text, named, known)


def _keep(
    question: str, asked: PointAsked, sentence: Sentence | None, refused: str, model: str
) -> Rewording:
    bullet = asked.bullet
    base = Rewording(
        question=question,
        quoted=bullet.quoted,
        posts=bullet.posts,
        point=bullet.text,
        model=model,
        refused="" if sentence else refused,
    )
    if sentence is None:
        return base
    rests_on = tuple(sent.post for name, sent in asked.sent.items() if name in sentence.posts)
    return msgspec.structs.replace(base, said=sentence.text, rests_on=rests_on)
