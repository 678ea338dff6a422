"""Keeps bytes in Django's storage, whole or not at all."""

import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage


def keep(name: str, source: BinaryIO) -> None:
    """Store the bytes of `source` under `name`, unless they are there; durable when this returns.

    On a disk the file is written beside its place, synced and renamed, so that a crash leaves no half of it.
    """
    if default_storage.exists(name):
        return
    try:
        target = Path(default_storage.path(name))
    except NotImplementedError:  # not a disk: an object store writes whole objects or none
        default_storage.save(name, File(source))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            while chunk := source.read(1024 * 1024):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
