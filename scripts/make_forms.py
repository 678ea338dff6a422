"""Make forms/assist.xlsx, the XLSForm of one assist, from the catalogue's tables; supervision.xlsx, display.xlsx.

    .venv/bin/python scripts/make_forms.py [--first 2023-09-15] [--last 2023-10-15] [--version 2023091503]

The services and reasons are those that hold on some day between the first and the last; the same days give the
same file, byte for byte.
"""

import argparse
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from raquan.catalogue.gateways import read_catalogue
from raquan.catalogue.rules import HOW_NAMES
from raquan.displays.rules.reporting import FINDING_NAMES, REPORT_FORM
from raquan.forms.gateways.xforms import NAMESPACE
from raquan.outings.rules import LANGUAGE_NAMES

ROOT = Path(__file__).resolve().parent.parent
VI, EN = "Tiếng Việt (vi)", "English (en)"

FINDINGS_IN_ENGLISH = {"hung": "It hangs", "damaged": "Damaged", "removed": "Taken down"}
HOW_IN_ENGLISH = {"self": "On their own", "guided": "Hand in hand", "done_for": "Done for them"}
LANGUAGES_IN_ENGLISH = {
    "vi": "Vietnamese",
    "rad": "Ê Đê",
    "cmo": "M’Nông",
    "jra": "Gia Rai",
    "tyz": "Tày",
    "nut": "Nùng",
    "hmn": "Mông",
}

Row = dict[str, str]


def survey() -> list[Row]:
    """Give the questions; `bind::raquan:assist` says which field of an assist each feeds."""
    return [
        {"type": "start", "name": "start", "bind::raquan:assist": "started"},
        {"type": "end", "name": "end"},
        {"type": "deviceid", "name": "deviceid"},
        _question("text", "outing", "Mã buổi ra quân", "Outing code")
        | {f"hint::{VI}": "In trên thẻ của tổ, ví dụ CMG-7K2Q", f"hint::{EN}": "On the team's card, such as CMG-7K2Q"}
        | {"appearance": "barcode", "default": "${last-saved#outing}"},
        _question("select_one service", "service", "Giúp bà con việc gì?", "Helped with what?")
        | {"appearance": "autocomplete"},
        _question("barcode", "card", "Quét thẻ đồng hành, nếu có", "Scan the companion card, if there is one")
        | {"required": "", f"hint::{VI}": "Không có thẻ thì bỏ qua", f"hint::{EN}": "Skip it where there is none"},
        {"type": "calculate", "name": "group", "calculation": "instance('service')/root/item[name = ${service}]/group"},
        _question("select_one rung", "result", "Làm được đến đâu?", "How far did it get?")
        | {"choice_filter": "group = ${group}", "relevant": "${service} != ''"},
        _question("select_one how", "how", "Ai làm?", "Who did it?"),
        _question("select_one bottleneck", "bottleneck", "Vướng ở đâu?", "What stood in the way?")
        | {"relevant": "${result} = 'helped'"},
        _question("select_one language", "language", "Nói với bà con bằng tiếng gì?", "Spoken in which language?")
        | {"default": "${last-saved#language}"},
        *photo(),
    ]


def photo() -> list[Row]:
    """Give the questions of a photo: whether people agree comes first, and without it no camera is offered."""
    agreed = "${photo_consent} = 'nobody' or ${photo_consent} = 'agreed'"
    return [
        {"type": "begin_group", "name": "picture", "appearance": "field-list"}
        | {f"label::{VI}": "Ảnh (không bắt buộc)", f"label::{EN}": "Photo (optional)"},
        _optional(
            "select_one photo_consent", "photo_consent", "Trong ảnh có nhận ra ai không?", "Is anybody recognized?"
        )
        | {
            f"hint::{VI}": "Không chụp giấy tờ, màn hình có mật khẩu, mã OTP",
            f"hint::{EN}": "Never papers, passwords, codes",
        },
        _optional("image", "photo", "Chụp ảnh", "Take a photo") | {"relevant": agreed, "parameters": "max-pixels=1280"},
        _optional("select_one photo_illustration", "photo_illustration", "Dùng ảnh làm gì?", "What is it for?")
        | {"relevant": agreed},
        {"type": "end_group"},
    ]


def photo_choices() -> list[Row]:
    """Give the answers of the photo's questions."""
    return [
        _choice("photo_consent", "nobody", "Không nhận ra ai", "Nobody is recognized"),
        _choice("photo_consent", "agreed", "Có, và tất cả đã đồng ý", "Yes, and all have agreed"),
        _choice("photo_consent", "refused", "Có người chưa đồng ý: không chụp", "Not all have agreed: take none"),
        _choice("photo_illustration", "no", "Làm minh chứng", "Evidence"),
        _choice("photo_illustration", "yes", "Chỉ để minh họa", "Illustration only"),
    ]


