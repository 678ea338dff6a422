"""What is read off a sound file, and where a recording may go."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raquan.kernel.refused import Refused
from raquan.recordings.rules import LARGEST, STATE_NAMES, TRANSITIONS, State, Step, hear, text_version
from raquan.recordings.rules.audio import SoundTooLarge, SoundTooLong, SoundUnreadable
from raquan.recordings.tests import tones


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (tones.webm(42), "audio/webm"),
        (tones.ogg(42), "audio/ogg"),
        (tones.mp4(42), "audio/mp4"),
        (tones.mp4(42, in_pieces=False), "audio/mp4"),
    ],
    ids=["webm", "ogg", "mp4 in pieces", "mp4"],
)
def test_what_phones_record_is_read_with_its_length(data: bytes, media_type: str) -> None:
    heard = hear(data)
    assert heard.media_type == media_type
    assert heard.seconds == pytest.approx(42, abs=0.2)
    assert heard.data == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF....WAVE",
        b"\xff\xfb" + bytes(400),
        b"<html>" * 40,
        tones.webm(codec=b"V_VP8", kind=1),
        tones.webm(codec=b"A_VORBIS"),
        tones.webm(doctype=b"matroska"),
        tones.webm()[:60],
        tones.ogg(serials=(7, 7, 8)),
        tones.ogg()[:70],
        tones.mp4(kind=b"vide"),
        tones.mp4()[:100],
    ],
)
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(SoundUnreadable):
        hear(data)


@pytest.mark.parametrize("data", [tones.webm(200), tones.mp4(200), tones.ogg(0.3)])
def test_nobody_listens_for_so_long_or_so_short(data: bytes) -> None:
    with pytest.raises(SoundTooLong):
        hear(data)


def test_a_heavy_sound_is_refused_with_its_weight() -> None:
    with pytest.raises(SoundTooLarge, match="128 KB"):
        hear(tones.webm(60, size=LARGEST)[:1000] + bytes(130_000))


def test_where_it_was_recorded_is_wiped_and_nothing_moves() -> None:
    told = tones.mp4(20, in_pieces=False, where=b"+12.6662+108.0382/")
    kept = hear(told).data
    assert b"108.0382" in told
    assert b"108.0382" not in kept
    assert len(kept) == len(told)
    assert kept.index(b"mdat") == told.index(b"mdat")
    assert hear(kept).seconds == pytest.approx(20, abs=0.2)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([tones.webm(3), tones.ogg(3), tones.mp4(3)]), st.data())
def test_damaged_bytes_are_refused_or_read_and_never_crash(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(max_size=12)) + whole[at + data.draw(st.integers(0, 9)) :]
    with suppress(Refused):
        assert hear(broken).seconds <= 180


def test_a_number_of_more_than_eight_bytes_is_no_number() -> None:
    whole = tones.webm(3)
    scale = whole.index(b"\x2a\xd7\xb1")
    time_of_cluster = whole.index(b"\xe7", scale)
    for at, name in ((scale, b"\x2a\xd7\xb1"), (time_of_cluster, b"\xe7")):
        broken = whole[:at] + name + b"\x43\xe8" + bytes([255]) * 1000 + whole[at:]  # 1,000 bytes: far over a float
        with pytest.raises(SoundUnreadable):
            hear(broken)


def test_every_state_is_reached_and_named() -> None:
    assert {one.target for one in TRANSITIONS} | {State.WAITING} == set(State) == set(STATE_NAMES)
    assert TRANSITIONS.leads_to(State.WITHDRAWN, Step.APPROVE) is None
    assert TRANSITIONS.leads_to(State.RETURNED, Step.APPROVE) is None


def test_a_comma_makes_another_text() -> None:
    assert text_version(["a, b"]) != text_version(["a b"]) != text_version(["a", "b"])
    assert len(text_version([])) == 16
