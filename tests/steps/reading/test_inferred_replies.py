"""Who answers whom where no source says: by names, order, wording and quotation, with a reason."""

from __future__ import annotations

from typing import Any

from chinwag.model import Chat, InferredReply, make_note
from chinwag.steps.placing import place_posts
from chinwag.steps.questions.find_questions import find_questions
from chinwag.steps.reading import infer_replies


def tell_links(talk: Any) -> dict[str, str]:
    return {link.post: link.answers for link in infer_replies(talk.posts)}


def test_whoever_is_named_first_is_answered(talk: Any) -> None:
    talk.say(1, "ann", "We lend seeds in spring #shelfchat")
    talk.say(2, "bo", "Our bus stops at four schools #shelfchat")
    talk.say(4, "cy", "@bo Does the bus stop at the school on the hill? #shelfchat")
    (link,) = infer_replies(talk.posts)
    assert (link.post, link.answers) == ("p3", "p2")
    assert link.reason == "speaks to @bo, whose latest post this was"
    assert 0.5 < link.confidence < 1


def test_of_several_posts_the_one_whose_words_are_taken_up(talk: Any) -> None:
    talk.say(1, "bo", "Our bus stops at four schools on its round #shelfchat")
    talk.say(1.4, "bo", "Heating is what costs us most in winter #shelfchat")
    talk.say(3, "cy", "@bo Which schools does the bus go to on its round? #shelfchat")
    assert tell_links(talk) == {"p3": "p1"}


def test_nobody_is_answered_by_who_speaks_to_all(talk: Any) -> None:
    talk.say(1, "ann", "We lend seeds in spring #shelfchat")
    talk.say(2, "bo", "Our bus stops at four schools #shelfchat")
    assert infer_replies(talk.posts) == ()


def test_a_name_that_nobody_here_bears_links_nothing(talk: Any) -> None:
    talk.say(1, "ann", "We lend seeds in spring #shelfchat")
    talk.say(2, "cy", "@somebody_else yes, do come #shelfchat")
    assert infer_replies(talk.posts) == ()


def test_bare_names_as_on_irc(talk: Any) -> None:
    talk.say(1, "ann", "we lend seeds in spring")
    talk.say(1, "bo", "our bus stops at four schools")
    talk.say(2, "cy", "ann: which seeds?")
    talk.say(2, "ann", "beans mostly, and marigolds")
    assert tell_links(talk) == {"p3": "p1", "p4": "p3"}


def test_what_the_source_tells_is_not_told_again(talk: Any) -> None:
    talk.say(1, "ann", "We lend seeds in spring #shelfchat")
    reply = talk.say(2, "cy", "@ann Which seeds?", reply_to="p1")
    lost = talk.say(3, "bo", "@ann Which seeds?", text_lost=True)
    gone = talk.say(4, "dee", "@ann", deleted=True)
    assert infer_replies(talk.posts) == ()
    assert [post.reply_to for post in (reply, lost, gone)] == ["p1", None, None]


def test_the_order_in_which_posts_are_given_changes_nothing(talk: Any) -> None:
    for minute, author, text in (
        (1, "ann", "We lend seeds in spring #shelfchat"),
        (2, "bo", "@ann Which seeds do you lend?"),
        (3, "ann", "@bo Beans, and marigolds"),
        (4, "cy", "“@ann: We lend seeds in spring” so do we"),
    ):
        talk.say(minute, author, text)
    links = infer_replies(talk.posts)
    assert [link.post for link in links] == ["p2", "p3", "p4"]
    assert infer_replies(talk.posts[::-1]) == links


def test_nothing_answers_nothing() -> None:
    assert infer_replies([]) == ()


def test_a_sure_link_places_the_reply_with_what_it_answers(chat: Chat, evening: Any) -> None:
    asked = evening.say(
        30.5, "bo", "@dee Are the two more salaries for night staff at the front desk?"
    )
    (link,) = (one for one in infer_replies(evening.posts) if one.post == asked.id)
    assert isinstance(link, InferredReply)
    assert link.answers == "p10"
    placed = {
        placement.post: placement
        for placement in place_posts(find_questions(chat, evening.posts), evening.posts)
    }
    assert placed[asked.id].question == "2"
    assert placed[asked.id].reason == make_note("speaks-to-author", question="2", numbered=True)