def _optional(kind: str, name: str, vi: str, en: str) -> Row:
    return {"type": kind, "name": name, f"label::{VI}": vi, f"label::{EN}": en}


def _asked(kind: str, name: str, vi: str, en: str) -> Row:
    return _optional(kind, name, vi, en) | {"required": "yes"}


def supervision() -> list[Row]:
    """Give the questions of who visits an outing to see how it goes."""
    return [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        _asked("text", "outing", "Mã buổi ra quân", "Outing code")
        | {f"hint::{VI}": "In trên thẻ của tổ, ví dụ CMG-7K2Q", f"hint::{EN}": "On the team's card, such as CMG-7K2Q"}
        | {"appearance": "barcode"},
        _asked("select_one yes_no", "held", "Buổi ra quân có diễn ra không?", "Was it held?"),
        _asked("text", "why_not", "Vì sao không?", "Why not?") | {"relevant": "${held} = 'no'"},
        {"type": "begin_group", "name": "seen", "relevant": "${held} = 'yes'"}
        | {f"label::{VI}": "Tại buổi ra quân", f"label::{EN}": "At the outing"},
        _asked("integer", "helpers", "Có bao nhiêu người hỗ trợ?", "How many helpers?")
        | {"constraint": ". >= 0 and . <= 200"}
        | {f"constraint_message::{VI}": "Từ 0 đến 200 người", f"constraint_message::{EN}": "From 0 to 200"},
        _asked(
            "integer", "people", "Bao nhiêu bà con đang được giúp hoặc đang chờ?", "How many people are helped or wait?"
        )
        | {"constraint": ". >= 0 and . <= 2000"}
        | {f"constraint_message::{VI}": "Từ 0 đến 2000 người", f"constraint_message::{EN}": "From 0 to 2000"},
        _asked("select_multiple good", "good", "Những việc nào được làm đúng?", "What is done right?"),
        _asked(
            "select_one yes_no",
            "password",
            "Có thấy ai gõ hộ mật khẩu, mã OTP không?",
            "Did anybody type another's code?",
        ),
        _optional("text", "trouble", "Tổ đang vướng gì?", "What is in the team's way?"),
        {"type": "end_group"},
        *photo(),
        _optional("text", "advice", "Góp ý cho tổ", "Advice for the team"),
    ]


def display() -> list[Row]:
    """Give the questions of who stands before a display; a record of it is its proof."""
    agreed = "${photo_consent} = 'nobody' or ${photo_consent} = 'agreed'"
    return [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        _optional("barcode", "code", "Quét mã treo", "Scan the display's code")
        | {f"hint::{VI}": "Trên giấy hoặc trang của ấn phẩm đã treo", f"hint::{EN}": "On the display's page or paper"},
        _asked("text", "typed", "Không quét được thì gõ mã", "Type the code where it cannot be scanned")
        | {"relevant": "${code} = ''", f"hint::{VI}": "Ví dụ CMG-7K2QAD", f"hint::{EN}": "Such as CMG-7K2QAD"},
        _asked("select_one finding", "finding", "Thấy ấn phẩm thế nào?", "How is it?"),
        _asked("select_one photo_consent", "photo_consent", "Trong ảnh có nhận ra ai không?", "Is anybody recognized?")
        | {f"hint::{VI}": "Tránh chụp mặt người", f"hint::{EN}": "Keep faces out of the picture"},
        _asked("image", "photo", "Chụp ấn phẩm và nơi treo", "Photograph it with its surroundings")
        | {"relevant": agreed, "parameters": "max-pixels=1280"},
        _optional("text", "place", "Treo ở đâu?", "Where does it hang?")
        | {f"hint::{VI}": "Ví dụ: trước cổng chợ", f"hint::{EN}": "Such as: before the market's gate"},
        _optional("text", "note", "Ghi chú", "Note"),
    ]


def display_choices() -> list[Row]:
    """Give the answers of the display's questions."""
    found = [_choice("finding", code, name, FINDINGS_IN_ENGLISH[code]) for code, name in FINDING_NAMES.items()]
    return [*found, *[one for one in photo_choices() if one["list_name"] == "photo_consent"]]


def supervision_choices() -> list[Row]:
    """Give the answers of the supervision's questions."""
    return [
        _choice("yes_no", "yes", "Có", "Yes"),
        _choice("yes_no", "no", "Không", "No"),
        _choice("good", "sign", "Có biển báo, bà con dễ tìm", "There is a sign, people find it"),
        _choice("good", "language", "Nói tiếng của bà con", "People's own language is spoken"),
        _choice("good", "hand_in_hand", "Để bà con tự bấm", "People press themselves"),
        _choice("good", "recorded", "Ghi lượt ngay lúc làm", "Assists are recorded at once"),
        _choice("good", "none", "Không việc nào", "Nothing of these"),
        *photo_choices(),
    ]


