"""Reads what a sound file says of itself: its container, its codec, how long it lasts; plain Python, no decoder.

A phone's MediaRecorder writes WebM with Opus (Chromium), Ogg with Opus (Firefox) or fragmented MP4 with AAC (Safari),
and none of them writes the duration at the head, for it is not known yet: it is read off the blocks themselves.
Sources: RFC 8794 (EBML) and RFC 9559 (Matroska), RFC 7845 (Opus in Ogg), ISO/IEC 14496-12 (boxes of MP4).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from raquan.kernel.refused import N_, Refused

LARGEST = 100 * 1024
"""Bytes of a recording: what a slow line carries while one waits."""

LONGEST_SECONDS = 180
SHORTEST_SECONDS = 1

_OPUS_RATE = 48_000


class SoundUnreadable(Refused):
    """It is no sound that phones play, or a video, or it lies about itself."""

    code = "recordings.unreadable"
    message = N_(
        "Tệp này không phải tiếng nói mà điện thoại nghe được. "
        "Hãy thu trên trang này, hoặc chọn tệp WebM, OGG hoặc M4A."
    )


class SoundTooLarge(Refused):
    """It has too many bytes for a slow line."""

    code = "recordings.too_large"
    message = N_("Bản thu nặng {size} KB, nhiều nhất là {most} KB. Hãy đọc gọn hơn, hoặc thu ngay trên trang này.")


class SoundTooLong(Refused):
    """Nobody listens for so long, or it is over before it begins."""

    code = "recordings.length"
    message = N_("Bản thu dài {seconds} giây; cần từ {least} đến {most} giây.")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a sound file is: `audio/webm`, `audio/ogg` or `audio/mp4`, how long in seconds, and its bytes to be kept."""

    media_type: str
    seconds: float
    data: bytes


