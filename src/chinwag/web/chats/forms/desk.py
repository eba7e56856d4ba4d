"""What a team fills in: series, chats, invitations, the first code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chinwag.messages import LANGUAGES
from chinwag.web.chats.actions.tags import Subjects
from chinwag.web.chats.forms.choices import offer
from chinwag.web.chats.forms.moments import make_moment_field
from chinwag.web.chats.models import Chat, ChatState, Role, Series, User
from chinwag.web.chats.models.series import TAKEN_SLUGS
from chinwag.web.chats.queries.chats import is_old_address, list_tag_names

_LONGEST = 7 * 24 * 60  # minutes of a chat
_LONGEST_NAME = 50  # letters of a tag
_LANGUAGE_NAMES = {"en": "English", "fr": "Français"}  # each as its readers call it


def _list_zones(kept: str) -> list[str]:
    """Return the zones of places, UTC, and the one that is `kept`: no "Factory", no "Etc/GMT+5"."""
    places = {one for one in available_timezones() if "/" in one and not one.startswith("Etc/")}
    return sorted(places | {"UTC", kept})


class SeriesForm(forms.ModelForm):
    """A series' settings; each says what it does."""

    class Meta:
        """What of a series is set here."""

        model = Series
        fields: ClassVar[tuple[str, ...]] = (
            *("name", "slug", "hashtag", "about", "time_zone", "language", "contact"),
            "is_public",
        )
        widgets: ClassVar[dict] = {"about": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar[dict] = {
            "slug": _("Such as uklibchat. If it ever changes, the old one still leads to it."),
            "hashtag": _("Without the #. New captures look for it."),
            "about": _("A sentence or two for people who do not know the series."),
            "time_zone": _("Times are shown in this zone, and new chats are planned in it."),
            "language": _("The language in which new stories are worded."),
            "contact": _(
                "Where people write who want their posts taken out: shown on every story."
            ),
            "is_public": _("Unticked, only the team sees any of it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(zone, zone) for zone in _list_zones(self.instance.time_zone)]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=zones,
            initial="UTC",
            help_text=self.fields["time_zone"].help_text,
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the chats"),
            choices=[(code, _LANGUAGE_NAMES.get(code, code)) for code in LANGUAGES],
            help_text=self.fields["language"].help_text,
        )

    def clean_slug(self) -> str:
        """Return the address in lower case. Addresses of the site itself are taken."""
        slug: str = self.cleaned_data["slug"].lower()
        if slug in TAKEN_SLUGS:
            raise forms.ValidationError(_("The site itself uses this address. Choose another."))
        if is_old_address(slug, self.instance):
            raise forms.ValidationError(_("Another series had this address. Choose another."))
        return slug

    def clean_hashtag(self) -> str:
        """Return the hashtag without its sign."""
        hashtag: str = self.cleaned_data["hashtag"]
        return hashtag.removeprefix("#")


class SettingsForm(SeriesForm):
    """A series' settings with the categories by which it sorts its chats."""

    categories = forms.CharField(
        label=_("Categories"),
        required=False,
        max_length=1000,
        help_text=_(
            "The kinds into which you sort your chats, with commas between: Work, Reading, Digital."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list_tag_names(self.instance, categories=True)
        self.fields["categories"].initial = ", ".join(named)

    def clean_categories(self) -> list[str]:
        """Return the names of the categories."""
        return _split_names(self.cleaned_data["categories"])


class NewSeriesForm(SeriesForm):
    """The four fields by which a series begins; the rest can be set later."""

    class Meta(SeriesForm.Meta):
        """What is asked at first."""

        fields = ("name", "slug", "hashtag", "time_zone", "language")


class ChatForm(forms.Form):
    """A chat to be held: what about, when, for how long."""

    title = forms.CharField(label=_("Title"), max_length=200)
    topic = forms.CharField(
        label=_("Topic"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the chat is about, for people who wonder whether to come."),
    )
    starts_at = make_moment_field(
        label=_("Begins"),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=_LONGEST, initial=60)
    category = forms.ChoiceField(label=_("Category"), required=False)
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=500,
        help_text=_("With commas between: opening hours, volunteers."),
    )

    def __init__(self, *args: Any, series: Series, chat: Chat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._series = series
        self._chat = chat or Chat(series=series, language=series.language)
        named = list_tag_names(series, categories=True)
        offer(self, "category", [("", _("None")), *((name, name) for name in named)])
        if not named:
            del self.fields["category"]
        self.fields["starts_at"].help_text = _("In the zone of the series: %(zone)s.") % {
            "zone": series.time_zone
        }
        if chat is not None:
            self.initial = {**self.initial, **self._describe(chat)}

    def _describe(self, chat: Chat) -> dict[str, Any]:
        """Return what the form shows of a chat, without what only its folder may say."""
        if chat.indexed_as:
            del self.fields["title"]
        if chat.indexed_as and chat.state != ChatState.LIVE:  # a capture follows its hour
            del self.fields["starts_at"], self.fields["minutes"]
        return {
            "title": chat.title,
            "topic": chat.topic,
            "starts_at": chat.starts_at.astimezone(ZoneInfo(self._series.time_zone)).replace(
                tzinfo=None
            ),
            "minutes": round((chat.ends_at - chat.starts_at).total_seconds() / 60),
            "category": next((tag.name for tag in chat.tags.all() if tag.is_category), ""),
            "tags": ", ".join(tag.name for tag in chat.tags.all() if not tag.is_category),
        }

    def make_chat(self) -> Chat:
        """Return the chat as it is described now, not kept yet. The form is valid."""
        said, chat = self.cleaned_data, self._chat
        chat.topic = said["topic"]
        if "title" in said:
            chat.title = said["title"]
        if "minutes" in said:
            start = said["starts_at"].replace(tzinfo=ZoneInfo(self._series.time_zone))
            chat.starts_at, chat.ends_at = start, start + timedelta(minutes=said["minutes"])
        return chat

    def read_subjects(self) -> Subjects:
        """Return what the chat is about. The form is valid."""
        said = self.cleaned_data
        return Subjects(said.get("category", ""), tuple(_split_names(said["tags"])))


def _split_names(words: str) -> list[str]:
    """Return names that have commas between them, each once, as long as a name may be."""
    names = [" ".join(name.split())[:_LONGEST_NAME] for name in words.split(",")]
    first = {name.casefold(): name for name in reversed(names) if name}
    return [name for name in names if first.get(name.casefold()) is name]


class InvitationForm(forms.Form):
    """Whom to invite as what."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.HELPER)
    words = forms.CharField(
        label=_("For whom"),
        max_length=100,
        required=False,
        help_text=_("A name of your own for it, so that you recognise it."),
    )
    until = make_moment_field(
        label=_("Only until"),
        required=False,
        help_text=_("For somebody who hosts for a day; in UTC. Left empty, they stay."),
    )

    def clean_until(self) -> Any:
        """Return the moment at which it ends, which must be to come."""
        until = self.cleaned_data["until"]
        if until and until <= timezone.now():
            raise forms.ValidationError(_("This moment has passed."))
        return until


class JoinForm(forms.Form):
    """What somebody who joins a team says of themselves: a name, where they have none yet."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("As your team will see you, also in what you change."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.name:
            del self.fields["name"]


class RoleForm(forms.Form):
    """Another role for a member, or none."""

    role = forms.ChoiceField(choices=Role.choices)
    do = forms.ChoiceField(choices=[("change", ""), ("remove", "")])


class FirstForm(forms.Form):
    """The code of the terminal, and whose it is."""

    code = forms.CharField(label=_("Code"), max_length=40)
    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("Sign-in codes are sent there.")
    )
    name = forms.CharField(label=_("Your name"), max_length=100)
