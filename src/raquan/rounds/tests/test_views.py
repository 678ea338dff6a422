"""The pages of rounds, for nobody, for those who may not, and for those who may."""

import io
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from PIL import Image, ImageColor

from raquan.analytics.tests.conftest import Send
from raquan.campaign.models import Plan, Task
from raquan.capture.tests.world import Field
from raquan.kernel.ids import uuid7
from raquan.outings.tests.test_views_field import client_of
from raquan.rounds.gateways import BRAND, CARD, INK, PAPER, SOFT, WARN
from raquan.rounds.models import RoundRule, UnitReport

LIST = "/desk/rounds/"
pytestmark = pytest.mark.usefixtures("campaign_time")


def test_a_unit_writes_and_the_office_decides(field: Field, report_id: UUID, send: Send, now: datetime) -> None:
    send({})
    own, row = f"{LIST}reports/{report_id}/", UnitReport.objects.get(id=report_id)
    round_page = f"{LIST}{row.round_id}/"
    assert Client().get(LIST)["Location"].startswith("/sign-in")
    assert client_of(field.helper).get(LIST).status_code == 403
    assert client_of(field.city_officer).get(own).status_code == 404
    officer, office = client_of(field.officer), client_of(field.office)
    assert officer.post(f"{own}approve/").status_code == 403
    assert "Phải nộp từ nay" in officer.get(LIST).content.decode()
    assert "Quá hạn" in officer.get(round_page).content.decode()

    refused = officer.post(f"{own}save/", {"edition": "0", "limits": "Sóng yếu ở buôn", "submit": "1"})
    assert refused.status_code == 422
    assert "Sóng yếu ở buôn" in refused.content.decode()
    assert "Hãy ghi phần kết quả" in refused.content.decode()
    assert 'name="edition" value="1"' in refused.content.decode()  # what was saved is gone on with
    stale = officer.post(f"{own}save/", {"edition": "0", "results": "Chữ không được mất"})
    assert stale.status_code == 422
    assert "Chữ không được mất" in stale.content.decode()
    assert "Bản nháp chỉ đơn vị xem được" in office.get(own).content.decode()
    assert officer.post(f"{own}save/", {"edition": "1", "results": "Giúp 1 người", "submit": "1"}).status_code == 302

    assert "Giúp 1 người" in office.get(own).content.decode()
    assert office.post(f"{own}return/", {"reason": ""}).status_code == 422
    assert office.post(f"{own}return/", {"reason": "Ghi rõ"}).status_code == 302
    assert "Ghi rõ" in officer.get(own).content.decode()
    assert office.post(f"{own}extend/", {"reason": "Mưa", "on": "07/10/2023"}).status_code == 302
    officer.post(f"{own}save/", {"edition": "2", "results": "Giúp 1 người ở buôn", "submit": "1"})
    assert office.post(f"{round_page}approve/", {"report": [f"{report_id}:2", "x"]}).status_code == 302
    office.post(f"{round_page}approve/", {"report": [f"{report_id}:3"]})
    assert "Đã chốt khi duyệt" in officer.get(own).content.decode()
    assert officer.post(f"{own}correct/", {"reason": "Sót"}).status_code == 302
    quick = office.get(f"{round_page}quick/").content.decode()
    assert "SỐ LIỆU MÔ PHỎNG" in quick
    assert "Chưa nộp" in quick
    assert "Số liệu chốt lần 1" in quick
    picture = office.get(f"{round_page}quick.png")
    assert picture["Content-Type"] == "image/png"
    drawn = Image.open(io.BytesIO(picture.content)).convert("RGB")
    seen = {color for _, color in drawn.getcolors(drawn.width * drawn.height) or ()}
    assert {ImageColor.getrgb(one) for one in (PAPER, CARD, INK, SOFT, BRAND, WARN)} <= seen
    assert Image.open(io.BytesIO(picture.content)).width == 1080
    assert officer.get(f"{round_page}quick.png").status_code == 403


def test_the_office_sets_a_rule(field: Field) -> None:
    office = client_of(field.office)
    assert client_of(field.officer).get(f"{LIST}rule/").status_code == 403
    assert "Chưa có kỳ báo cáo nào" in office.get(LIST).content.decode()
    assert "17:00" in office.get(f"{LIST}rule/").content.decode()
    typed = {"every": "week", "level": "commune", "weekday": "5", "first_on": "15/09/2023", "due_at": "16:30"}
    typed |= {"last_on": "01/09/2023", "grace_minutes": "30"}
    wrong = office.post(f"{LIST}rule/", typed)
    assert wrong.status_code == 422
    assert "16:30" in wrong.content.decode()
    assert office.post(f"{LIST}rule/", typed | {"last_on": "15/10/2023"}).status_code == 302
    assert RoundRule.objects.get().weekday == 5
    wrong = office.post(f"{LIST}rule/", typed | {"last_on": "15/10/2023", "skipped": "02/09/2023, mai"})
    assert wrong.status_code == 422
    assert "02/09/2023, mai" in wrong.content.decode()
    office.post(f"{LIST}rule/", typed | {"last_on": "15/10/2023", "skipped": "22/09/2023; 29/09/2023"})
    assert RoundRule.objects.get().skipped == ["2023-09-22", "2023-09-29"]