def _question(kind: str, name: str, vi: str, en: str) -> Row:
    labels = {f"label::{VI}": vi, f"label::{EN}": en}
    return {"type": kind, "name": name, "required": "yes", "bind::raquan:assist": name, **labels}


def choices(first: date, last: date) -> list[Row]:
    """Give the choices of some days: services and reasons from the catalogue, rungs by group."""
    tables = read_catalogue()
    services = _holding(tables.services, first, last)
    reasons = _holding(tables.bottlenecks, first, last)
    rows = [_choice("service", row["code"], row["name"]["vi"], row["name"]["en"], row["group"]) for row in services]
    rows += [_choice("rung", row["code"], row["name"]["vi"], row["name"]["en"], row["group"]) for row in tables.rungs]
    rows += [_choice("how", code, name, HOW_IN_ENGLISH[code]) for code, name in HOW_NAMES.items()]
    rows += [_choice("bottleneck", row["code"], row["name"]["vi"], row["name"]["en"]) for row in reasons]
    rows += [_choice("language", code, name, LANGUAGES_IN_ENGLISH[code]) for code, name in LANGUAGE_NAMES.items()]
    rows += photo_choices()
    return rows


def _holding(rows: Iterable[dict[str, Any]], first: date, last: date) -> list[dict[str, Any]]:
    """Keep the rows that hold on some of the days, the latest of each code."""
    found = {
        r["code"]: r for r in rows if r["valid_from"] <= last and (r["valid_to"] is None or r["valid_to"] >= first)
    }
    return list(found.values())


def _choice(list_name: str, name: str, vi: str, en: str, group: str = "") -> Row:
    return {"list_name": list_name, "name": name, f"label::{VI}": vi, f"label::{EN}": en, "group": group}


def settings(version: str) -> list[Row]:
    """Give the form's id, title and version."""
    return [
        {
            "form_title": "Ghi lượt hỗ trợ",
            "form_id": "assist",
            "version": version,
            "default_language": VI,
            "instance_name": "concat(${outing}, ' ', ${service})",
            "namespaces": f'raquan="{NAMESPACE}"',
            # "helped" is a rung of every group: the filter shows one of them.
            "allow_choice_duplicates": "yes",
        }
    ]


def supervision_settings(version: str) -> list[Row]:
    """Give the supervision's id, title and version."""
    named = {"form_title": "Giám sát buổi ra quân", "form_id": "supervision", "version": version}
    return [{**named, "default_language": VI, "instance_name": "concat(${outing}, ' ', ${held})"}]


def display_settings(version: str) -> list[Row]:
    """Give the display form's id, title and version."""
    named = {"form_title": "Ấn phẩm tại nơi treo", "form_id": REPORT_FORM, "version": version}
    return [{**named, "default_language": VI, "instance_name": "concat(${code}, ${typed}, ' ', ${finding})"}]


def write(path: Path, title: str, sheets: dict[str, list[Row]]) -> None:
    """Write the sheets of a workbook, with a fixed date inside so that equal content is equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": title, "created": datetime(2023, 8, 17)})  # noqa: DTZ001 - a label
    heading = workbook.add_format({"bold": True})
    for name, rows in sheets.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns), 24)
        sheet.write_row(0, 0, columns, heading)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [row.get(column, "") for column in columns])
    workbook.close()


def main() -> None:
    """Parse the arguments and write the form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=date.fromisoformat, default=date(2023, 9, 15))
    parser.add_argument("--last", type=date.fromisoformat, default=date(2023, 10, 15))
    parser.add_argument("--version", default="2023091503")
    parser.add_argument("--out", type=Path, default=ROOT / "forms" / "assist.xlsx")
    given = parser.parse_args()
    sheets = {"survey": survey(), "choices": choices(given.first, given.last), "settings": settings(given.version)}
    write(given.out, "Ghi lượt hỗ trợ", sheets)
    other = given.out.with_name("supervision.xlsx")
    sheets = {
        "survey": supervision(),
        "choices": supervision_choices(),
        "settings": supervision_settings(given.version),
    }
    write(other, "Giám sát buổi ra quân", sheets)
    hung = given.out.with_name("display.xlsx")
    sheets = {"survey": display(), "choices": display_choices(), "settings": display_settings(given.version)}
    write(hung, "Ấn phẩm tại nơi treo", sheets)
    print(given.out, other, hung)


if __name__ == "__main__":
    main()
