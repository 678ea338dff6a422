"""Compiles XLSForms to XForms; the one place that knows pyxform."""

import logging

from raquan.kernel.refused import N_, Refused


class FormUncompilable(Refused):
    """The workbook is not a valid XLSForm."""

    code = "form.uncompilable"
    message = N_("Không dịch được biểu mẫu: {reason}")


def compile_xlsform(xlsform: bytes) -> bytes:
    """Compile a workbook to the XForm that devices are served; the same workbook gives the same bytes."""
    # Imported here: it is slow to load and only publishing needs it. It logs every warning on its own.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    logging.getLogger("pyxform").setLevel(logging.ERROR)
    try:
        result = convert(xlsform, file_type=".xlsx", validate=False, pretty_print=False)
    except PyXFormError as error:
        raise FormUncompilable(reason=str(error)) from error
    compiled: str = result.xform
    return compiled.encode()
