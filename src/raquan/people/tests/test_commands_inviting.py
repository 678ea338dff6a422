"""Invitations: one link, once, in time, never in the clear; lists that lose no row; the tree of organizations."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor
from raquan.kernel.clock import real_now
from raquan.kernel.refused import NotAllowed
from raquan.ledger.models import AuditEntry, OutboxMessage
from raquan.people import commands, queries
from raquan.people.models import Duty, Invitation, User
from raquan.people.rules import Level, Role
from raquan.people.rules.inviting import PersonRow, RowsUnreadable, read_people, write_people

PASSWORD = "một câu rất dài"
WHO: dict[str, Any] = {"full_name": "Lò Thị Mới", "login": "moi@example.vn", "role": Role.HELPER}


def invite(by: Actor, now: datetime, organization_id: UUID | None, **more: Any) -> commands.Invited:
    """Invite somebody."""
    days = {"starts_on": date(2023, 10, 1)}
    said = WHO | days | more
    return commands.invite_person(by=by, now=now, real_now=real_now(), organization_id=organization_id, **said)


def accept(token: str | None, password: str = PASSWORD, after: timedelta = timedelta(0)) -> UUID:
    """Choose a password by a link."""
    return commands.accept_invitation(by=ANONYMOUS, real_now=real_now() + after, token=token or "", password=password)


def test_an_invitation_lets_its_person_in_once(cu_mgar: UUID, now: datetime, local_administrator: Actor) -> None:
    made = invite(local_administrator, now, cu_mgar)
    assert made.token is not None
    assert not Invitation.objects.filter(token_hash=made.token).exists(), "only its hash is kept"
    assert made.token not in str(list(AuditEntry.objects.values()))
    with pytest.raises(commands.PasswordTooShort):
        accept(made.token, "ngắn")
    with pytest.raises(commands.InvitationGone):
        accept(made.token, after=timedelta(days=7, minutes=1))
    assert accept(made.token) == made.user_id
    said = OutboxMessage.objects.get(topic="people.invitation_accepted").payload
    assert (said["to"], said["user"]) == (str(local_administrator.id), str(made.user_id))
    for token in (made.token, "x"):
        with pytest.raises(commands.InvitationGone):
            accept(token)
    user = commands.sign_in(login="moi@example.vn", password=PASSWORD, address="", real_now=real_now())
    assert user.pk == made.user_id
    assert invite(local_administrator, now, cu_mgar, role=Role.TEAM_LEADER).token is None, "who signs in needs none"
    with pytest.raises(commands.HasPassword):
        commands.invite_again(by=SYSTEM, now=now, real_now=real_now(), user_id=made.user_id)


def test_another_link_ends_the_one_before(cu_mgar: UUID, now: datetime, local_administrator: Actor) -> None:
    first = invite(local_administrator, now, cu_mgar)
    second = invite(local_administrator, now, cu_mgar)
    assert (first.user_id, Duty.objects.filter(user_id=first.user_id).count()) == (second.user_id, 1)
    with pytest.raises(commands.InvitationGone):
        accept(first.token)
    commands.close_account(by=local_administrator, now=now, user_id=first.user_id)
    with pytest.raises(commands.InvitationGone):
        accept(second.token)
    commands.reopen_account(by=local_administrator, now=now, user_id=first.user_id)
    assert accept(second.token) == first.user_id


def test_an_administrator_reaches_the_tree_below_and_no_further(
    cu_mgar: UUID, now: datetime, local_administrator: Actor
) -> None:
    commune = commands.register_organization(
        by=SYSTEM, now=now, name="UBND xã Ea Kpam", level=Level.COMMUNE, parent_id=cu_mgar
    )
    other = commands.register_organization(by=SYSTEM, now=now, name="UBND huyện Khác", level=Level.DISTRICT)
    made = invite(local_administrator, now, commune)
    for whole in (other, None):
        with pytest.raises(NotAllowed):
            invite(local_administrator, now, whole, login="khac@example.vn")
    assert not User.objects.filter(login="khac@example.vn").exists()
    day = date(2023, 10, 5)
    found = queries.people_list(local_administrator, queries.PeopleFilter(text="moi"), on=day)
    assert [one.id for one in found.items] == [made.user_id]
    assert {one.name for one in queries.organization_list(local_administrator, on=day).items} == {
        "UBND huyện Cư M’gar",
        "UBND xã Ea Kpam",
    }
    stranger = invite(SYSTEM, now, other, login="la@example.vn")
    for refused in (commands.close_account, commands.reopen_account):
        with pytest.raises(NotAllowed):
            refused(by=local_administrator, now=now, user_id=stranger.user_id)


def test_a_list_invites_whom_it_can_and_loses_nobody(cu_mgar: UUID, now: datetime, local_administrator: Actor) -> None:
    text = """Họ và tên;Đăng nhập;Vai trò;Đơn vị;Từ ngày;Đến ngày
H’Ler Êban;0905111222;Người hỗ trợ;UBND huyện Cư M'gar;01/10/2023;31/10/2023
Y Bhăm;không phải;Tổ trưởng;UBND huyện Cư M'gar
Y Thịnh;thinh@example.vn;Vua;UBND huyện Cư M'gar
Y Krông;krong@example.vn;helper;Đơn vị nào đó
;ai@example.vn;helper;UBND huyện Cư M'gar
H’Bia;bia@example.vn;team_leader;UBND huyện Cư M'gar
"""
    rows = read_people(text)
    done = commands.invite_many(by=local_administrator, now=now, real_now=real_now(), rows=rows)
    codes = [one.refusal.code if one.refusal else "" for one in done]
    assert codes == [
        "",
        "people.login_unreadable",
        "people.role_unknown",
        "people.organization_unknown",
        "people.name_missing",
        "",
    ]
    again = read_people(write_people(one.row for one in done if one.refusal))
    assert again == rows[1:5], "what was refused comes back as it was written"
    assert Duty.objects.get(user_id=done[0].invited.user_id).ends_on == date(2023, 10, 31)  # type: ignore[union-attr]
    assert not User.objects.filter(login="thinh@example.vn").exists()
    with pytest.raises(NotAllowed):
        commands.invite_many(by=ANONYMOUS, now=now, real_now=real_now(), rows=rows)


def test_lists_are_read_as_offices_write_them() -> None:
    row = PersonRow("A", "a@b.vn", "helper", "X", date(2023, 10, 1), None)
    assert read_people("Họ tên\tĐăng nhập\tVai trò\tĐơn vị\tTừ\nA\ta@b.vn\thelper\tX\t1/10/2023") == (row,)
    assert read_people('A,a@b.vn,helper,"X, Y",2023-10-01') == (replace(row, organization="X, Y"),)
    assert read_people(" \n;;;\n") == ()
    for wrong, number in (("A;a@b.vn", 1), ("A;a@b.vn;helper;X\nA;a@b.vn;helper;X;mai", 2)):
        with pytest.raises(RowsUnreadable) as error:
            read_people(wrong)
        assert error.value.number == number
