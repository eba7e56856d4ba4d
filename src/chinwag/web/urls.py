"""The addresses of the site. They never change: an address that moved keeps redirecting."""

from __future__ import annotations

from django.urls import URLPattern, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from chinwag.web.chats.views import (
    archive,
    captures,
    cards,
    desk,
    embeds,
    feeds,
    files,
    front,
    health,
    imports,
    marks,
    people,
    share,
    site,
    sort,
    story,
    suggest,
    team,
    write,
)

handler404 = "chinwag.web.chats.views.refusals.show_not_found"
handler403 = "chinwag.web.chats.views.refusals.show_forbidden"
handler400 = "chinwag.web.chats.views.refusals.show_bad_request"
handler500 = "chinwag.web.chats.views.refusals.show_failure"

_DESK = "desk/<slug:series>/"
_CHAT = "<slug:series>/<str:day>/"


def _list_tag_paths(name: str, folder: str, *, is_category: bool) -> list[URLPattern]:
    start, kind = f"<slug:series>/{folder}/<str:tag>", {"is_category": is_category}
    return [
        path(f"{start}/feed.atom", feeds.show_tag_atom, kind, name=f"{name}_atom"),
        path(start, front.list_tagged, kind, name=name),
    ]


urlpatterns = [
    path("health", health.tell_health, name="health"),
    path("ready", health.tell_readiness, name="ready"),
    # Without a token: it changes nothing but words, and readers are given no cookie for it.
    path("i18n/language", csrf_exempt(require_POST(set_language)), name="set_language"),
    path("", front.show_site, name="site"),
    path("sitemap.xml", feeds.show_sitemap, name="sitemap"),
    path("robots.txt", feeds.show_robots, name="robots"),
    path("search", front.search, name="search"),
    path("card.png", cards.show_site_card, name="site_card"),
    path("oembed", embeds.tell_oembed, name="oembed"),
    path("embed/p/<str:public>", embeds.show_entry, name="embed_entry"),
    path(f"embed/{_CHAT}", embeds.show_story, name="embed_story"),
    path("p/<str:public>", archive.show_entry, name="entry"),
    path("people/<path:handle>", people.show_person, name="person"),
    path("account/join/<str:secret>", team.join, name="join"),
    path("account/", include("allauth.urls")),
    path("site/", site.show_site_desk, name="site_desk"),
    path("site/first/", site.make_owner, name="first"),
    path("site/series", site.make_series, name="new_series"),
    path("desk/", desk.show_desk, name="desk"),
    path(f"{_DESK}new", desk.plan_chat, name="new_chat"),
    path(f"{_DESK}team", team.show_team, name="team"),
    path(f"{_DESK}team/<int:user_id>", team.change_member, name="change_member"),
    path(f"{_DESK}invitations/<int:invitation_id>", team.withdraw, name="withdraw"),
    path(f"{_DESK}settings", team.change_settings, name="series_settings"),
    path(f"{_DESK}log", team.show_log, name="log"),
    path(f"{_DESK}import", imports.bring_files, name="imports"),
    path(f"{_DESK}import/<int:import_id>", imports.show_import, name="import"),
    path(f"{_DESK}<str:day>/capture", captures.watch_capture, name="capture"),
    path(f"{_DESK}<str:day>/capture/start", captures.start_capture, name="start_capture"),
    path(f"{_DESK}<str:day>/capture/stop", captures.stop_capture, name="stop_capture"),
    path(f"{_DESK}<str:day>/import", imports.bring_files_of_chat, name="chat_import"),
    path(f"{_DESK}<str:day>/about", desk.describe_chat, name="describe_chat"),
    path(f"{_DESK}<str:day>/publish", desk.publish_story, name="publish_story"),
    path(f"{_DESK}<str:day>/cancel", desk.cancel_chat, name="cancel_chat"),
    path(f"{_DESK}<str:day>/sort", sort.show_sort, name="sort"),
    path(f"{_DESK}<str:day>/sort/posts", sort.correct, name="correct"),
    path(f"{_DESK}<str:day>/sort/standing", sort.tell_standing, name="standing"),
    path(f"{_DESK}<str:day>/sort/back/<int:change_id>", sort.take_back, name="take_back"),
    path(f"{_DESK}<str:day>/questions", sort.change_questions, name="questions"),
    path(f"{_DESK}<str:day>/questions/drop", sort.drop_question, name="drop_question"),
    path(f"{_DESK}<str:day>/write", write.show_write, name="write"),
    path(f"{_DESK}<str:day>/write/blocks", write.add_block, name="add_block"),
    path(f"{_DESK}<str:day>/write/blocks/<int:block_id>", write.change_block, name="change_block"),
    path(f"{_DESK}<str:day>/write/spare", write.take_spare, name="take_spare"),
    path(f"{_DESK}<str:day>/write/people", write.name_person, name="name_person"),
    path(f"{_DESK}<str:day>/write/advice", suggest.show_advice, {"task": "choose"}, name="advice"),
    path(
        f"{_DESK}<str:day>/sort/advice", suggest.show_advice, {"task": "place"}, name="place_advice"
    ),
    path(f"{_DESK}<str:day>/write/suggestions", suggest.decide_all, name="decide_all"),
    path(
        f"{_DESK}<str:day>/write/suggestions/<int:suggestion_id>",
        suggest.decide_suggestion,
        name="decide_suggestion",
    ),
    path(f"{_DESK}<str:day>/write/again", write.stand_again, name="stand_again"),
    path(f"{_DESK}<str:day>/write/editions/<int:number>", write.show_edition, name="edition"),
    path(f"{_DESK}<str:day>/write/here", write.tell_presence, name="presence"),
    path(f"{_DESK}<str:day>/write/pictures", write.add_picture, name="add_picture"),
    path(f"{_DESK}<str:day>/write/pictures/again", write.show_again, name="show_again"),
    path(f"{_DESK}<str:day>/write/pictures/out", write.take_out_picture, name="take_out_picture"),
    path(f"{_DESK}<str:day>/marks", marks.show_marks, name="marks"),
    path(f"{_DESK}<str:day>/marks/post", marks.mark_post, name="mark_post"),
    path(f"{_DESK}<str:day>/files", files.show_files, name="files"),
    path(f"{_DESK}<str:day>/files/<int:file_id>", files.change_file, name="change_file"),
    path(f"{_DESK}accounts", share.show_accounts, name="accounts"),
    path(f"{_DESK}accounts/<int:account_id>", share.change_account, name="change_account"),
    path(f"{_DESK}<str:day>/share", share.show_share, name="share"),
    path(f"{_DESK}<str:day>/preview", share.preview, name="preview"),
    path(f"{_DESK}<str:day>/share/<int:account_id>", share.publish_on_blog, name="publish_on_blog"),
    path(
        f"{_DESK}<str:day>/share/<int:account_id>/comments",
        share.read_comments,
        name="read_comments",
    ),
    path(f"{_DESK}<str:day>/letters", share.write_letter, name="write_letter"),
    path(f"{_DESK}<str:day>/letters/<int:letter_id>", share.show_letter, name="letter"),
    path("<slug:series>/", front.show_series, name="series"),
    path("<slug:series>/chats", front.list_chats, name="chats"),
    path("<slug:series>/figures", front.show_series_figures, name="series_figures"),
    path("<slug:series>/card.png", cards.show_series_card, name="series_card"),
    *_list_tag_paths("tag", "tags", is_category=False),
    *_list_tag_paths("category", "categories", is_category=True),
    path("<slug:series>/feed.atom", feeds.show_atom, name="atom"),
    path("<slug:series>/feed.json", feeds.show_json_feed, name="json_feed"),
    path("<slug:series>/calendar.ics", feeds.show_calendar, name="calendar"),
    path(f"{_CHAT}card.png", cards.show_chat_card, name="chat_card"),
    path(f"{_CHAT}calendar.ics", feeds.show_chat_calendar, name="chat_calendar"),
    path(_CHAT, front.show_chat, name="chat"),
    path(f"{_CHAT}story/pictures/<str:picture>", files.show_picture, name="picture"),
    path(f"{_CHAT}files/<str:file>", files.hand_out_file, name="chat_file"),
    path(f"{_CHAT}story/", story.show_story, name="story"),
    path(f"{_CHAT}story/<str:name>", story.hand_out, name="story_file"),
    path(f"{_CHAT}archive/", archive.show_archive, name="archive"),
    path(f"{_CHAT}figures/", archive.show_figures, name="figures"),
]
