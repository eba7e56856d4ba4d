"""What a team fills in: series, chats, invitations, the first code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chinwag.messages import LANGUAGES
from chinwag.web.chats.models import Chat, Role, Series
from chinwag.web.chats.models.series import TAKEN_SLUGS

_LONGEST = 7 * 24 * 60  # minutes of a chat
_MOMENT = "%Y-%m-%dT%H:%M"


class SeriesForm(forms.ModelForm):
    """A series' settings; each says what it does."""

    class Meta:
        """What of a series is set here."""

        model = Series
        fields: ClassVar[tuple[str, ...]] = (
            *("name", "slug", "hashtag", "about", "time_zone", "language", "contact"),
            "is_public",
        )
        help_texts: ClassVar[dict] = {
            "slug": _("The address of the series, such as uklibchat. It should never change."),
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
        zones = [(zone, zone) for zone in sorted(available_timezones())]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=zones, help_text=self.fields["time_zone"].help_text
        )
        languages = [(code, code) for code in LANGUAGES]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the chats"),
            choices=languages,
            help_text=self.fields["language"].help_text,
        )
        if self.instance.pk:
            self.fields["slug"].disabled = True

    def clean_slug(self) -> str:
        """Return the address in lower case. Addresses of the site itself are taken."""
        slug: str = self.cleaned_data["slug"].lower()
        if slug in TAKEN_SLUGS:
            raise forms.ValidationError(_("The site itself uses this address. Choose another."))
        return slug

    def clean_hashtag(self) -> str:
        """Return the hashtag without its sign."""
        hashtag: str = self.cleaned_data["hashtag"]
        return hashtag.removeprefix("#")


class NewSeriesForm(SeriesForm):
    """The four fields by which a series begins; the rest can be set later."""

    class Meta(SeriesForm.Meta):
        """What is asked at first."""

        fields = ("name", "slug", "hashtag", "time_zone", "language")


class ChatForm(forms.Form):
    """A chat to be held: what about, when, for how long."""

    title = forms.CharField(label=_("Title"), max_length=200)
    topic = forms.CharField(
        label=_("Topic"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    starts_at = forms.DateTimeField(
        label=_("Begins"),
        input_formats=[_MOMENT, f"{_MOMENT}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=_LONGEST, initial=60)

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._series = series
        self.fields["starts_at"].help_text = _("In the zone of the series: %(zone)s.") % {
            "zone": series.time_zone
        }

    def make_chat(self) -> Chat:
        """Return the chat, not kept yet. The form is valid."""
        said = self.cleaned_data
        start = said["starts_at"].replace(tzinfo=ZoneInfo(self._series.time_zone))
        return Chat(
            series=self._series,
            title=said["title"],
            topic=said["topic"],
            starts_at=start,
            ends_at=start + timedelta(minutes=said["minutes"]),
            language=self._series.language,
        )


class InvitationForm(forms.Form):
    """Whom to invite as what."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.HELPER)
    words = forms.CharField(
        label=_("For whom"),
        max_length=100,
        required=False,
        help_text=_("A word for yourself, so that you know it again."),
    )
    until = forms.DateTimeField(
        label=_("Only until"),
        required=False,
        input_formats=[_MOMENT, f"{_MOMENT}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        help_text=_("For a host for a day; UTC. Left empty, they stay."),
    )

    def clean_until(self) -> Any:
        """Return the moment at which it ends, which must be to come."""
        until = self.cleaned_data["until"]
        if until and until <= timezone.now():
            raise forms.ValidationError(_("This moment has passed."))
        return until


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
