"""Official reports from the command line."""

from pathlib import Path
from uuid import UUID

import click

from raquan.cli.main import start_django


@click.group()
def report() -> None:
    """Build official reports.

    Example: raquan report build --out bao-cao.docx
    """


@report.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where to write the .docx.")
@click.option("--snapshot", "snapshot_id", type=click.UUID, help="A snapshot's id; without it the latest.")
@click.option(
    "--campaign", "year", type=int, help="The campaign's year; without it the snapshot's, or the current one."
)
@click.option("--pdf", is_flag=True, help="Also write a PDF beside it, by LibreOffice.")
def build(out: Path, snapshot_id: UUID | None, year: int | None, pdf: bool) -> None:
    """Build a campaign's official report from a snapshot.

    Example: raquan report build --out bao-cao.docx --pdf
    """
    start_django()
    from raquan.analytics import queries as analytics
    from raquan.campaign import queries as campaigns
    from raquan.files import queries as files
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.reports import commands

    now = clock.now()
    campaign = campaigns.campaign_of_year(year) if year else campaigns.current_campaign(now)
    campaign_id = campaign.id if campaign else None
    if snapshot_id and not year:
        campaign_id = analytics.snapshot(SYSTEM, snapshot_id).campaign_id
    if campaign_id is None:
        raise click.ClickException("Chưa có chiến dịch nào. Hãy nhập kế hoạch trước.")
    built = commands.build_report(by=SYSTEM, now=now, campaign_id=campaign_id, snapshot_id=snapshot_id, out=out)
    click.echo(out)
    if not pdf:
        return
    pdf_sha256 = commands.make_pdf(by=SYSTEM, now=now, report_id=built.report_id)
    if pdf_sha256 is None:
        click.echo("Không có LibreOffice trên máy này nên không lập được PDF.", err=True)
        return
    out.with_suffix(".pdf").write_bytes(files.read_file(pdf_sha256))
    click.echo(out.with_suffix(".pdf"))


@report.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
def check(file: Path) -> None:
    """List what of a .docx departs from the decree's layout.

    It ends with exit code 1 where anything does.
    Example: raquan report check bao-cao.docx
    """
    start_django()
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.refused import Refused
    from raquan.reports import commands

    try:
        found = commands.check_document(by=SYSTEM, data=file.read_bytes())
    except Refused as refusal:
        raise click.ClickException(f"{refusal.text()} ({refusal.code})") from refusal
    for one in found:
        click.echo(": ".join(part for part in (one.code, one.where, one.rule, one.found) if part))
    if found:
        raise SystemExit(1)
    click.echo("Không thấy chỗ nào khác với thể thức.")
