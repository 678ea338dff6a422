"""Compiles XLSForms to XForms, and has ODK Validate look at them where there is Java; nothing here takes for ever."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from django.conf import settings

from raquan.forms.rules import MAX_FORM_FILE
from raquan.kernel.refused import N_, Refused

COMPILE_SECONDS = 60
VALIDATE_SECONDS = 60
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 2000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FormTooLarge(Refused):
    """The file is larger than any form."""

    code = "form.too_large"
    message = N_("Tệp biểu mẫu lớn quá {megabytes} MB nên không được nhận. Ảnh và bảng tra hãy đưa lên riêng.")
    status = 413


class FormUnpacksTooLarge(Refused):
    """The workbook unpacks to more than any form needs: a zip bomb, or pictures inside it."""

    code = "form.unpacks_too_large"
    message = N_("Tệp Excel này giải nén ra quá lớn nên không được nhận. Hãy bỏ ảnh và trang tính thừa trong tệp.")


class FormUnreadable(Refused):
    """The file is neither a workbook nor XML, or is broken, or locked with a password."""

    code = "form.unreadable"
    message = N_(
        "Không mở được tệp này. Biểu mẫu phải là tệp Excel (.xlsx, .xls) không đặt mật khẩu, hoặc XML. {reason}"
    )


class FormHasFormula(Refused):
    """A cell holds a formula without its result, so that nobody can tell what it says."""

    code = "form.formula"
    message = N_("Ô {cell} là công thức chưa có kết quả. Hãy thay công thức bằng chữ hoặc số rồi thử lại.")


class FormUncompilable(Refused):
    """The workbook is not a valid XLSForm; what compiles it says why, in English."""

    code = "form.uncompilable"
    message = N_("Không dịch được biểu mẫu. Trình dịch báo: {reason}")


class FormUncompilableAt(FormUncompilable):
    """The same, and the cell is known."""

    message = N_("Không dịch được biểu mẫu, sai ở {cell}. Trình dịch báo: {reason}")


class FormTooSlow(Refused):
    """Compiling took longer than any form does, or more memory."""

    code = "form.too_slow"
    message = N_("Biểu mẫu này dịch quá lâu hoặc tốn quá nhiều bộ nhớ nên đã dừng. Hãy chia nhỏ biểu mẫu.")


class FormInvalid(Refused):
    """ODK Validate found that devices could not open the form."""

    code = "form.invalid"
    message = N_("Điện thoại sẽ không mở được biểu mẫu này. ODK Validate báo: {reason}")


class FormInvalidAt(FormInvalid):
    """The same, and the cell is known."""

    message = N_("Điện thoại sẽ không mở được biểu mẫu này, sai ở {cell}. ODK Validate báo: {reason}")


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """An XForm, what was warned of, where each question stands in the workbook, and files made along with it.

    `is_workbook` is false for what came as XML; `is_validated` when ODK Validate has looked at it.
    """

    xml: bytes
    warnings: tuple[str, ...] = ()
    is_workbook: bool = True
    is_validated: bool = False
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))


def compile_form(data: bytes, *, fallback_id: str = "") -> CompiledForm:
    """Compile a workbook, or take an XForm as it is, and validate it; the same file gives the same bytes.

    `fallback_id` is the form's id where its settings name none. Raises the refusals above.
    """
    if len(data) > MAX_FORM_FILE:
        raise FormTooLarge(megabytes=MAX_FORM_FILE // 1024 // 1024)
    if data.startswith(_ZIP):
        _check_package(data)
        compiled = _compile(data, ".xlsx", fallback_id)
    elif data.startswith(_OLE):
        compiled = _compile(data, ".xls", fallback_id)
    elif data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        compiled = CompiledForm(data, is_workbook=False)
    else:
        raise FormUnreadable(reason="")
    validated, said = _validate(compiled.xml) if settings.RAQUAN_ODK_VALIDATE else (False, "")
    if said:
        named = (place for name, place in compiled.places.items() if re.search(rf"[/{{]{re.escape(name)}\b", said))
        cell = next(named, "")
        raise FormInvalidAt(cell=cell, reason=said) if cell else FormInvalid(reason=said)
    return CompiledForm(
        compiled.xml, compiled.warnings, compiled.is_workbook, validated, compiled.places, compiled.files
    )


def _check_package(data: bytes) -> None:
    """Look at what the package says of its parts; reading one gives no more bytes than it says."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FormUnreadable(reason=str(error)) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FormUnpacksTooLarge()


@lru_cache(maxsize=8)
def _compile(data: bytes, kind: str, fallback_id: str) -> CompiledForm:
    said = run_apart(data, kind, fallback_id)
    if failed := said.get("failed"):
        raise _failure(failed, said.get("cell", ""), said.get("reason", ""))
    made = {"itemsets.csv": said["itemsets"].encode()} if said["itemsets"] else {}
    return CompiledForm(
        xml=said["xml"].encode(),
        warnings=tuple(said["warnings"]),
        places=MappingProxyType(said["places"]),
        files=MappingProxyType(made),
    )


def run_apart(data: bytes, kind: str, fallback_id: str) -> dict[str, Any]:
    """Compile in a process of its own: what takes too long or too much memory takes nobody else along."""
    command = [sys.executable, "-m", "raquan.forms.gateways.pyxform_child", kind, fallback_id]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=COMPILE_SECONDS, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise FormTooSlow() from error
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _failure(failed: str, cell: str, reason: str) -> Refused:
    if failed == "formula":
        return FormHasFormula(cell=cell)
    if failed == "unreadable":
        return FormUnreadable(reason=reason)
    return FormUncompilableAt(cell=cell, reason=reason) if cell else FormUncompilable(reason=reason)


@lru_cache(maxsize=32)
def _validate(xml: bytes) -> tuple[bool, str]:
    """Tell whether ODK Validate has looked at a form, and what it found wrong; without Java it has not."""
    java, jar = shutil.which("java"), _validator()
    if java is None or jar is None:
        return False, ""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xml"
        path.write_bytes(xml)
        command = [java, "-Djava.awt.headless=true", "-Xmx512m", "-jar", str(jar), str(path)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=VALIDATE_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return False, ""
    return True, _first_words(done.stderr.decode(errors="replace")) if done.returncode else ""


def _validator() -> Path | None:
    """Find the jar that pyxform carries, without loading pyxform."""
    found = find_spec("pyxform")
    jar = Path(found.origin).parent / "validators/odk_validate/bin/ODK_Validate.jar" if found and found.origin else None
    return jar if jar and jar.exists() else None


def _first_words(said: str) -> str:
    """Give what matters of a message: not the stack of the program that says it."""
    lines = [line.strip() for line in said.splitlines()]
    told = [line for line in lines if line and not line.startswith(("at ", "... ", "Caused by", "Result: "))]
    return " ".join(dict.fromkeys(told))[:600] or said[:600] or "invalid"
