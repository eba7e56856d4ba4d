"""The story as Markdown, ready to paste into a blog, where hostile text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chinwag.model import Bullet, Post, Quote, SharedLink, Story, StoryQuestion
from chinwag.steps.publish.english import count, join_words, say
from chinwag.steps.publish.facts import gather_facts
from chinwag.steps.publish.safe import clean_link, clean_text
from chinwag.steps.publish.views import PostViews, name_question, word_question

_MARKS = re.compile(r"([\\`*_\[\]()!|~#$^=])")
# Templates of static blogs read {{ }} and {% %}; entities keep the words and stop the machine.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"}
_LINE_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)\b(www)\.|\b(https?|ftp|mailto|xmpp):|@")


def render_markdown(story: Story) -> str:
    """Give the write-up as Markdown (CommonMark): headings, points with their posts, links."""
    shower = PostViews(story)
    facts = gather_facts(story, shower)
    blocks = [f"# {escape_markdown(facts.title)}"]
    when = f"{facts.when} ({facts.when_utc})" if facts.when_utc else facts.when
    blocks.append(f"*{escape_markdown(f'{facts.series}, {when}' if when else facts.series)}*")
    blocks.append(escape_markdown(" ".join(facts.in_short)))
    for question in story.questions:
        blocks.extend(_write_question(story, question, shower))
    if facts.people:
        names = [escape_markdown(person.author.shown) for person in facts.people]
        blocks.append(f"## {say('md_credits')}")
        blocks.append(f"{join_words(names)}.")
    worded = any(b.wording != "quoted" for one in story.questions for b in one.summary.bullets)
    blocks.append(f"*{say('md_made_worded' if worded else 'md_made')}*")
    return "\n\n".join(blocks) + "\n"


def escape_markdown(text: str) -> str:
    """Give a text on one line that Markdown shows as it is: no mark, tag or address acts."""
    line = " ".join(clean_text(text).split())
    line = _MARKS.sub(r"\\\1", line)
    line = re.sub("[&<>{}]", lambda found: _ENTITIES[found.group()], line)
    line = _LINE_START.sub(_escape_start, line)
    return _AUTOLINK.sub(_escape_autolink, line)


def _escape_start(found: re.Match[str]) -> str:
    if found.group(2).isdecimal():
        return f"{found.group(1)}{found.group(2)}\\"
    return f"{found.group(1)}\\{found.group(2)}"


def _escape_autolink(found: re.Match[str]) -> str:
    if found.group(1):
        return f"{found.group(1)}&#46;"
    if found.group(2):
        return f"{found.group(2)}&#58;"
    return "&#64;"


def _write_question(story: Story, question: StoryQuestion, shower: PostViews) -> Iterator[str]:
    summary = question.summary
    label = name_question(summary.label, story.chat.numbered)
    yield f"## {label}: {escape_markdown(word_question(question))}"
    posts = {post.id: post for post in story.posts}
    points = [_write_bullet(bullet, posts, shower) for bullet in summary.bullets]
    if summary.lead and summary.posts:
        yield escape_markdown(summary.lead)
    if points:
        yield "\n".join(points)
    elif not summary.posts:
        yield say("nothing_on_question")
    if summary.links:
        yield f"### {say('md_links')}"
        yield "\n".join(_write_link(link, posts, shower) for link in summary.links)
    if summary.left_out:
        yield count(len(summary.left_out), "left_out")


def _write_bullet(bullet: Bullet, posts: dict[str, Post], shower: PostViews) -> str:
    author = escape_markdown(shower.show_author(bullet.author).shown)
    words = escape_markdown(bullet.text)
    credit = (
        f"**{count(bullet.people, 'person')}**, {author}" if bullet.kind == "shared" else author
    )
    if bullet.wording == "quoted":
        words = say("quote", text=words)
    else:
        credit = f"{credit}; {say(f'worded_{bullet.wording}')}"
    sources = _write_sources([posts[one] for one in bullet.posts if one in posts])
    point = f"- {words} ({credit}{f'; {sources}' if sources else ''})"
    return "\n".join([point, *(_write_reply(reply, posts, shower) for reply in bullet.replies)])


def _write_reply(reply: Quote, posts: dict[str, Post], shower: PostViews) -> str:
    who = escape_markdown(shower.show_author(reply.author).shown)
    quote = say("quote", text=escape_markdown(reply.text))
    sources = _write_sources([posts[reply.post]] if reply.post in posts else [])
    told = say("md_reply", who=who, quote=quote)
    return f"    - {told}{f' ({sources})' if sources else ''}"


def _write_sources(behind: Sequence[Post]) -> str:
    """Give the permalinks of the posts behind a point, the quoted one first."""
    addresses = [address for post in behind if (address := clean_link(post.url))]
    if not addresses:
        return ""
    first, *others = [f"(<{address}>)" for address in addresses]
    links = [f"[{say('md_post')}]{first}"]
    links += [f"[{number}]{other}" for number, other in enumerate(others, start=2)]
    return ", ".join(links)


def _write_link(link: SharedLink, posts: dict[str, Post], shower: PostViews) -> str:
    address = clean_link(link.url)
    shown = f"<{address}>" if address else escape_markdown(link.url)
    names = [shower.show_author(posts[one].author).shown for one in link.posts if one in posts]
    who = join_words([escape_markdown(name) for name in dict.fromkeys(names)])
    return f"- {shown}{f' ({who})' if who else ''}"
