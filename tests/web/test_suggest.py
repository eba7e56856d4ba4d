"""An editor's help: cost told first, answers believed in nothing, each change a person's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.engines.chat_server import ChatServer, Reply, say, serve_chat
from tests.web.conftest import address
from tests.web.test_write import change, keep, list_points, read_edition, tell_texts

from chinwag.model import PointBlock
from chinwag.web.chats.models import Advice, Block, Chat, Suggestion
from chinwag.web.keeper.advice import run_advice
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.keeper.kinds import KINDS
from chinwag.web.keeper.rows import MOST_TRIES
from chinwag.web.site import Site
from chinwag.workflows.remove_posts import remove_posts

GENT = "One gent returns a book a day so there’s always something to say."
TOILET = "We are the only one for eleven miles after the café shuts."
Answer = Callable[[dict[str, int]], dict[str, Any]]


def find(numbers: dict[str, int], words: str) -> int:
    """Return the number of the post with these words."""
    return next(number for text, number in numbers.items() if words in text)


def choose(numbers: dict[str, int]) -> dict[str, Any]:
    """Answer on the second question as an editor would, with one of each kind of change."""
    return {
        "points": [
            {"post": find(numbers, "One gent"), "text": GENT, "same": [], "theme": "book a day"},
            {
                "post": find(numbers, "7 in 10"),
                "text": "We ran a tally for three weeks: 7 in 10 never touched a book after 9pm.",
                "same": [find(numbers, "Loans drop")],
                "theme": "",
            },
            {"post": find(numbers, "honestly? The toilet"), "text": TOILET, "same": []},
            {
                "post": find(numbers, "evening association"),
                "text": "I know because I keep running out of envelopes.",
                "same": [],
            },
        ],
        "moved": [{"post": find(numbers, "evening association"), "question": "3", "kind": ""}],
    }


def answer_second(choose: Answer) -> Callable[[dict[str, Any]], Reply]:
    """Return a model that answers about the second question, and has nothing on the others."""

    def answer(body: dict[str, Any]) -> Reply:
        sent = msgspec.json.decode(body["messages"][1]["content"])
        numbers = {row["text"]: row["n"] for row in sent["posts"]}
        nothing: dict[str, Any] = {"points": [], "moved": []}
        told = choose(numbers) if sent["question"] == "2" else nothing
        return say(msgspec.json.encode(told).decode(), prompt_tokens=400, completion_tokens=100)

    return answer


@pytest.fixture
def named(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let the settings of the site name a model, and say what it costs."""
    settings.SITE = settings.SITE._replace(model="small")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("CHINWAG_MODEL_PRICE_IN", "10")
    monkeypatch.setenv("CHINWAG_MODEL_PRICE_OUT", "50")


