"""The desk's pages of exports, imports and webhooks: for whom, with what, in which words."""

from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from raquan.capture.tests.world import Field
from raquan.exchange import commands
from raquan.exchange.models import Export, Import, Webhook
from raquan.kernel.actor import Actor

EXPORTS, IMPORTS, WEBHOOKS = "/desk/exchange/exports/", "/desk/exchange/imports/", "/desk/exchange/webhooks/"
ROWS = b"service,result,SubmissionDate,KEY\nbirth_registration,filed,,uuid:1\nbirth_registration,filed,,\n"


def signed_in(actor: Actor) -> Client:
    """Give a browser in which the person has signed in."""
    assert actor.id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.id))
    return client


@pytest.mark.parametrize("address", [EXPORTS, IMPORTS, WEBHOOKS, f"{EXPORTS}new/"])
def test_who_opens_them(records: Field, client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
    assert signed_in(records.helper).get(address).status_code == 403
    assert signed_in(records.office).get(address).status_code == 200


def test_an_export_from_the_search_to_the_file(records: Field, now: datetime) -> None:
    client = signed_in(records.officer)
    assert "new/?service=birth_registration" in client.get("/desk/records/?service=birth_registration").content.decode()
    search = "?service=birth_registration"
    assert "Tải 5 bản ghi về máy" in client.get(f"{EXPORTS}new/{search}").content.decode()
    assert client.post(f"{EXPORTS}start/{search}", {"kind": "pdf"}).status_code == 422
    page = client.post(f"{EXPORTS}start/{search}", {"kind": "csv"}, follow=True).content.decode()
    assert "Đang làm tệp" in page
    one = Export.objects.get()
    address = reverse("exchange:export", kwargs={"export_id": one.id})
    assert client.get(f"{address}file/").status_code == 404
    commands.run_export(now=now, export_id=one.id)
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Tải tệp" in fragment
    assert signed_in(records.office).get(f"{address}file/").status_code == 404
    assert signed_in(records.office).get(address).status_code == 404
    assert "5" in client.get(EXPORTS).content.decode()
    assert client.post(f"{address}continue/").status_code == 302
    file = client.get(f"{address}file/")
    assert (file.status_code, file.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert "attachment" in file.headers["Content-Disposition"]
    assert b"uuid:4" in b"".join(file.streaming_content)  # type: ignore[attr-defined]
    file.close()


def upload(client: Client, data: bytes, form: str = "assist") -> tuple[int, str]:
    file = SimpleUploadedFile("bản ghi.csv", data, "text/csv")
    answer = client.post(f"{IMPORTS}read/", {"form": form, "file": file}, follow=True)
    return answer.status_code, answer.content.decode()


def test_an_import_from_the_file_to_the_records(records: Field, now: datetime) -> None:
    client = signed_in(records.office)
    status, page = upload(client, ROWS)
    assert status == 200
    assert "Nhập 2 dòng" in page
    assert "Chưa ghi gì" in page
    one = Import.objects.get()
    address = reverse("exchange:import", kwargs={"import_id": one.id})
    assert "Đang nhập" in client.post(f"{address}start/", follow=True).content.decode()
    commands.run_import(now=now, import_id=one.id)
    page = client.get(address).content.decode()
    assert "Đã nhập xong" in page
    assert "import.no_id" in page
    assert "bản ghi.csv" in client.get(IMPORTS).content.decode()


def test_a_file_that_is_refused_says_why(records: Field) -> None:
    client = signed_in(records.office)
    assert upload(client, b"a,b\n1,2\n")[0] == 422
    assert "không phải là tệp xuất" in upload(client, b"a,b\n1,2\n")[1]
    assert "Hãy chọn tệp" in client.post(f"{IMPORTS}read/", {"form": "assist"}).content.decode()
    assert upload(client, ROWS, "none")[0] == 422
    assert Import.objects.count() == 0
    assert signed_in(records.officer).post(f"{IMPORTS}read/").status_code == 403


def test_a_webhook_from_its_address_to_its_log(records: Field) -> None:
    client = signed_in(records.office)
    wrong = client.post(f"{WEBHOOKS}add/", {"url": "ftp://a.vn", "events": ["received"]})
    assert wrong.status_code == 422
    assert "Hãy ghi địa chỉ bắt đầu bằng https://" in wrong.content.decode()
    assert client.post(f"{WEBHOOKS}add/", {"url": "https://a.vn"}).status_code == 422
    page = client.post(f"{WEBHOOKS}add/", {"url": "https://a.vn/x", "events": ["received"]}, follow=True)
    assert "rqwh_" in page.content.decode()
    address = reverse("exchange:webhook", kwargs={"webhook_id": Webhook.objects.get().id})
    for step in ("ping", "pause", "resume", "renew"):
        assert client.post(f"{address}{step}/").status_code == 302
    page = client.get(address)
    assert "Gửi thử" in page.content.decode()
    delivery = Webhook.objects.get().deliveries.get()
    assert client.post(f"{address}deliveries/{delivery.id}/replay/").status_code == 302
    assert client.post(f"{address}burn/").status_code == 404
    assert signed_in(records.officer).get(address).status_code == 403
    assert "https://a.vn/x" in client.get(WEBHOOKS).content.decode()
    assert client.post(f"{address}end/", follow=True).status_code == 200
    assert client.get(address).status_code == 404


def test_pages_speak_english_too(records: Field) -> None:
    assert "Download records" in signed_in(records.office).get("/en/desk/exchange/exports/").content.decode()
