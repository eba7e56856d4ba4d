"""What a real language model offers for the sample chat, and what of it may stand.

    python benchmarks/with_model.py http://127.0.0.1:8080/v1 NAME          one JSON line
    python benchmarks/with_model.py http://127.0.0.1:8080/v1 NAME --show   and every sentence

A key is read from CHINWAG_MODEL_KEY, as by the command. "judged" is what the write-up does: a
sentence has to name its point and its posts rightly, and claim no more than they do. "by_claims"
judges the same sentences by their claims alone, as if each had named its point and posts rightly:
compared with accepting whatever the model says for the point that it was asked about.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from chinwag.config import read_settings
from chinwag.engines.language_model import LanguageModel
from chinwag.errors import EngineError
from chinwag.steps import rewording
from chinwag.steps.rewording.read_answer import read_sentences
from chinwag.steps.tracing.claims import check_sentence
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.recap_files import recap_files
from chinwag.workflows.summarise_chat import draft_summary

SAMPLE = Path(__file__).parents[1] / "examples" / "stackschat"


def main(address: str, name: str, show: bool) -> None:
    """Ask about every point of the sample chat, one a message."""
    settings = read_settings()
    model = LanguageModel(address, name, settings.model_key, timeout=600)
    judged: Counter[str] = Counter()
    by_claims: Counter[str] = Counter()
    failed = tokens_in = tokens_out = 0
    with tempfile.TemporaryDirectory() as scratch:
        files = sorted(SAMPLE.glob("*.json"))
        recap_files(files, Path(scratch, "chat"), ChatDetails(time_zone="Europe/London"))
        folder = ChatFolder.open(Path(scratch, "chat"))
        chat, posts, summary = draft_summary(folder)
        plan = rewording.plan_requests(
            chat, summary, posts, folder.read_placements(), most_points=1
        )
    for request in plan.requests:
        try:
            answer = model.answer(
                rewording.INSTRUCTIONS, request.message, rewording.SCHEMA, request.most_tokens
            )
        except EngineError as failure:
            failed += 1
            print(failure, file=sys.stderr)
            continue
        tokens_in += answer.tokens_in or 0
        tokens_out += answer.tokens_out or 0
        (asked,) = request.points.values()
        for one in rewording.judge_answer(request, answer, name)[1]:
            judged[one.reason or "accepted"] += 1
        for sentence in read_sentences(answer.text):
            sources = [sent.source for sent in asked.sent.values()]
            refusal = check_sentence(sentence.text, sources, request.known)
            by_claims[refusal.reason if refusal else "accepted"] += 1
            if show:
                print(
                    f"{refusal or 'ACCEPTED'}\n  says: {sentence.text}\n  post: {sources[0].text}"
                )
    result = {
        "benchmark": "with_model",
        "model": name,
        "points": len(plan.requests),
        "failed": failed,
        "judged": dict(judged.most_common()),
        "by_claims": dict(by_claims.most_common()),
        "tokens_in": tokens_in,
        "tokens_out": tokens_out,
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--show" in sys.argv)
