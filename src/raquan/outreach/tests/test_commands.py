"""A slogan becomes artwork, an office approves it, what warned is kept; of two at once one wins."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from raquan.kernel.refused import NotAllowed, NotFound
from raquan.outreach import commands, queries
from raquan.outreach.rules import Channel, Format, PostPlan
from raquan.outreach.tests.conftest import DRAFT, KIT, TEXTS, Make, Outreach

Artwork = apps.get_model("outreach.Artwork")
ArtworkRun = apps.get_model("outreach.ArtworkRun")
Notice = apps.get_model("notices.Notice")
Slogan = apps.get_model("outreach.Slogan")
Post = apps.get_model("outreach.Post")


def test_a_slogan_is_kept_in_its_languages_and_said_once(outreach: Outreach, now: datetime) -> None:
    known: dict[str, Any] = {"by": outreach.office, "now": now, "campaign_id": outreach.campaign_id}
    request_id = uuid4()
    texts = {"vi": "  Gần dân   hơn ", "rad": "ơ̆ ư̆", "fr": "non", "en": ""}
    first = commands.add_slogan(**known, request_id=request_id, texts=texts)
    assert commands.add_slogan(**known, request_id=request_id, texts=texts) == first
    assert Slogan.objects.get(id=first).texts == {"vi": "Gần dân hơn", "rad": "ơ̆ ư̆"}
    for wrong, refusal in (({"en": "x"}, commands.SloganMissing), (TEXTS, commands.SloganKnown)):
        with pytest.raises(refusal):
            commands.add_slogan(**known, request_id=uuid4(), texts=wrong)
    with pytest.raises(NotAllowed):
        commands.add_slogan(**known | {"by": outreach.officers[0]}, request_id=uuid4(), texts={"vi": "Khác"})
    act: dict[str, Any] = {"by": outreach.office, "now": now, "slogan_id": first}
    for _ in range(2):
        commands.change_slogan(**act, texts={"vi": "Gần dân"}, seen=1)
    with pytest.raises(commands.Changed):
        commands.change_slogan(**act, texts={"vi": "Xa dân"}, seen=1)
    with pytest.raises(commands.ReasonMissing):
        commands.withdraw_slogan(**act, reason=" ", seen=2)
    for _ in range(2):
        commands.withdraw_slogan(**act, reason="Trùng ý", seen=2)
    again = commands.add_slogan(**known, request_id=uuid4(), texts={"vi": "Gần dân"})
    assert again != first, "what was withdrawn may be said anew"


def test_a_kit_is_the_offices_and_can_be_read(outreach: Outreach, now: datetime) -> None:
    known: dict[str, Any] = {"now": now, "campaign_id": outreach.campaign_id}
    with pytest.raises(NotAllowed):
        commands.set_kit(by=outreach.officers[0], **known, said=KIT, seen=1)
    office = known | {"by": outreach.office}
    for wrong, refusal in (
        (replace(KIT, host=" "), commands.NamesMissing),
        (replace(KIT, colors={"ground": "green"}), commands.ColorUnreadable),
        (replace(KIT, colors={"ground": "#ffffff", "ink": "#eeeeee"}), commands.ColorsTooClose),
    ):
        with pytest.raises(refusal):
            commands.set_kit(**office, said=wrong, seen=1)
    for _ in range(2):
        commands.set_kit(**office, said=replace(KIT, call="Quét mã"), seen=1)
    with pytest.raises(commands.Changed):
        commands.set_kit(**office, said=replace(KIT, call="Mã"), seen=1)


def test_an_artwork_is_made_changed_and_handed_in_once(outreach: Outreach, make: Make, now: datetime) -> None:
    request_id = uuid4()
    id_ = make(request_id=request_id)
    assert make(request_id=request_id) == id_
    with pytest.raises(commands.DraftedOtherwise):
        make(request_id=request_id, title="Khác")
    for wrong, refusal in (
        ({"title": " "}, commands.TitleMissing),
        ({"ends_on": date(2023, 9, 1)}, commands.DaysReversed),
        ({"design": "none"}, NotFound),
        ({"is_for_units": True}, NotAllowed),
    ):
        with pytest.raises(refusal):
            make(**wrong)
    act: dict[str, Any] = {"by": outreach.officers[0], "now": now, "artwork_id": id_}
    better: dict[str, Any] = {"slogan_id": outreach.slogan_id, "draft": replace(DRAFT, line="Không mất tiền.")}
    with pytest.raises(NotAllowed):
        commands.change_artwork(**act | {"by": outreach.officers[1]}, **better, seen=1)
    for _ in range(2):
        commands.change_artwork(**act, **better, seen=1)
    for _ in range(2):
        commands.submit_artwork(**act, seen=2)
    assert Notice.objects.filter(key=str(id_), role="steering_officer").count() == 1
    with pytest.raises(commands.NotEditable):
        commands.change_artwork(**act, slogan_id=outreach.slogan_id, draft=DRAFT, seen=3)
    with pytest.raises(NotAllowed):
        commands.approve_artwork(**act, seen=3)


def test_an_approval_keeps_what_it_saw(outreach: Outreach, make: Make, now: datetime) -> None:
    id_ = make(until="submitted", design="banner", is_across_road=True)
    act: dict[str, Any] = {"by": outreach.office, "now": now, "artwork_id": id_}
    with pytest.raises(commands.ExpiryBefore):
        commands.approve_artwork(**act, seen=2, expires_on=now.date() - timedelta(days=1))
    for _ in range(2):
        commands.approve_artwork(**act, seen=2, reason="Đổi chỗ treo", expires_on=date(2023, 10, 12))
    row = Artwork.objects.get(id=id_)
    assert row.approved_over[:2] == ["not_across_roads", "not_hiding_signals"]
    assert "doer_shown" not in row.approved_over
    assert (row.state, row.expires_on, len(row.picture_sha256)) == ("approved", date(2023, 10, 12), 64)
    commands.set_kit(
        by=outreach.office, now=now, campaign_id=outreach.campaign_id, said=replace(KIT, host="Khác"), seen=1
    )
    view = queries.artwork(outreach.office, id_, now=now)
    assert (view.wording.host, view.wording.unit_name) == ("UBND tỉnh Đắk Lắk", "Xã Ea Kpam")
    with pytest.raises(commands.Changed):
        commands.return_artwork(**act, seen=3, reason="Muộn")
    assert commands.expire_artworks(now=datetime.combine(date(2023, 10, 12), now.timetz())) == 0
    late = now + timedelta(days=60)
    assert (commands.expire_artworks(now=late), commands.expire_artworks(now=late)) == (1, 0)
    assert Artwork.objects.get(id=id_).state == "expired"


def test_a_returned_artwork_says_why(outreach: Outreach, make: Make, now: datetime) -> None:
    id_ = make(until="submitted")
    act: dict[str, Any] = {"by": outreach.office, "now": now, "artwork_id": id_}
    with pytest.raises(commands.ReasonMissing):
        commands.return_artwork(**act, seen=2, reason=" ")
    for _ in range(2):
        commands.return_artwork(**act, seen=2, reason="Ghi rõ nơi treo")
    commands.submit_artwork(by=outreach.officers[0], now=now, artwork_id=id_, seen=3)
    commands.withdraw_artwork(by=outreach.officers[0], now=now, artwork_id=id_, seen=4, reason="Không làm nữa")
    with pytest.raises(commands.Changed):
        commands.approve_artwork(**act, seen=5)


def test_a_run_goes_on_where_it_stopped(outreach: Outreach, make: Make, now: datetime) -> None:
    with pytest.raises(commands.NotApproved):
        commands.start_artwork_run(by=outreach.office, now=now, artwork_id=make(until="approved"), format_=Format.PNG)
    id_ = make(until="approved", by=outreach.office, is_for_units=True, design="frame")
    ask: dict[str, Any] = {"by": outreach.office, "now": now, "artwork_id": id_}
    run_id = commands.start_artwork_run(**ask, format_=Format.SVG)
    assert commands.start_artwork_run(**ask, format_=Format.SVG) == run_id
    total = len(queries.units())
    assert commands.run_artwork(now=now, run_id=run_id, most=1)
    before = ArtworkRun.objects.get(id=run_id).parts
    commands.continue_artwork_run(by=outreach.office, now=now, run_id=run_id)
    while commands.run_artwork(now=now, run_id=run_id, most=2):
        pass
    done = queries.run(outreach.office, run_id)
    assert (done.reached, done.total) == (total, total)
    assert ArtworkRun.objects.get(id=run_id).parts[0] == before[0]
    from raquan.files.queries import read_file

    with zipfile.ZipFile(io.BytesIO(read_file(done.zip_sha256))) as package:
        assert len(package.namelist()) == total
        assert any(name.endswith("xa-ea-kpam.svg") for name in package.namelist())
    with pytest.raises(NotAllowed):
        queries.run(outreach.officers[0], run_id)


def test_a_message_is_planned_and_told_to_be_done(outreach: Outreach, make: Make, now: datetime) -> None:
    plan = PostPlan(Channel.FACEBOOK, now + timedelta(hours=3), "Mời dự lễ", "Mời bà con dự lễ phát động.")
    known: dict[str, Any] = {
        "by": outreach.officers[0],
        "now": now,
        "campaign_id": outreach.campaign_id,
        "organization_id": outreach.units[0],
    }
    request_id = uuid4()
    approved = make(until="approved")
    id_ = commands.plan_post(**known, request_id=request_id, plan=plan, artwork_id=approved)
    assert commands.plan_post(**known, request_id=request_id, plan=plan, artwork_id=approved) == id_
    for wrong, refusal in (
        (replace(plan, text=" "), commands.TextMissing),
        (replace(plan, title=""), commands.TitleMissing),
        (replace(plan, link="javascript:alert(1)"), commands.LinkUnreadable),
        (replace(plan, channel=Channel.PORTAL), NotAllowed),
    ):
        with pytest.raises(refusal):
            commands.plan_post(**known, request_id=uuid4(), plan=wrong)
    with pytest.raises(commands.ArtworkNotApproved):
        commands.plan_post(**known, request_id=uuid4(), plan=plan, artwork_id=make())
    act: dict[str, Any] = {"by": outreach.officers[0], "now": now, "post_id": id_}
    for _ in range(2):
        commands.change_post(**act, plan=replace(plan, who="H’Hen"), artwork_id=approved, seen=1)
    with pytest.raises(commands.ProofMissing):
        commands.finish_post(**act, seen=2)
    for _ in range(2):
        commands.finish_post(**act, seen=2, proof="https://www.facebook.com/x/posts/1")
    with pytest.raises(commands.PostOver):
        commands.change_post(**act, plan=plan, seen=3)
    with pytest.raises(commands.Changed):
        commands.cancel_post(**act, seen=3, note="Muộn")
    assert Post.objects.get().done_by_name == "Xã Ea Kpam"
