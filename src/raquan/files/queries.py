"""What may be asked of files; the room that refers to a file decides who may read it."""

import hashlib
from collections.abc import Iterable
from typing import IO

from django.core import signing
from django.core.files.storage import default_storage
from django.urls import reverse

from raquan.files.models import Blob
from raquan.files.rules import ADDRESS_HOLDS, storage_name
from raquan.kernel.refused import N_, NotFound, Refused

_SIGNER = signing.TimestampSigner(salt="raquan.files.download")


class AddressExpired(NotFound):
    """The download address was given too long ago."""

    code = "files.address_expired"
    message = N_("Đường dẫn tải tệp này đã hết hạn. Hãy mở lại trang có tệp rồi tải lại.")


class FileDamaged(Refused):
    """What is stored is not what was stored."""

    code = "files.damaged"
    message = N_("Tệp lưu trữ đã bị hỏng. Hãy báo người quản trị, kèm mã {sha256}.")
    status = 500


def open_file(sha256: str) -> IO[bytes]:
    """Open a stored file for reading. Raises NotFound."""
    try:
        opened: IO[bytes] = default_storage.open(storage_name(sha256), "rb")
    except FileNotFoundError:
        raise NotFound() from None
    return opened


def read_file(sha256: str) -> bytes:
    """Read a stored file whole and compare it with its name. Raises NotFound, FileDamaged."""
    with open_file(sha256) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileDamaged(sha256=sha256)
    return data


def media_type(sha256: str) -> str:
    """Give a file's media type. Raises NotFound."""
    found = Blob.objects.filter(sha256=sha256).values_list("media_type", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def media_types(sha256s: Iterable[str]) -> dict[str, str]:
    """Give the media types of files by their SHA-256; those that are not stored are left out."""
    return dict(Blob.objects.filter(sha256__in=list(sha256s)).values_list("sha256", "media_type"))


def download_address(sha256: str, *, name: str) -> str:
    """Give an address that lets whoever has it download the file as `name`, for twelve hours."""
    return reverse("files:download", kwargs={"token": _SIGNER.sign_object({"sha256": sha256, "name": name})})


def read_token(token: str) -> tuple[str, str]:
    """Give the SHA-256 and the name of a download address. Raises AddressExpired, or NotFound when it is forged."""
    try:
        said = _SIGNER.unsign_object(token, max_age=ADDRESS_HOLDS)
    except signing.SignatureExpired:
        raise AddressExpired() from None
    except signing.BadSignature:
        raise NotFound() from None
    return said["sha256"], said["name"]
