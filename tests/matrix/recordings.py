"""The cases of recordings: who reads a guide aloud, who listens, who takes one away."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from raquan.recordings import queries
from raquan.recordings.tests import tones
from tests.matrix.case import NEW, A, Body, Case, Write, both, change, listing, thing
from tests.matrix.world import World

GUIDE = "birth_registration"


def _version() -> str:
    text = queries.current_text(GUIDE, on=date(2023, 10, 5))
    assert text
    return text.version


def _spoken(world: World) -> Body:
    sound = SimpleUploadedFile("a.webm", tones.webm(5), "audio/webm")
    return {"request_id": NEW, "text_version": _version(), "sound": sound, "agrees": "on"}


def _heard(world: World) -> Body:
    return {"text_version": _version(), "has_heard": "on"}


RECORDINGS = {
    "desk/recordings/": listing(*both("recording"), queries=("", "?state=all", "?state=waiting")),
    "desk/recordings/guides/": Case(),
    "desk/recordings/guides/<str:service_code>/<str:language>/": Case(
        fills={"service_code": GUIDE, "language": "rad"}, writes=(Write(_spoken),)
    ),
    "desk/recordings/<uuid:recording_id>/": thing(
        A.RECORDING_MAKE, "own recording", writes=(Write(_heard, A.RECORDING_CHECK),)
    ),
    "desk/recordings/<uuid:recording_id>/sound/": thing(A.RECORDING_MAKE),
    "desk/recordings/<uuid:recording_id>/return/": change(A.RECORDING_CHECK, {"reason": "Ồn"}),
    "desk/recordings/<uuid:recording_id>/withdraw/": change(A.RECORDING_CHECK, {"reason": "Xin rút"}),
}
