"""What goes into the ZIP of public figures, and the words that travel with it."""

from collections.abc import Iterable

PACKED_BY = ("district", "commune", "day", "service", "group", "site")
"""By these dimensions every public figure is packed, where it is split by them."""

README = """SỐ LIỆU CÔNG BỐ / PUBLISHED FIGURES
{campaign}

Bản chốt số liệu số {number}, chốt lúc {frozen_at}.
Snapshot number {number}, frozen at {frozen_at}.
SHA-256 (manifest): {sha256}
Trang công bố / published at: {address}
{synthetic}
Mỗi tệp trong figures/ là một số liệu chia theo một chiều: tên tệp là "số liệu-chiều".
CSV (UTF-8 có BOM), XLSX và JSON chứa cùng những dòng. totals.csv có mọi tổng số cùng cách hiểu.
Ô trống: số từ 1 đến 4 được giấu để không nhận ra ai, có khi cả số liền trên để không tính ngược ra được;
hoặc chưa có dữ liệu, không có nghĩa là bằng không.
Each file in figures/ is one figure by one dimension, named "measure-dimension". CSV, XLSX and JSON hold the same rows.
totals.csv has every total with its definition. An empty cell is a number from 1 to 4, hidden so that nobody is
recognized (sometimes the next one with it), or a number that is not known, which is not zero.

Hỏi lại địa chỉ trong JSON thì ra đúng số ấy. / The address in each JSON gives the same numbers again.
snapshot.json nói các tệp gốc và mã băm của chúng. / snapshot.json names the source files and their hashes.
SHA256SUMS có mã băm của mọi tệp ở đây. / SHA256SUMS has the hash of every file here.

Giấy phép / licence: {licence}. Xem LICENCE.txt.
"""
SYNTHETIC = "\nSỐ LIỆU MÔ PHỎNG: có bản ghi do máy tạo ra. / SIMULATED: some records were made by a machine.\n"
LICENCE = """{licence}

Được chép, dùng lại, xử lý, công bố, kể cả để kinh doanh, với điều kiện ghi nguồn:
You may copy, reuse, process and publish these data, commercially too, if you name the source:

  {owner}, {campaign}, bản chốt số {number} / snapshot {number}, {address}
"""


def packed_by(dimensions: Iterable[str]) -> tuple[str, ...]:
    """Give the dimensions by which a figure is packed, of those by which it is split."""
    known = frozenset(dimensions)
    return tuple(one for one in PACKED_BY if one in known)