def hear(data: bytes) -> Heard:
    """Read a sound file. Raises SoundTooLarge, SoundUnreadable, SoundTooLong.

    Of an MP4 the boxes that may say where and by whom it was recorded are emptied; its length stays, so that
    everything else is where it was.
    """
    if len(data) > LARGEST:
        raise SoundTooLarge(size=-(-len(data) // 1024), most=LARGEST // 1024)
    try:
        if data[:4] == b"\x1aE\xdf\xa3":
            found = Heard("audio/webm", _webm_seconds(data), data)
        elif data[:4] == b"OggS":
            found = Heard("audio/ogg", _ogg_seconds(data), data)
        elif data[4:8] == b"ftyp":
            found = Heard("audio/mp4", _mp4_seconds(data), _without_tags(data))
        else:
            raise SoundUnreadable()
    except (IndexError, ValueError, ZeroDivisionError):
        raise SoundUnreadable() from None
    if not SHORTEST_SECONDS <= found.seconds <= LONGEST_SECONDS:
        raise SoundTooLong(seconds=round(found.seconds), least=SHORTEST_SECONDS, most=LONGEST_SECONDS)
    return found


# WebM ---------------------------------------------------------------------------------------------------------------

_SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER, _GROUP = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0
_INSIDE = frozenset({_SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER, _GROUP})
_DOCTYPE, _SCALE, _KIND, _CODEC, _TIME, _SIMPLE_BLOCK, _BLOCK = 0x4282, 0x2AD7B1, 0x83, 0x86, 0xE7, 0xA3, 0xA1
_EBML, _AUDIO = 0x1A45DFA3, 2


def _webm_seconds(data: bytes) -> float:
    kinds, codecs, scale, cluster, last, blocks = [], [], 1_000_000, 0, 0, 0
    for element, value in _elements(data):
        if element == _DOCTYPE and value != b"webm":
            raise SoundUnreadable()
        if element == _SCALE:
            scale = _unsigned(value)
        elif element == _KIND:
            kinds.append(_unsigned(value))
        elif element == _CODEC:
            codecs.append(value)
        elif element == _TIME:
            cluster = _unsigned(value)
        elif element in (_SIMPLE_BLOCK, _BLOCK):
            _, length = _number(value, 0)  # the track's number, then the time within the cluster
            last = max(last, cluster + int.from_bytes(value[length : length + 2], "big", signed=True))
            blocks += 1
    if kinds != [_AUDIO] or codecs != [b"A_OPUS"] or not blocks:
        raise SoundUnreadable()
    step = last / (blocks - 1) if blocks > 1 else 0  # the last block lasts about as long as the others
    return (last + step) * scale / 1e9


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the elements that matter, in their order; masters are stepped into, also those of unknown length."""
    at = 0
    while at < len(data):
        element, length = _number(data, at, keep_mark=True)
        at += length
        size, length = _number(data, at)
        at += length
        if element in _INSIDE or element == _EBML:
            continue
        if at + size > len(data):
            return  # the last block was cut off when the recording was stopped
        yield element, data[at : at + size]
        at += size


def _unsigned(value: bytes) -> int:
    """Read an unsigned integer: eight bytes at most (RFC 8794, 7.2)."""
    if len(value) > 8:
        raise SoundUnreadable()
    return int.from_bytes(value, "big")


def _number(data: bytes, at: int, *, keep_mark: bool = False) -> tuple[int, int]:
    """Read a number of variable length; give it, and how many bytes it takes."""
    first = data[at]
    length = 9 - first.bit_length()
    if length > 8 or at + length > len(data):
        raise ValueError
    value = int.from_bytes(data[at : at + length], "big")
    return value if keep_mark else value & ((1 << 7 * length) - 1), length


# Ogg ----------------------------------------------------------------------------------------------------------------


def _ogg_seconds(data: bytes) -> float:
    at, skipped, last, serials = 0, -1, 0, set()
    while at < len(data):
        if data[at : at + 4] != b"OggS":
            raise SoundUnreadable()
        granule = int.from_bytes(data[at + 6 : at + 14], "little", signed=True)
        serials.add(data[at + 14 : at + 18])
        count = data[at + 26]
        body = at + 27 + count
        if skipped < 0:
            if data[body : body + 8] != b"OpusHead":
                raise SoundUnreadable()
            skipped = int.from_bytes(data[body + 10 : body + 12], "little")
        last = max(last, granule)
        at = body + sum(data[at + 27 : body])
    if len(serials) != 1:
        raise SoundUnreadable()
    return max(last - skipped, 0) / _OPUS_RATE


# MP4 ----------------------------------------------------------------------------------------------------------------

_BOXES_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf"})
_TAGS = frozenset({b"udta", b"meta", b"uuid"})
_SOUND_CODECS = frozenset({b"mp4a", b"Opus"})


def _mp4_seconds(data: bytes) -> float:
    kinds, codecs, scale, whole, usual, in_pieces = [], [], 0, 0.0, 0, 0
    of_piece = 0
    for name, start, end in _boxes(data, 0, len(data)):
        box = data[start:end]
        if name == b"hdlr":
            kinds.append(box[8:12])
        elif name == b"stsd":
            codecs.append(box[12:16])
        elif name in (b"mdhd", b"mvhd"):
            rate, length = _rate_and_length(box)
            whole = max(whole, length / rate)
            scale = rate if name == b"mdhd" else scale
        elif name == b"trex":
            usual = _u32(box, 12)
        elif name == b"tfhd":
            of_piece = _usual_of_piece(box) or usual
        elif name == b"trun":
            in_pieces += _length_of_run(box, of_piece)
    if [one for one in kinds if one in (b"soun", b"vide")] != [b"soun"] or not _SOUND_CODECS.issuperset(codecs):
        raise SoundUnreadable()
    if not codecs:
        raise SoundUnreadable()
    return whole or in_pieces / scale


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Give the boxes with where their content begins and ends; those that only hold others are stepped into."""
    while at + 8 <= end:
        size, name, head = _u32(data, at), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise ValueError
        yield name, at + head, at + size
        if name in _BOXES_INSIDE:
            yield from _boxes(data, at + head, at + size)
        at += size


def _rate_and_length(box: bytes) -> tuple[int, int]:
    if box[0] == 1:
        rate, length, unknown = _u32(box, 20), int.from_bytes(box[24:32], "big"), (1 << 64) - 1
    else:
        rate, length, unknown = _u32(box, 12), _u32(box, 16), (1 << 32) - 1
    return rate, 0 if length == unknown else length


def _usual_of_piece(box: bytes) -> int:
    flags = int.from_bytes(box[1:4], "big")
    at = 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
    return _u32(box, at) if flags & 0x8 else 0


def _length_of_run(box: bytes, usual: int) -> int:
    flags, count = int.from_bytes(box[1:4], "big"), _u32(box, 4)
    if not flags & 0x100:
        return count * usual
    at = 8 + (4 if flags & 0x1 else 0) + (4 if flags & 0x4 else 0)
    step = 4 * sum(1 for one in (0x100, 0x200, 0x400, 0x800) if flags & one)
    if at + count * step > len(box):
        raise ValueError
    return sum(_u32(box, at + n * step) for n in range(count))


def _without_tags(data: bytes) -> bytes:
    cleaned = bytearray(data)
    for name, start, end in _boxes(data, 0, len(data)):
        if name in _TAGS:
            cleaned[start:end] = bytes(end - start)
            head = 16 if _u32(data, start - 16) == 1 and data[start - 12 : start - 8] == name else 8
            cleaned[start - head + 4 : start - head + 8] = b"free"
    return bytes(cleaned)


def _u32(data: bytes, at: int) -> int:
    if at < 0 or at + 4 > len(data):
        raise ValueError
    return int.from_bytes(data[at : at + 4], "big")
