"""What everybody may hear: of each guide and language the approved recording, while it says the text of today."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField
from django.utils.translation import gettext

from raquan.catalogue.queries import GuideView
from raquan.ledger.queries import Question, Told
from raquan.recordings.models import Recording, Sound
from raquan.recordings.queries.texts import text_of
from raquan.recordings.rules import EXTENSIONS, SPOKEN, State


@dataclass(frozen=True, slots=True)
class Playable:
    """A recording that is played; `speaker_name` is empty where the speaker wishes so."""

    id: UUID
    service_code: str
    language: str
    language_name: str
    speaker_name: str
    seconds: int
    kilobytes: int
    media_type: str
    extension: str


def playable(guide: GuideView) -> tuple[Playable, ...]:
    """List what is played of a guide, a language each; a recording of words that were changed since is not."""
    found = _APPROVED.rows(service_code=guide.service_code, text_version=text_of(guide).version)
    return tuple(sorted((_view(row) for row in found), key=lambda one: list(SPOKEN).index(one.language)))


def playable_sound(guide: GuideView, recording_id: UUID) -> tuple[Playable, bytes] | None:
    """Give the sound of a recording that is played, or None."""
    one = next((one for one in playable(guide) if one.id == recording_id), None)
    sound = Sound.objects.filter(recording_id=recording_id).first() if one else None
    return (one, bytes(sound.data)) if one and sound else None


_APPROVED = Question(
    lambda: Recording.objects.filter(
        service_code=Told("service_code", CharField()),
        state=State.APPROVED.value,
        text_version=Told("text_version", CharField()),
    ).values_list("id", "service_code", "language", "speaker_name", "milliseconds", "size", "media_type")
)


def _view(row: tuple[Any, ...]) -> Playable:
    recording_id, service_code, language, speaker_name, milliseconds, size, media_type = row
    return Playable(
        id=recording_id,
        service_code=service_code,
        language=language,
        language_name=gettext(SPOKEN[language]),
        speaker_name=speaker_name,
        seconds=round(milliseconds / 1000),
        kilobytes=-(-size // 1024),
        media_type=media_type,
        extension=EXTENSIONS[media_type],
    )
