"""The files that a form names: which there are, which are missing, and their bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from raquan.files import queries as files
from raquan.forms.models import FormDraft, FormMedia
from raquan.forms.queries.offers import version_offered
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people.rules import Action, may


@dataclass(frozen=True, slots=True)
class MediaView:
    """A file that a form names; `md5` is "" and `put_at` None while it is missing. `in_draft`: the draft's own."""

    name: str
    kind: str
    sha256: str = ""
    md5: str = ""
    size: int = 0
    put_at: datetime | None = None
    in_draft: bool = False

    @property
    def exists(self) -> bool:
        """Tell whether the file is there."""
        return bool(self.md5)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file's bytes, for who may have the form."""

    name: str
    md5: str
    media_type: str
    data: bytes


def form_media(actor: Actor, form_id: str) -> tuple[MediaView, ...]:
    """List the files that a form's latest version names, in their order; raises NotFound, FormNotOffered."""
    version = version_offered(actor, form_id)
    return media_of(version.media, FormMedia.objects.filter(form=version.form_id, draft__isnull=True))


def media_file(actor: Actor, form_id: str, name: str) -> MediaFile:
    """Give a file of a form's latest version; raises NotFound, FormNotOffered."""
    return _file(form_media(actor, form_id), name)


def draft_media(draft: FormDraft) -> tuple[MediaView, ...]:
    """List the files that a draft names: its own, else those of the published form."""
    return media_of(draft.media, FormMedia.objects.filter(form=draft.form_id))


def draft_media_file(draft: FormDraft, name: str) -> MediaFile:
    """Give a file of a draft; raises NotFound."""
    return _file(draft_media(draft), name)


def media_for_desk(actor: Actor, form_id: str, name: str, *, in_draft: bool) -> MediaFile:
    """Give a file to who may publish: of the draft, or of the published form."""
    if not may(actor, Action.FORM_PUBLISH):
        raise NotAllowed()
    if not in_draft:
        return media_file(actor, form_id, name)
    draft = FormDraft.objects.filter(form__xml_form_id=form_id).first()
    if draft is None:
        raise NotFound()
    return draft_media_file(draft, name)


def media_of(named: Iterable[Iterable[str]], rows: Iterable[FormMedia]) -> tuple[MediaView, ...]:
    """Join what a definition names with what is there; a draft's own file goes before the form's."""
    current = [row for row in rows if row.replaced_at is None]
    found = {row.name: row for row in sorted(current, key=lambda row: row.draft_id is not None)}
    return tuple(_view(name, kind, found.get(name)) for name, kind in named)


def _view(name: str, kind: str, row: FormMedia | None) -> MediaView:
    if row is None:
        return MediaView(name, kind)
    return MediaView(name, kind, row.sha256, row.md5, row.size, row.put_at, row.draft_id is not None)


def _file(media: tuple[MediaView, ...], name: str) -> MediaFile:
    one = next((one for one in media if one.name == name and one.exists), None)
    if one is None:
        raise NotFound()
    return MediaFile(name, one.md5, files.media_type(one.sha256), files.read_file(one.sha256))