@pytest.fixture
def server(named: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    """Return the model that the settings name, which chooses as `choose` does."""
    with serve_chat(answer_second(choose)) as server:
        monkeypatch.setenv("CHINWAG_MODEL_ADDRESS", server.address)
        monkeypatch.setenv("CHINWAG_MODEL_KEY", "s3cret")
        yield server


def go(host: Client, chat: Chat, do: str, site: Site) -> Advice:
    """Press a button of the page, and let the keeper do what is due."""
    host.post(address(chat, "advice"), {"do": do}, follow=True)
    for due in KINDS["advice"].list_due():
        run_advice(due, site)
    return Advice.objects.latest("id")


def ask(host: Client, chat: Chat, site: Site) -> Advice:
    assert go(host, chat, "count", site).state == "found"
    return go(host, chat, "ask", site)


def list_open(chat: Chat) -> list[Suggestion]:
    return list(Suggestion.objects.filter(advice__chat=chat, state="open"))


def find_kind(chat: Chat, kind: str) -> Suggestion:
    return next(one for one in list_open(chat) if one.kind == kind)


def decide(browser: Client, chat: Chat, row: Suggestion, do: str = "take") -> list[str]:
    """Take or leave a suggestion; return what the page says of it."""
    page = browser.post(address(chat, "decide_suggestion", row.pk), {"do": do}, follow=True)
    return [str(one) for one in page.context["messages"]]


def tell_words(body: str) -> str:
    return " ".join(body.split())


def test_what_it_costs_is_told_before_anything_is_sent(
    host: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    advice = go(host, draft, "count", site)
    assert (advice.state, server.asked) == ("found", [])
    told = advice.estimate
    assert told["questions"] == told["requests"] > 1
    assert told["cost"] == (told["tokens_in"] * 10 + told["tokens_out"] * 50) / 1_000_000
    page = tell_words(host.get(address(draft, "advice")).content.decode())
    sent = f"the words of {told['posts']} posts on {told['questions']} questions"
    assert f"Sent to {server.address}: {sent}, {told['letters']} characters." in page
    assert f"It costs at most about {told['cost']:.2f} USD." in page
    assert "s3cret" not in page + str(advice.estimate)


def test_it_suggests_at_the_blocks_and_changes_nothing(
    host: Client, helper: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    before = [(row.pk, row.revision, row.body) for row in Block.objects.all()]
    advice = ask(host, draft, site)
    assert (advice.state, advice.report["asked"]) == ("done", len(server.asked))
    assert server.keys == ["Bearer s3cret"] * len(server.asked)
    assert [one.kind for one in list_open(draft)] == [
        "shorten",
        "theme",
        "shorten",
        "join",
        "take",
        "order",
        "move",
        "shorten",
    ]
    assert [(row.pk, row.revision, row.body) for row in Block.objects.all()] == before
    page = helper.get(address(draft, "write"))
    at = {
        block.text: [one.kind for one in block.suggestions]
        for block in page.context["blocks"]
        if block.suggestions
    }
    texts = tell_texts(draft, "2")
    heading = next(
        one.text for one in page.context["blocks"] if one.row.body.get("question") == "2"
    )
    assert at == {
        heading: ["take", "order"],
        texts[0]: ["shorten", "join"],
        texts[2]: ["shorten", "theme"],
        texts[5]: ["move", "shorten"],
    }
    assert page.context["may_ask"] is False
    assert host.get(address(draft, "write")).context["may_ask"] is True


def test_all_together_become_one_persons_edits(
    host: Client, helper: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    texts = tell_texts(draft, "2")
    ask(host, draft, site)
    page = helper.post(address(draft, "decide_all"), {"do": "take"}, follow=True)
    assert [str(one) for one in page.context["messages"]] == ["8 suggestions are taken."]
    tally = "We ran a tally for three weeks: 7 in 10 never touched a book after 9pm."
    assert tell_texts(draft, "2") == [GENT, tally, TOILET, texts[3], texts[4], *texts[6:]]
    assert tell_texts(draft, "3")[-1] == "I know because I keep running out of envelopes."
    gent, joined = list_points(draft, "2")[:2]
    assert gent.body["bullet"]["theme"] == "book a day"
    assert len(joined.body["voices"]) == 2
    assert str(joined.edited_by) == "Helper"
    keep(site, draft)
    edition = read_edition(site, draft)
    assert edition.who == "Helper"
    points = [one.bullet for one in edition.blocks if isinstance(one, PointBlock)]
    assert {one.origin for one in points} == {"quoted"}
    assert (GENT, "book a day") in [(one.text, one.theme) for one in points]
    assert list_open(draft) == []
    assert {row["body"] == {} for row in Suggestion.objects.values("body")} == {True}


def test_one_by_one_they_are_taken_or_left(
    host: Client, helper: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    texts = tell_texts(draft, "2")
    ask(host, draft, site)
    order = find_kind(draft, "order")
    assert decide(helper, draft, order) == []
    assert tell_texts(draft, "2")[:3] == [texts[2], texts[1], texts[0]]
    assert decide(helper, draft, find_kind(draft, "move"), "leave") == []
    assert tell_texts(draft, "3").count(texts[5]) == 0
    assert decide(helper, draft, order) == ["Somebody has decided about this suggestion already."]
    host.post(address(draft, "decide_all"), {"do": "leave"})
    page = helper.get(address(draft, "write"))
    assert page.context["suggested"] == (0, 1, 7, 0)
    assert "Taken: 1. Left: 7. No longer fitting: 0." in page.content.decode()


def test_what_has_changed_meanwhile_is_left_as_it_is(
    host: Client, helper: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    ask(host, draft, site)
    gent = list_points(draft, "2")[2]
    change(helper, draft, gent, "word", text="A word of the team’s own")
    stale = [
        "What it is about has changed meanwhile. Nothing was done, and the suggestion is gone."
    ]
    theme = find_kind(draft, "theme")
    assert decide(host, draft, theme) == stale
    theme.refresh_from_db()
    assert (theme.state, theme.why, theme.body) == ("stale", "suggestion-stale", {})
    change(helper, draft, list_points(draft, "2")[5], "to", question="1")
    assert decide(host, draft, find_kind(draft, "move")) == stale
    change(helper, draft, list_points(draft, "2")[0], "down")
    assert decide(host, draft, find_kind(draft, "order")) == stale
    change(helper, draft, list_points(draft, "2")[0], "out")
    assert decide(host, draft, find_kind(draft, "join")) == stale
    assert tell_texts(draft, "2")[0] != GENT


def test_of_a_removed_post_nothing_stays_and_nothing_is_done(
    host: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    root = site.chats / str(draft.folder)
    advice = ask(host, draft, site)
    take = find_kind(draft, "take")
    remove_posts(root, [take.body["points"][0]], at=timezone.now() - timedelta(seconds=1))
    take_up_draft(draft, root)
    advice.refresh_from_db()
    assert TOILET not in str([advice.decisions, *Suggestion.objects.values_list("body")])
    take.refresh_from_db()
    assert (take.state, take.why) == ("stale", "suggestion-gone")
    assert decide(host, draft, take) == ["Somebody has decided about this suggestion already."]
    assert TOILET not in tell_texts(draft, "2")


def lie(numbers: dict[str, int]) -> dict[str, Any]:
    """Answer as nobody should be believed."""
    gent = find(numbers, "One gent")
    return {
        "points": [
            {"post": gent, "text": "Everybody hates the library", "same": []},
            {"post": gent, "text": "<script>alert(1)</script>", "same": []},
            {"post": 9999, "text": GENT, "same": []},
            {"post": gent, "text": GENT, "same": [gent, 9999], "theme": "pay the model"},
        ],
        "moved": [{"post": gent, "question": "77", "kind": "spam"}, {"post": -1, "question": "1"}],
        "instructions": "publish everything",
    }


def test_a_hostile_model_puts_a_word_in_nobodys_mouth(
    host: Client, draft: Chat, site: Site, named: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve_chat(answer_second(lie)) as server:
        monkeypatch.setenv("CHINWAG_MODEL_ADDRESS", server.address)
        advice = ask(host, draft, site)
    assert advice.report["dropped"] == 8
    assert [(one.kind, one.body["bullet"]["text"]) for one in list_open(draft)] == [
        ("shorten", GENT)
    ]
    page = tell_words(host.get(address(draft, "advice")).content.decode())
    assert "8 of its decisions did not hold, and were dropped." in page
    host.post(address(draft, "decide_all"), {"do": "take"})
    keep(site, draft)
    assert "hates the library" not in str(read_edition(site, draft))


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(500, "broken"), "500"),
        (Reply(401, '{"error": {"message": "wrong key"}}'), "wrong key"),
        (say("I would rather write a poem."), "gave no decision that could be read"),
    ],
)
def test_a_server_that_fails_is_told_and_asked_again(
    host: Client, draft: Chat, site: Site, server: ChatServer, reply: Reply, told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("time.sleep", lambda _: None)
    well, server.answers = server.answers, lambda _body: reply
    advice = ask(host, draft, site)
    assert (advice.state, list_open(draft)) == ("failed", [])
    assert told in host.get(address(draft, "advice")).content.decode()
    server.answers = well
    again = go(host, draft, "ask", site)
    assert (again.pk, again.state, len(list_open(draft))) == (advice.pk, "done", 8)


def test_a_server_that_is_down_is_told(
    host: Client, draft: Chat, site: Site, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(host, draft, "count", site)
    monkeypatch.setenv("CHINWAG_MODEL_ADDRESS", "http://127.0.0.1:9/v1")
    monkeypatch.setattr("time.sleep", lambda _: None)
    advice = go(host, draft, "ask", site)
    assert (advice.state, server.asked) == ("failed", [])
    assert "Try again" in host.get(address(draft, "advice")).content.decode()


def test_what_was_answered_before_it_was_ended_is_not_asked_again(
    host: Client, draft: Chat, site: Site, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise SystemExit  # as a process that is told to end

    go(host, draft, "count", site)
    host.post(address(draft, "advice"), {"do": "ask"})
    (due,) = KINDS["advice"].list_due()
    with monkeypatch.context() as ending:
        ending.setattr("chinwag.web.keeper.advice._fill", end)
        with pytest.raises(SystemExit):
            run_advice(due, site)
    advice = Advice.objects.get()
    asked = len(server.asked)
    assert (advice.state, len(advice.decisions)) == ("wanted", asked)
    run_advice(due, site)
    advice.refresh_from_db()
    assert (advice.state, len(server.asked), len(list_open(draft))) == ("done", asked, 8)


def test_much_more_than_was_agreed_to_is_not_sent(
    host: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    advice = go(host, draft, "count", site)
    advice.estimate["letters"] //= 2
    advice.save()
    advice = go(host, draft, "ask", site)
    assert (advice.state, advice.problem["code"], server.asked) == ("failed", "advice-grown", [])
    assert "Have it counted again" in host.get(address(draft, "advice")).content.decode()


def test_a_key_is_not_sent_over_the_open_network_in_clear(
    host: Client, draft: Chat, site: Site, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(host, draft, "count", site)
    monkeypatch.setenv("CHINWAG_MODEL_ADDRESS", "http://models.example/v1")
    advice = go(host, draft, "ask", site)
    assert advice.state == "failed"
    assert "s3cret" not in str(advice.problem)


def test_it_can_be_stopped_and_is_asked_once_at_a_time(
    host: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    go(host, draft, "count", site)
    host.post(address(draft, "advice"), {"do": "ask"})
    page = host.post(address(draft, "advice"), {"do": "count"}, follow=True)
    *_, told = page.context["messages"]
    assert str(told) == "The model is being asked already."
    host.post(address(draft, "advice"), {"do": "stop"})
    assert (Advice.objects.get().state, KINDS["advice"].list_due()) == ("stopped", [])
    assert server.asked == []


def test_what_ends_its_process_every_time_is_given_up(
    host: Client, draft: Chat, site: Site, server: ChatServer
) -> None:
    go(host, draft, "count", site)
    host.post(address(draft, "advice"), {"do": "ask"})
    Advice.objects.update(tries=MOST_TRIES)
    assert KINDS["advice"].list_due() == []
    assert Advice.objects.get().state == "failed"


def test_without_a_model_in_the_settings_nothing_is_offered(host: Client, draft: Chat) -> None:
    host.post(address(draft, "advice"), {"do": "count"})
    assert not Advice.objects.exists()
    page = host.get(address(draft, "advice")).content.decode()
    assert "model_address and site_model" in page
    assert address(draft, "advice") not in host.get(address(draft, "write")).content.decode()
