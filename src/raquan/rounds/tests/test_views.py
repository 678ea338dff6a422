"""The pages of rounds, for nobody, for those who may not, and for those who may."""

from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from raquan.analytics.tests.conftest import Send
from raquan.capture.tests.world import Field
from raquan.outings.tests.test_views_field import client_of
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
