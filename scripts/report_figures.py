"""Takes pictures of the pages of official reports, as LibreOffice shows them; nothing where it is not installed."""

import os
from pathlib import Path

FIRST_PAGES = 3


def pages(folder: Path) -> None:
    """Fill both templates with the sample content, and save the first pages and the last of each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")
    import django

    django.setup()
    import pypdfium2

    from raquan.analytics.commands import draw_figure
    from raquan.reports import gateways
    from raquan.reports.rules import Kind
    from raquan.reports.rules.sample import sample_content

    if not gateways.has_libreoffice():
        print("LibreOffice is not installed: no pages of reports")
        return
    for kind in Kind:
        content = sample_content(kind)
        drawn = [draw_figure(figure=one.figure) for one in content.charts]
        document = pypdfium2.PdfDocument(gateways.to_pdf(gateways.filler_of(kind).fill(content, drawn)))
        for number in range(1, min(FIRST_PAGES, len(document)) + 1):
            name = f"report-page-{kind.value}-{number}.png"
            document[number - 1].render(scale=1.25).to_pil().quantize(64).save(folder / name, optimize=True)
            print(name)
        document.close()
