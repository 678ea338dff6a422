"""Django's forms in GOV.UK clothes: everything said about a field is tied to its control."""

from lxml import html

from raquan.ui import errors, fields, samples
from raquan.ui.tests.conftest import Render


def test_every_control_has_its_label_hint_and_error(draw: Render) -> None:
    for state, form in samples.forms_in_every_state().items():
        page = html.fromstring(f"<form>{draw('{{ ui.fields(form) }}', form=form)}</form>")
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), state
        for control in page.xpath("//input|//select|//textarea"):
            assert page.xpath(f"//label[@for='{control.get('id')}']"), control.get("id")
        described = " ".join(page.xpath("//@aria-describedby")).split()
        assert set(described) <= set(ids)
        errors_shown = page.xpath("//*[contains(@class, 'govuk-error-message')]")
        assert len(errors_shown) == len(form.errors)
        assert {e.get("id") for e in errors_shown} <= set(described) | {"refused_agreed-error"}


def test_the_summary_leads_to_each_field_in_error(draw: Render) -> None:
    form = samples.forms_in_every_state()["refused"]
    page = html.fromstring(f"<div>{draw('{{ ui.error_summary(form) }}{{ ui.fields(form) }}', form=form)}</div>")
    links = page.xpath("//*[contains(@class, 'error-summary')]//a/@href")
    assert len(links) == sum(map(len, form.errors.values()))
    assert all(page.xpath(f"//*[@id='{link[1:]}']") for link in links)
    texts = [link.text_content().strip() for link in page.xpath("//*[contains(@class, 'error-summary')]//a")]
    assert "Xã, phường: Hãy chọn một mục." in texts
    assert "Số người dự kiến: Hãy nhập số, ví dụ 45." in texts


def test_what_was_typed_and_chosen_is_drawn_again(draw: Render) -> None:
    form = samples.forms_in_every_state()["filled"]
    assert form.is_valid(), form.errors
    page = html.fromstring(f"<form>{draw('{{ ui.fields(form) }}', form=form)}</form>")
    assert page.xpath("//input[@type='text']/@value")[:2] == ["Hỗ trợ bà con nộp hồ sơ trực tuyến", "05/10/2023"]
    assert page.xpath("//option[@selected]/@value") == ["24490"]
    assert page.xpath("//input[@checked]/@value") == ["hands_on", "dvc", "pay", "on"]
    assert page.xpath("//textarea")[0].text_content().strip() == "Mang theo máy phát điện."


def test_a_password_is_never_sent_back() -> None:
    from django import forms

    class SignIn(forms.Form):
        password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput(attrs={"autocomplete": "on"}))

    control = fields.control(SignIn({"password": "bí mật"})["password"])
    assert control.params["type"] == "password"
    assert "value" not in control.params
    assert errors.typed(SignIn({"password": "bí mật"})) == []


def test_what_somebody_typed_is_kept_in_their_words() -> None:
    kept = dict(errors.typed(samples.forms_in_every_state()["filled"]))
    assert kept["Dịch vụ"] == "Dịch vụ công trực tuyến, Thanh toán không dùng tiền mặt"
    assert kept["Xã, phường"] == "Thị trấn Ea Pốk"
    assert kept["Đã thống nhất với Ủy ban nhân dân xã"] == "Có"
