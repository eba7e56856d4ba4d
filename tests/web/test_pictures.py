"""Pictures of a story: made fit, kept, shown to whom they may be shown, and taken out of all."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageCms
from tests.web.bringing import bring, take_photo
from tests.web.conftest import address

from chinwag.model import KeptFile, PictureBlock
from chinwag.setup.fit_picture import LONGEST_SIDE, UnfitPicture, fit_picture
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import Block, Change, ChangeKind, Chat, ChatFile, WorkState
from chinwag.web.chats.queries.files import find_waiting, write_picture_address
from chinwag.web.keeper.changes import QUIET, follow_changes, note_changes
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.imports import list_left_uploads
from chinwag.web.site import Site
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.keep_files import keep_file

JSON = {"accept": "application/json"}
SHOWN = "Two halves of a square"


def add(browser: Client, chat: Chat, content: bytes, words: str = SHOWN, **more: object) -> Any:
    said = {"picture": bring("IMG_1234.jpg", content), "text": words, **more}
    return browser.post(address(chat, "add_picture"), said, headers=JSON)


def keep(site: Site, chat: Chat) -> None:
    """Let the keeper do what it does once nobody has written for a while."""
    kinds = (ChangeKind.EDIT, ChangeKind.PUBLISH)
    Change.objects.filter(kind__in=kinds).update(made_at=timezone.now() - 2 * QUIET)
    assert note_changes(site) == set()
    follow_changes(chat.pk, site)


def publish(browser: Client, site: Site, chat: Chat) -> None:
    browser.post(address(chat, "publish_story"), {"do": "publish"})
    keep(site, chat)


def ask(browser: Client, chat: Chat, name: str) -> int:
    return browser.get(write_picture_address(chat, name)).status_code


def read_folder(site: Site, chat: Chat) -> ChatFolder:
    return ChatFolder.open(site.chats / str(chat.folder))


# --- made fit


def test_a_photo_is_turned_upright_and_nothing_is_hidden_in_it() -> None:
    kept = fit_picture(io.BytesIO(take_photo()))
    assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 30, 60)
    drawn = Image.open(io.BytesIO(kept.data))
    assert (drawn.size, dict(drawn.getexif()), "comment" in drawn.info) == ((30, 60), {}, False)
    for secret in (b"Exif", b"Secretmaker", b"Secretword"):
        assert secret not in kept.data
    red, _, blue = drawn.convert("RGB").getpixel((15, 50))  # type: ignore[misc]
    assert (red > 200, blue < 60) == (True, True)


def test_a_large_picture_is_made_smaller_and_a_small_one_stays() -> None:
    large = fit_picture(io.BytesIO(take_photo((3200, 1000), turned=False)))
    assert (large.width, large.height) == (LONGEST_SIDE, 500)
    small = fit_picture(io.BytesIO(take_photo((32, 10), turned=False)))
    assert (small.width, small.height) == (32, 10)


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "1", "image/png"),
        ("PNG", "I;16", "image/png"),
        ("GIF", "P", "image/png"),
        ("WEBP", "RGBA", "image/png"),
        ("WEBP", "RGB", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
    ],
)
def test_every_kind_of_picture_is_kept_as_one_that_all_programs_show(
    kind: str, mode: str, kept: str
) -> None:
    written = io.BytesIO()
    Image.new(mode, (20, 10)).save(written, kind)
    made = fit_picture(written)
    assert (made.media_type, made.width, made.height) == (kept, 20, 10)
    assert Image.open(io.BytesIO(made.data)).size == (20, 10)


def test_words_inside_a_png_and_its_colour_profile_are_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    words, written = PngInfo(), io.BytesIO()
    words.add_text("Author", "Secretmaker")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (20, 10), "green").save(written, "PNG", pnginfo=words, icc_profile=profile)
    kept = fit_picture(written).data
    assert (b"Secretmaker" in kept, b"iCCP" in kept, b"tEXt" in kept) == (False, False, False)


def test_the_first_of_moving_pictures_is_kept() -> None:
    written = io.BytesIO()
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    drawn = Image.open(io.BytesIO(fit_picture(written).data))
    assert (drawn.convert("RGB").getpixel((5, 5)), getattr(drawn, "n_frames", 1)) == (
        (255, 0, 0),
        1,
    )


def make_broken() -> bytes:
    return take_photo()[:200]


def make_svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def make_bomb(side: int = 20_000) -> bytes:
    """Return a small file of very many pixels."""
    written = io.BytesIO()
    Image.new("1", (side, side)).save(written, "PNG")
    return written.getvalue()


def make_large() -> bytes:
    return make_bomb(7_200)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (make_broken, "unreadable"),
        (make_svg, "unreadable"),
        (make_bomb, "too-many-pixels"),
        (make_large, "too-many-pixels"),
    ],
)
def test_what_cannot_be_kept_is_refused(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(UnfitPicture) as refused:
        fit_picture(io.BytesIO(make()))
    assert refused.value.code == code


# --- kept


def test_a_picture_shows_at_once_and_the_folder_has_it_soon(
    helper: Client, draft: Chat, site: Site
) -> None:
    first = Block.objects.filter(draft__chat=draft)[0]
    answer = add(helper, draft, take_photo(), after=first.pk)
    assert answer.status_code == 200
    (file,) = ChatFile.objects.all()
    assert (file.words, file.who, file.media_type) == (SHOWN, "Helper", "image/jpeg")
    row = Block.objects.filter(draft__chat=draft)[1]
    assert row.body == {"type": "picture", "address": file.name, "description": SHOWN}
    page = helper.get(address(draft, "write")).content.decode()
    shown = f'<img src="{write_picture_address(draft, file.name)}" alt="{SHOWN}"'
    assert (shown in page, ask(helper, draft, file.name)) == (True, 200)
    keep(site, draft)
    folder = read_folder(site, draft)
    kept = KeptFile(
        **{name: getattr(file, name) for name in ("name", "sha256", "at", "bytes", "media_type")},
        words=SHOWN,
        who="Helper",
    )
    assert folder.read_kept_files() == (kept,)
    edition = folder.read_edition()
    assert edition is not None
    assert edition.blocks[1] == PictureBlock(address=file.name, description=SHOWN)
    assert check_folder(folder.root).faults == ()
    assert (ask(helper, draft, file.name), list(list_left_uploads(site))) == (
        200,
        [find_waiting(site.uploads, Change.objects.get(kind="keep-file").pk).parent],
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"text": " "}, "Say what the picture shows, for those who do not see it."),
        ({"picture": ""}, "Choose a picture first."),
        (
            {"picture": bring("a.svg", make_svg(), "image/png")},
            "This is no picture that can be read: save it as JPEG or PNG.",
        ),
    ],
)
def test_a_picture_needs_a_content_and_words(
    helper: Client, draft: Chat, said: dict[str, Any], why: str
) -> None:
    whole = {"picture": bring("a.jpg", take_photo()), "text": SHOWN}
    answer = helper.post(address(draft, "add_picture"), whole | said, headers=JSON)
    assert (answer.status_code, answer.json()) == (400, {"said": why})
    assert (ChatFile.objects.count(), list(settings.SITE.uploads.iterdir())) == (0, [])


def test_a_kill_between_the_steps_loses_nothing(helper: Client, draft: Chat, site: Site) -> None:
    add(helper, draft, take_photo())
    change = Change.objects.get(kind=ChangeKind.KEEP_FILE)
    root = site.chats / str(draft.folder)
    file = msgspec.convert(change.what["file"], KeptFile)
    keep_file(root, find_waiting(site.uploads, change.pk), file)  # and was killed behind it
    take_up(draft, site, anew=True)
    assert [one.name for one in draft.files.all()] == [file.name]
    keep(site, draft)
    assert read_folder(site, draft).read_kept_files() == (file,)
    states = Change.objects.order_by("id").values_list("kind", "state")
    assert list(states) == [("keep-file", WorkState.DONE), ("edit", WorkState.DONE)]


def test_a_picture_whose_content_is_lost_leaves_the_rest_of_the_draft(
    helper: Client, draft: Chat, site: Site
) -> None:
    add(helper, draft, take_photo())
    words = {"kind": "paragraph", "text": "We met on a wet evening.", "after": ""}
    helper.post(address(draft, "add_block"), words, headers=JSON)
    change = Change.objects.get(kind=ChangeKind.KEEP_FILE)
    find_waiting(site.uploads, change.pk).unlink()
    Change.objects.update(made_at=timezone.now() - 2 * QUIET)
    assert note_changes(site) == {draft.pk}
    follow_changes(draft.pk, site)
    edition = read_folder(site, draft).read_edition()
    assert edition is not None
    assert (getattr(edition.blocks[0], "text", ""), edition.list_pictures()) == (words["text"], ())
    assert draft.files.count() == 0
    page = helper.get(address(draft, "write")).content.decode()
    assert f"This could not be kept: {SHOWN}" in page


# --- shown


def test_only_the_team_sees_a_picture_until_it_is_published(
    as_role: dict[str, Client], draft: Chat, site: Site
) -> None:
    add(as_role["helper"], draft, take_photo())
    (file,) = ChatFile.objects.all()
    seen = {role: ask(browser, draft, file.name) for role, browser in as_role.items()}
    team = dict.fromkeys(("helper", "host", "owner", "site-owner"), 200)
    assert seen == dict.fromkeys(("stranger", "visitor", "outsider"), 404) | team
    keep(site, draft)
    publish(as_role["host"], site, draft)
    assert {ask(browser, draft, file.name) for browser in as_role.values()} == {200}
    story = as_role["stranger"].get(address(draft, "story")).content.decode()
    assert f'<img src="{write_picture_address(draft, file.name)}" alt="{SHOWN}">' in story
    pasted = as_role["stranger"].get(address(draft, "story_file", "story.html"))
    whole = f"{settings.SITE.address}{write_picture_address(draft, file.name)}"
    assert f'<img src="{whole}" alt="{SHOWN}"/>' in pasted.content.decode()


def test_a_picture_is_answered_as_nothing_but_a_picture(
    helper: Client, draft: Chat, site: Site
) -> None:
    add(helper, draft, take_photo())
    (file,) = ChatFile.objects.all()
    answer = helper.get(write_picture_address(draft, file.name))
    named = ("Content-Type", "X-Content-Type-Options", "Content-Disposition", "Cache-Control")
    assert [answer[name] for name in named] == [
        "image/jpeg",
        "nosniff",
        f'inline; filename="{file.shown_name}"',
        "private, no-cache",
    ]
    again = helper.get(
        write_picture_address(draft, file.name), headers={"if-none-match": answer["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


# --- taken out


def test_a_picture_that_is_taken_out_leaves_every_copy(
    as_role: dict[str, Client], draft: Chat, site: Site
) -> None:
    add(as_role["helper"], draft, take_photo())
    keep(site, draft)
    publish(as_role["host"], site, draft)
    (file,) = ChatFile.objects.all()
    said = {"name": file.name}
    assert as_role["helper"].post(address(draft, "take_out_picture"), said).status_code == 403
    as_role["host"].post(address(draft, "take_out_picture"), said)
    assert {ask(browser, draft, file.name) for browser in as_role.values()} == {404}
    assert Block.objects.filter(draft__chat=draft)[0].body["type"] == "gone"
    keep(site, draft)
    folder = read_folder(site, draft)
    (gone,) = folder.read_kept_files()
    assert gone == KeptFile(name=file.name, sha256=file.sha256, at=file.at, gone=gone.gone)
    story = as_role["stranger"].get(address(draft, "story")).content.decode()
    assert "A picture stood here. It has been taken out." in story
    assert SHOWN not in story
    digits = file.name.removeprefix("pictures/")
    for place in (site.chats, site.stories):
        assert [path for path in place.rglob("*") if path.name == digits] == []
    assert check_folder(folder.root).faults == ()


def test_a_folder_put_back_from_before_is_without_it(host: Client, draft: Chat, site: Site) -> None:
    add(host, draft, take_photo())
    keep(site, draft)
    folder = read_folder(site, draft)
    (kept,) = folder.read_kept_files()
    content = folder.find_kept_file(kept.name).read_bytes()
    host.post(address(draft, "take_out_picture"), {"name": kept.name})
    keep(site, draft)
    earlier = site.folder / "earlier"
    earlier.write_bytes(content)
    with folder.change() as change:  # as a folder of the day before has it
        change.keep_file(kept.name, earlier)
        change.write_kept_files((kept,))
    take_up(draft, site)
    (gone,) = folder.read_kept_files()
    assert (gone.gone is not None, folder.find_kept_file(kept.name).exists()) == (True, False)
    again = msgspec.structs.replace(kept, at=timezone.now() + timedelta(minutes=1))
    keep_file(folder.root, earlier, again)
    take_up(draft, site)
    assert [one.name for one in draft.files.all()] == [kept.name]


def test_a_picture_left_out_is_beside_the_draft_and_shown_again(
    helper: Client, draft: Chat, site: Site
) -> None:
    add(helper, draft, take_photo())
    (file,) = ChatFile.objects.all()
    row = Block.objects.filter(draft__chat=draft)[0]
    out = {"do": "out", "revision": row.revision}
    helper.post(address(draft, "change_block", row.pk), out, headers=JSON)
    keep(site, draft)
    page = helper.get(address(draft, "write"))
    assert [one.name for one in page.context["pictures"]] == [file.name]
    helper.post(address(draft, "show_again"), {"name": file.name})
    first = Block.objects.filter(draft__chat=draft)[0]
    assert first.body == {"type": "picture", "address": file.name, "description": SHOWN}
