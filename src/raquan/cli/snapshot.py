"""Snapshots on the command line: freeze, list, hand over, prove, compare."""

import sys
from pathlib import Path
from uuid import UUID

import click

from raquan.cli.main import start_django


@click.group()
def snapshot() -> None:
    """Freeze, prove and compare numbers.

    Example: raquan snapshot freeze
    """


@snapshot.command()
@click.option("--campaign", "year", type=int, help="The campaign's year; without it the current one.")
@click.option("--note", default="", help="Why it is frozen.")
def freeze(year: int | None, note: str) -> None:
    """Freeze a campaign's facts as they stand; print the id.

    Example: raquan snapshot freeze --campaign 2023 --note "Báo cáo nhanh"
    """
    start_django()
    from raquan.analytics import commands
    from raquan.campaign import queries as campaigns
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    now = clock.now()
    campaign = campaigns.campaign_of_year(year) if year else campaigns.current_campaign(now)
    if campaign is None:
        raise click.ClickException("Chưa có chiến dịch nào. Hãy nhập kế hoạch trước.")
    click.echo(commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=campaign.id, note=note))


@snapshot.command("list")
def list_snapshots() -> None:
    """List snapshots, the last first.

    Example: raquan snapshot list
    """
    start_django()
    from raquan.analytics import queries
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.dates import format_datetime

    for one in queries.snapshots(SYSTEM, size=50).items:
        click.echo(f"{one.id}  số {one.number}  {format_datetime(one.frozen_at)}  {one.rows} bản ghi  {one.note}")


@snapshot.command()
@click.argument("snapshot_id", type=click.UUID)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(snapshot_id: UUID, folder: Path) -> None:
    """Hand a snapshot over as a folder.

    Its files, its chain of manifests, their signatures and the public key.

    Example: raquan snapshot export 01a218ec-… /media/usb/ban-chot
    """
    start_django()
    from raquan.analytics import commands
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    manifests, files, key = commands.export_snapshot(by=SYSTEM, now=clock.now(), snapshot_id=snapshot_id, folder=folder)
    click.echo(f"{folder}: {manifests} bản kê, {files} tệp, khóa {key.kid}.")


@snapshot.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--key", "spki", default="", help="The public key (base64 DER) that the province tells you.")
def verify(folder: Path | None, spki: str) -> None:
    """Prove hashes, signatures and chain.

    Of a folder, or of this installation's own; needs no database; status 1 where something is wrong.

    Example: raquan snapshot verify /media/usb/ban-chot
    """
    import django

    django.setup()
    from raquan.analytics import commands

    proofs = commands.verify_snapshots(folder=folder, spki=spki)
    for one in proofs:
        number = one.manifest.number if one.manifest else "?"
        files = f"{len(one.manifest.files)} tệp" if one.manifest and one.has_files else "chỉ có bản kê"
        said = "NGUYÊN VẸN" if one.is_whole else "SAI"
        click.echo(f"{said:<11} số {number}  {one.sha256[:16]}  {files}  khóa {one.kid or '–'}")
        for finding in one.findings:
            click.echo(f"            {finding.code}: {finding.about}")
    if not proofs or any(not one.is_whole for one in proofs):
        sys.exit(1)


@snapshot.command()
@click.argument("before", type=click.UUID)
@click.argument("after", type=click.UUID)
@click.option("--measure", default="", help="One measure, with reasons; without it all.")
@click.option("--by", default="commune", show_default=True, help="The dimension of the one measure.")
@click.option("--records", is_flag=True, help="List the ids of the records that make the difference.")
def compare(before: UUID, after: UUID, measure: str, by: str, records: bool) -> None:
    """Say what differs between two snapshots of a campaign, and why.

    Example: raquan snapshot compare ID ID --measure assists --by day --records
    """
    start_django()
    from raquan.analytics import queries
    from raquan.analytics.rules import REASON_NAMES
    from raquan.kernel.actor import SYSTEM

    if not measure:
        found = queries.compare_snapshots(SYSTEM, before, after)
        for one in found.measures:
            click.echo(f"{one.before!s:>10} {one.after!s:>10} {one.difference!s:>8}  {one.measure.name['vi']}")
        for reason, count in found.reasons.items():
            click.echo(f"{count:>10} {REASON_NAMES[reason]['vi']}")
        return
    changed = queries.compare_measure(SYSTEM, before, after, measure, by)
    for row in changed.rows:
        why = "; ".join(f"{REASON_NAMES[reason]['vi']}: {value}" for reason, value in row.reasons.items())
        click.echo(f"{row.before!s:>10} {row.after!s:>10} {row.difference!s:>8}  {row.label}  {why}")
    number = 1
    while records:
        page = queries.changed_page(SYSTEM, before, after, measure, by, page=number, size=200).page
        for item in page.items:
            click.echo(f"{item.change.id}  {item.change.reason}  {item.change.before} -> {item.change.after}")
        records, number = page.has_next, number + 1
