"""What axe-core finds wrong on a page that a browser shows."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "src/raquan/ui/front/node_modules/axe-core/axe.min.js").resolve()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[tuple[str, list[object]]]:
    """List the rules that the page breaks as it stands now, each with the first places where it does."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    assert found["passes"], page.url
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]]
