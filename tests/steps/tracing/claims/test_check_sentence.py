"""A sentence may say what its posts say, in their words, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.steps.tracing.claims import REASONS, Known, Refusal, Source, check_sentence

TOILETS = Source(
    author="tamsin@glam.example",
    name="Tamsin Okoro-Vale",
    text="We lock the toilets at six because nobody is there to check them. Some regulars might"
    " complain, but only in winter.",
)
LAMP = Source(
    author="callum",
    name="Callum Reekie",
    text="One solar lamp for the car park cost about £70, and incidents went down from 31 to 9.",
)
DOOR = Source(
    author="desmond",
    name="Desmond Farrow",
    text="“212 people tried the door,” Denise on nights said. If it rains, guards ask students in."
    " Shall we open on Sundays?",
)
KNOWN = Known(
    question="What do you do after dark, and what did it cost?",
    people=("tamsin@glam.example", "Tamsin Okoro-Vale", "odile", "Odile Brannagh", "callum"),
)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (TOILETS, "The toilets are locked at six because nobody is there to check them."),
        (TOILETS, "Toilets get locked at 6, as there is nobody to check them."),
        (TOILETS, "Tamsin locks the toilets at six because nobody is there to check them."),
        (TOILETS, "Some regulars might complain, only in winter."),
        (LAMP, "A solar lamp for the car park cost about £70."),
        (LAMP, "Incidents went down from 31 to 9; one solar lamp for the car park cost about £70."),
        (DOOR, "“212 people tried the door,” according to what was said on nights."),
        (DOOR, "Guards ask students in if it rains."),
        (DOOR, "If it rains, students are asked in by guards."),
    ],
)
def test_a_faithful_sentence_stands(source: Source, sentence: str) -> None:
    assert check_sentence(sentence, [source], KNOWN) is None


@pytest.mark.parametrize(
    ("source", "sentence", "reason", "words"),
    [
        (TOILETS, "", "empty", ""),
        (TOILETS, "Toilets locked.", "length", "2 words"),
        (TOILETS, "toilets " * 60, "length", "60 words"),
        (TOILETS, "The toilets <b>are</b> locked at six.", "markup", "<"),
        (TOILETS, "The toilets are locked at six, see p1.", "markup", "p1"),
        (
            TOILETS,
            "The toilets are locked at six: https://x.example",
            "markup",
            "https://x.example",
        ),
        (TOILETS, "The toilets are locked at six 🚽", "markup", "🚽"),
        (TOILETS, "Lock the toilets at six because nobody is there.", "copy", ""),
        (TOILETS, "We keep the toilets locked at six.", "speaker", "We"),
        (TOILETS, "She locks the toilets at six, as nobody checks them.", "speaker", "She"),
        (
            TOILETS,
            "The toilets are locked at six as “nobody checks”.",
            "quotation",
            "nobody checks",
        ),
        (TOILETS, "The toilets in Leeds are locked at six.", "name", "Leeds"),
        (TOILETS, "The toilets are locked at six, @odile.", "name", "@odile"),
        (TOILETS, "Odile locks the toilets at six, as nobody checks.", "attribution", "Odile"),
        (LAMP, "The lamp cost about £70, says Denise.", "name", "Denise"),
        (TOILETS, "Three people say that toilets are locked at six.", "count", "Three … say"),
        (TOILETS, "All agree that the toilets are locked at six.", "count", "agree"),
        (TOILETS, "The toilets are locked at seven, as nobody checks.", "number", "seven"),
        (
            LAMP,
            "Incidents went down from 9 to 31; one solar lamp cost about £70.",
            "number",
            "9 … down",
        ),
        (LAMP, "The solar lamp for the car park cost £70.", "number", "exactly £70"),
        (TOILETS, "The toilets and showers are locked at six.", "unsupported", "showers"),
        (TOILETS, "The toilets are not locked at six to check them.", "negation", "not"),
        (TOILETS, "The toilets are locked at six to check them.", "negation", "nobody check"),
        (TOILETS, "The toilets are always locked at six.", "strength", "always"),
        (TOILETS, "Regulars complain, but only in winter.", "strength", "without “Some”"),
        (LAMP, "Incidents in the car park went up by one lamp.", "unsupported", "up"),
        (DOOR, "Guards ask students in, out of the rain.", "unsupported", "out"),
        (DOOR, "Guards ask the students in, in the rains.", "condition", "without “If”"),
        (
            DOOR,
            "If it rains, guards are asked in by students.",
            "order",
            "guards … asked … students",
        ),
        (DOOR, "If it rains, students ask guards in.", "order", "students … ask"),
        (DOOR, "They shall open on Sundays.", "question", "Shall we open on Sundays?"),
        (
            DOOR,
            "There were 212 people who tried the door on nights.",
            "reported",
            "212 people tried door",
        ),
    ],
)
def test_any_other_is_refused_with_the_words_that_show_why(
    source: Source, sentence: str, reason: str, words: str
) -> None:
    assert check_sentence(sentence, [source], KNOWN) == Refusal(reason=reason, words=words)


@pytest.mark.parametrize(
    ("post", "question", "sentence"),
    [
        (
            "The real rule is a cardboard box and the number of a lady named on the wall.",
            "Who is here: people keeping warm? What is the real rule?",
            "The real rule is a cardboard box and the number of people on the wall.",
        ),
        (
            "Those who mean well feel welcome, those who don’t know they’ve been seen.",
            "How do you keep people safe?",
            "Those who don’t know they’ve been seen feel welcome.",
        ),
        (
            "Count the people you turn away. I sat at the window with a tally sheet.",
            "How have you made the case to whoever pays?",
            "The people you turn away are the ones who pay.",
        ),
        (
            "A box by the coffee machine, answered with evidence by morning, no names.",
            "What has worked?",
            "A coffee machine by the coffee machine, answered with evidence by morning.",
        ),
        (
            "Need: a critical friend to look over my risk assessment.",
            "What is your need?",
            "A critical friend is needed to look over your risk assessment.",
        ),
    ],
)
def test_what_a_real_small_model_made_up_is_refused(
    post: str, question: str, sentence: str
) -> None:
    source = Source(author="ann", text=post)
    assert check_sentence(sentence, [source], Known(question=question)) is not None


def test_people_are_credited_with_their_own_words_only() -> None:
    sentence = "Tamsin locks the toilets, with a solar lamp for the car park."
    refusal = check_sentence(sentence, [TOILETS, LAMP], KNOWN)
    assert refusal == Refusal(reason="attribution", words="solar (not said by tamsin@glam.example)")


def test_words_of_different_sentences_are_not_joined() -> None:
    sentence = "In winter the toilets are locked at six."
    assert check_sentence(sentence, [TOILETS], KNOWN) is not None


def test_a_refusal_reads_as_a_sentence() -> None:
    refusal = check_sentence("The toilets are locked at seven, as nobody checks.", [TOILETS], KNOWN)
    assert str(refusal) == "it gives a number that its posts do not give so: seven"


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=80))
def test_whatever_is_said_of_whatever_gets_a_verdict(
    sentence: str, text: str, question: str
) -> None:
    refusal = check_sentence(
        sentence, [Source(author="ann", name="Ann", text=text)], Known(question=question)
    )
    assert refusal is None or refusal.reason in REASONS


@given(st.lists(st.sampled_from(TOILETS.text.split()), min_size=1, max_size=12))
def test_a_post_that_says_nothing_carries_nothing(words: list[str]) -> None:
    silent = Source(author="ann", text="Thanks, everybody!")
    assert check_sentence(" ".join(words), [silent], Known()) is not None


def check(post: str, sentence: str, question: str = "") -> str:
    """Return why a sentence may not stand on one post, "" where it may."""
    refusal = check_sentence(sentence, [Source(author="ann", text=post)], Known(question=question))
    return refusal.reason if refusal else ""


WORDS = ("apple", "bread", "candle", "drum", "engine", "fiddle", "garden")
TAIL = "doors windows gates stairs corridors cellars attics"


def test_a_sentence_stands_on_one_line() -> None:
    assert (
        check("Our lamps light doors by night, mostly.", "Lamps light doors\nby night.") == "markup"
    )


@pytest.mark.parametrize(
    ("post", "sentence", "reason"),
    [
        ("cost about some £70 for our", "cost £70 for a", "number"),
        ("cost about the usual £70 for our", "cost the usual £70 for a", ""),  # three words before
        ("cost £70 for our", "cost about £70 for a", "number"),
        ("cost about £70 for our", "cost about £70 for a", ""),
    ],
)
def test_about_belongs_to_a_number_within_two_words(post: str, sentence: str, reason: str) -> None:
    assert check(f"One lamp {post} car park.", f"One lamp {sentence} car park.") == reason


@pytest.mark.parametrize(("between", "reason"), [(6, ""), (7, "mixed")])
def test_neighbours_stand_within_seven_words_of_each_other(between: int, reason: str) -> None:
    post = f"Lamps with {' '.join(WORDS[:between])} light {TAIL} by winter."
    assert check(post, f"Lamps light {TAIL} in winter.") == reason


@pytest.mark.parametrize(("between", "reason"), [(2, ""), (3, "mixed")])
def test_across_a_cut_they_stand_within_three(between: int, reason: str) -> None:
    post = f"Lamps; {' '.join(WORDS[:between])} light {TAIL} by winter."
    assert check(post, f"Lamps light {TAIL} in winter.") == reason


@pytest.mark.parametrize(("borrowed", "reason"), [(3, ""), (4, "unsupported")])
def test_three_words_may_come_from_the_question_alone(borrowed: int, reason: str) -> None:
    sentence = f"Lamps with {' with '.join(WORDS[:borrowed])} light {TAIL} in winter."
    question = f"Do {' '.join(WORDS)} help?"
    assert check(f"Lamps light {TAIL} by winter.", sentence, question) == reason


@pytest.mark.parametrize(("drawn", "reason"), [(3, ""), (4, "mixed")])
def test_a_sentence_draws_upon_three_sentences(drawn: int, reason: str) -> None:
    post = " ".join(f"The {word} stands." for word in WORDS[:drawn])
    sentence = " and ".join(f"the {word}" for word in WORDS[:drawn])
    assert check(post, f"{sentence.capitalize()} stand there.") == reason


@pytest.mark.parametrize(("words", "reason"), [(45, "copy"), (46, "length")])
def test_a_sentence_has_45_words_at_most(words: int, reason: str) -> None:
    post = " ".join(f"word{number}" for number in range(60))
    assert check(post, " ".join(post.split()[:words])) == reason


@pytest.mark.parametrize(("told", "reason"), [(4, ""), (3, "thin")])
def test_half_of_what_a_sentence_draws_upon_is_told(told: int, reason: str) -> None:
    post = "Lamps candles drums engines fiddles gardens hammers kettles."
    assert (
        check(post, f"There are {' and '.join(post.lower().rstrip('.').split()[:told])}.") == reason
    )


@pytest.mark.parametrize(
    ("post", "sentence", "reason", "words"),
    [
        (
            "Every kid whose bus leaves early misses the club, which is most of them.",
            "Every kid whose bus leaves early misses the club, which is all of them.",
            "strength",
            "Every, all",
        ),
        (
            "Every kid whose bus leaves early misses the club, which is most of them.",
            "Every kid whose bus leaves early misses the club, which is them.",
            "strength",
            "without “most”",
        ),
        (
            "I rang the lighting office every Monday for a year.",
            "Everybody rang the lighting office every Monday for a year.",
            "strength",
            "Everybody, every",
        ),
        (
            "We open the shed at nine on Saturdays.",
            "The staff open the shed at nine on Saturdays.",
            "unsupported",
            "staff",
        ),
        (
            "It is the one hour that nobody comes late for.",
            "The one hour that nobody does not come late for.",
            "negation",
            "not",
        ),
        (
            "Light the path to the gate, not the door.",
            "The path to the gate is lit, the door.",
            "negation",
            "not door",
        ),
        (
            "We take the drills round in a car in winter.",
            "The drills are taken round in a van in winter.",
            "unsupported",
            "van",
        ),
        (
            "Heat rises after seven while visits fall: the shed is colder and busier.",
            "Heat rises after seven, and the shed is colder because busier.",
            "cause",
            "because",
        ),
    ],
)
def test_what_a_model_slips_in_between_true_words_is_refused(
    post: str, sentence: str, reason: str, words: str
) -> None:
    verdict = check_sentence(sentence, [Source(author="ann", text=post)])
    assert verdict == Refusal(reason=reason, words=words)


@pytest.mark.parametrize(
    ("post", "sentence"),
    [
        (
            "Every kid whose bus leaves early misses the club, which is most of them.",
            "The club is missed by every kid whose bus leaves early, which is most of them.",
        ),
        (
            "I called the lighting office every Monday for a year.",
            "The lighting office was called every Monday for a year.",
        ),
        (
            "Heat rises after seven: the shed is busier.",
            "The shed is busier because heat rises after seven.",
        ),
        (
            "We take the drills round in a van in winter.",
            "The drills are taken round in a van in winter.",
        ),
    ],
)
def test_the_same_words_without_the_slip_stand(post: str, sentence: str) -> None:
    assert check_sentence(sentence, [Source(author="ann", text=post)]) is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Fewer people open the gate in winter.", "fewer, not more"),
        ("Less people open the gate in winter.", "less, not more"),
    ],
)
def test_the_contrary_of_a_word_beside_the_same_word_is_refused(sentence: str, words: str) -> None:
    source = Source(author="ann", text="More people open the gate in winter, and they stay.")
    assert check_sentence(sentence, [source]) == Refusal(reason="opposite", words=words)


def test_who_is_named_by_a_handle_is_credited_with_their_own_words_only() -> None:
    sentence = "The toilets are locked at six, as @callum has it, with nobody there."
    assert check_sentence(sentence, [TOILETS, LAMP], KNOWN) == Refusal(
        reason="attribution", words="toilets (not said by callum)"
    )