def test_the_office_sees_who_is_behind_and_notes_a_call(field: Field, report_id: UUID, now: datetime) -> None:
    officer, office = client_of(field.officer), client_of(field.office)
    behind, unit = f"{LIST}behind/", f"{LIST}behind/{field.cumgar_id}/"
    assert Client().get(behind)["Location"].startswith("/sign-in")
    assert client_of(field.helper).get(behind).status_code == 403
    page = office.get(behind).content.decode()
    assert "2 báo cáo quá hạn" in page
    assert "reports/letter/" in page
    assert "reports/letter/" not in officer.get(behind).content.decode()
    assert "Không có đơn vị nào chậm" in office.get(f"{behind}?level=union&kind=nonsense").content.decode()
    assert officer.get(unit).status_code == 200
    assert client_of(field.city_officer).get(unit).status_code == 404
    call = {"request_id": str(uuid7()), "said": "", "spoke_with": "Y Mek", "again_time": "14:30"}
    assert officer.post(f"{unit}call/", call).status_code == 403
    refused = office.post(f"{unit}call/", call)
    assert refused.status_code == 422
    assert "không nghe máy" in refused.content.decode()
    assert "Hãy ghi ngày gọi lại" in refused.content.decode()
    assert "Y Mek" in refused.content.decode()
    for _press in range(2):
        done = office.post(f"{unit}call/", call | {"said": "Chiều nay nộp", "again_on": "05/10/2023"})
        assert done["Location"] == unit
    assert office.get(unit).content.decode().count("Chiều nay nộp") == 1
    assert "Chiều nay nộp" not in officer.get(unit).content.decode()
    assert "Chiều nay nộp" in office.get(behind).content.decode()


def test_the_office_gives_several_units_more_time_and_finds_what_waits(
    field: Field, report_id: UUID, now: datetime
) -> None:
    officer, office = client_of(field.officer), client_of(field.office)
    round_page = f"{LIST}{UnitReport.objects.get(id=report_id).round_id}/"
    assert "Phải nộp" in officer.get(LIST).content.decode()
    waiting = office.get(f"{LIST}waiting/?only=late").content.decode()
    assert "1–4 trong 4" in waiting
    assert f"reports/{report_id}/" in officer.get(f"{LIST}waiting/?only=nonsense").content.decode()
    assert "Không có báo cáo nào đang chờ bạn" in officer.get(f"{LIST}waiting/?only=to_decide").content.decode()
    chosen = {"report": [f"{report_id}:0"], "on": "07/10/2023"}
    office.post(f"{round_page}extend/", chosen)
    assert UnitReport.objects.get(id=report_id).due_at < now
    office.post(f"{round_page}extend/", chosen | {"reason": "Mưa lũ"})
    assert UnitReport.objects.get(id=report_id).due_at > now
    extended = office.get(f"{round_page}?only=extended").content.decode()
    assert "đã gia hạn" in extended
    assert officer.post(f"{round_page}extend/", chosen).status_code == 403
    assert office.get(f"{round_page}quick.png").status_code == 404  # nothing is frozen yet
    assert "chỉ vẽ từ số liệu đã chốt" in office.get(f"{round_page}quick/").content.decode()


def test_a_tasks_progress_is_a_panel_and_a_page(field: Field) -> None:
    plan = Plan.objects.create(campaign_id=field.campaign_id, number="163/KH-UBND", title="Kế hoạch", state="in_force")
    task = Task.objects.create(plan=plan, position=1, path="1", title="Soạn tài liệu", source="đoạn 1")
    officer = client_of(field.officer)
    whole = officer.get(f"{LIST}tasks/{task.id}/").content.decode()
    assert "Chưa tính được" in whole
    assert "<html" in whole
    bare = officer.get(f"{LIST}tasks/{task.id}/", headers={"HX-Request": "true"}).content.decode()
    assert "Chưa tính được" in bare
    assert "<html" not in bare
    assert "Soạn tài liệu" in officer.get(f"{LIST}tasks/").content.decode()
    assert "Không có nhiệm vụ nào" in officer.get(f"{LIST}tasks/?only=late").content.decode()
    link = f'href="{LIST}tasks/{task.id}/"'
    assert link in officer.get("/desk/campaign/").content.decode()
    helper = client_of(field.helper)
    assert helper.get(f"{LIST}tasks/{task.id}/").status_code == 403
    assert link not in helper.get("/desk/campaign/").content.decode()  # nobody is led to a locked door
