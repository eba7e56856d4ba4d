"""Questions and answers are told in scripts without capitals, without spaces, right to left."""

from __future__ import annotations

import pytest
from tests.steps.conftest import Talk

from chinwag.model import Chat
from chinwag.steps.placing import place_posts
from chinwag.steps.questions import find_questions

JAPANESE = (
    ("host", "こんばんは！ #図書館 へようこそ。"),
    ("host", "Q1: 図書館で一番好きな場所はどこですか？ #図書館"),
    ("aki", "A1: 窓際の静かな閲覧席が好きです。"),
    ("yuki", "A1児童書コーナーです。"),
    ("host", "Ｑ２　貸出期間は延ばすべきでしょうか #図書館"),
    ("aki", "Ａ２：三週間あれば十分だと思います。"),
    ("host", "質問3：来月の話題は？ #図書館"),
    ("yuki", "回答3：電子書籍について話したいです。"),
)
ARABIC = (
    ("host", "مساء الخير وأهلا بكم #مكتبات"),
    ("host", "س1: ما أحب مكان إليكم في المكتبة؟ #مكتبات"),
    ("aki", "ج1: ركن القراءة الهادئ قرب النافذة"),
    ("yuki", "ج١: قسم الأطفال بجوار الحديقة"),
    ("host", "س٢: كيف نشجع الشباب على زيارة المكتبة؟"),
    ("aki", "ج2: بفتح قاعات للدراسة الجماعية"),
    ("host", "السؤال 3: هل نلغي غرامات التأخير؟"),
    ("yuki", "جواب 3: لأنها تبعد الفقراء عن الكتب"),
)


@pytest.mark.parametrize(
    ("rows", "wordings"),
    [
        (
            JAPANESE,
            [
                "図書館で一番好きな場所はどこですか？",
                "貸出期間は延ばすべきでしょうか",
                "来月の話題は？",
            ],
        ),
        (
            ARABIC,
            [
                "ما أحب مكان إليكم في المكتبة؟",
                "كيف نشجع الشباب على زيارة المكتبة؟",
                "هل نلغي غرامات التأخير؟",
            ],
        ),
    ],
    ids=["Japanese", "Arabic"],
)
def test_a_chat_is_read_in_its_own_script(
    begin_talk: type[Talk], rows: tuple[tuple[str, str], ...], wordings: list[str]
) -> None:
    talk = begin_talk()
    for minute, (author, text) in enumerate(rows):
        talk.say(minute * 4, author, text)
    found = find_questions(Chat(series="#chat", hashtag="chat", title="Chat"), talk.posts)
    assert [(question.label, question.text) for question in found.questions] == [
        (str(number), wording) for number, wording in enumerate(wordings, start=1)
    ]
    placements = place_posts(found, talk.posts)
    assert [placement.question for placement in placements] == [
        None, "1", "1", "1", "2", "2", "3", "3"
    ]  # fmt: skip
