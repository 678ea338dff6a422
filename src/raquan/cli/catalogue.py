"""Commands about the catalogue of services."""

from pathlib import Path

import click

from raquan.cli.main import start_django


@click.group()
def catalogue() -> None:
    """Keep the catalogue of services, ladders and bottleneck reasons.

    Example: raquan catalogue load
    """


@catalogue.command("load")
@click.argument("directory", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def load(directory: Path | None) -> None:
    """Load the catalogue from CSV files.

    They are those of DIRECTORY, or without it those that come with raquan.

    Example: raquan catalogue load
    """
    start_django()
    from raquan.catalogue.commands import load_catalogue
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    loaded = load_catalogue(by=SYSTEM, now=clock.now(), directory=directory)
    click.echo(f"Danh mục: thêm {loaded.added}, sửa {loaded.changed}, giữ nguyên {loaded.unchanged} dòng.")


@catalogue.command("guides")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def guides(file: Path) -> None:
    """Load guides from an office's own CSV file.

    Those of services that FILE does not name stay.

    Example: raquan catalogue guides huong-dan.csv
    """
    start_django()
    from raquan.catalogue.commands import load_guides
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    loaded = load_guides(by=SYSTEM, now=clock.now(), file=file)
    click.echo(f"Hướng dẫn: thêm {loaded.added}, sửa {loaded.changed}, giữ nguyên {loaded.unchanged} bài.")


@catalogue.command("answers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def answers(file: Path) -> None:
    """Load answers to bottlenecks from an office's own CSV file.

    Those of reasons that FILE does not name stay.

    Example: raquan catalogue answers gap-kho.csv
    """
    start_django()
    from raquan.catalogue.commands import load_answers
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    loaded = load_answers(by=SYSTEM, now=clock.now(), file=file)
    click.echo(f"Gặp khó: thêm {loaded.added}, sửa {loaded.changed}, giữ nguyên {loaded.unchanged} bài.")
