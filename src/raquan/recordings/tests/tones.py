"""Test tones: sound files with nothing but the heads and lengths that a phone's recorder writes. Nobody speaks here."""

from struct import pack

UNKNOWN = b"\x01" + b"\xff" * 7


def webm(
    seconds: float = 12, *, codec: bytes = b"A_OPUS", kind: int = 2, doctype: bytes = b"webm", size: int = 0
) -> bytes:
    """Make a WebM as Chromium's recorder does: no duration, segment and clusters of unknown length, 60 ms a block."""
    track = _element(b"\xd7", b"\x01") + _element(b"\x83", bytes([kind])) + _element(b"\x86", codec)
    parts = [
        _element(b"\x1a\x45\xdf\xa3", _element(b"\x42\x82", doctype)),
        b"\x18\x53\x80\x67" + UNKNOWN,
        _element(b"\x15\x49\xa9\x66", _element(b"\x2a\xd7\xb1", (1_000_000).to_bytes(3, "big"))),
        _element(b"\x16\x54\xae\x6b", _element(b"\xae", track)),
    ]
    filling = bytes(max(size - 100, 0) // max(round(seconds / 0.06), 1))
    for n in range(round(seconds / 0.06)):
        at = n * 60
        if at % 30_000 == 0:
            parts.append(b"\x1f\x43\xb6\x75" + UNKNOWN + _element(b"\xe7", at.to_bytes(4, "big")))
        parts.append(_element(b"\xa3", b"\x81" + pack(">h", at % 30_000) + b"\x80" + (filling or b"tone")))
    return b"".join(parts)


def ogg(seconds: float = 12, *, serials: tuple[int, ...] = (7, 7, 7)) -> bytes:
    """Make an Ogg with Opus as Firefox's recorder does: head, tags, one page of sound."""
    head = b"OpusHead\x01\x01" + pack("<HIhB", 312, 48_000, 0, 0)
    pages = ((0, head), (0, b"OpusTags" + bytes(8)), (312 + round(seconds * 48_000), b"tone" * 20))
    return b"".join(
        b"OggS\x00\x00" + pack("<q", granule) + pack("<III", serial, n, 0) + bytes([1, len(body)]) + body
        for n, ((granule, body), serial) in enumerate(zip(pages, serials, strict=True))
    )


def mp4(seconds: float = 12, *, in_pieces: bool = True, kind: bytes = b"soun", where: bytes = b"") -> bytes:
    """Make an MP4 with AAC, in pieces as Safari's recorder does, or whole as a phone's own recorder."""
    rate, samples = 44_100, round(seconds * 44_100 / 1024)
    length = 0 if in_pieces else samples * 1024
    mdhd = _box(b"mdhd", bytes(12) + pack(">III", rate, length, 0))
    hdlr = _box(b"hdlr", bytes(8) + kind + bytes(12))
    stsd = _box(b"stsd", bytes(4) + pack(">I", 1) + _box(b"mp4a", bytes(28)))
    mdia = _box(b"mdia", mdhd + hdlr + _box(b"minf", _box(b"stbl", stsd)))
    mvex = _box(b"mvex", _box(b"trex", bytes(4) + pack(">IIIII", 1, 1, 1024, 0, 0))) if in_pieces else b""
    tags = _box(b"udta", _box(b"\xa9xyz", where)) if where else b""
    mvhd = _box(b"mvhd", bytes(12) + pack(">III", 1000, length * 1000 // rate, 0))
    run = _box(b"trun", bytes(4) + pack(">I", samples))
    moof = _box(b"moof", _box(b"traf", _box(b"tfhd", bytes(4) + pack(">I", 1)) + run)) if in_pieces else b""
    moov = _box(b"moov", mvhd + _box(b"trak", mdia) + mvex + tags)
    return _box(b"ftyp", b"M4A isom") + moov + moof + _box(b"mdat", b"tone" * 20)


def _element(name: bytes, value: bytes) -> bytes:
    return name + pack(">I", 0x10000000 | len(value)) + value


def _box(name: bytes, value: bytes) -> bytes:
    return pack(">I", 8 + len(value)) + name + value
