"""Lighthouse on the public pages of the demo, as a slow phone sees them: its scores, and what it found.

    python -m bench.lighthouse [--address http://127.0.0.1:8000] [/ /guides/ ...]

Without an address the demo is loaded and served. Lighthouse comes from npm when this runs (no scripts are run): it and
its 150 packages would lie on every machine for one benchmark. Scores of speed swing with the machine's load.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("/", "/2023/outings/", "/2023/outings/CMG-7K2Q/", "/guides/vneid_level2/", "/2023/results/", "/2023/offers/")
GOOD = 98
FLAGS = "--headless=new --disable-gpu --no-first-run --disable-background-networking"


def judge(address: str) -> dict[str, Any]:
    """Let Lighthouse look at a page, and give its report."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        sandbox = " --no-sandbox" if os.geteuid() == 0 else ""
        command = [
            *("npm", "exec", "--yes", "--ignore-scripts", "--loglevel=error", "--package", LIGHTHOUSE, "--"),
            *("lighthouse", address, "--quiet", "--output=json", f"--output-path={report}"),
            *(f"--chrome-flags={FLAGS}{sandbox}", f"--only-categories={','.join(CATEGORIES)}"),
        ]
        environment = os.environ | {"CHROME_PATH": os.environ.get("CHROME_PATH", "/usr/bin/chromium")}
        subprocess.run(command, env=environment, cwd=folder, check=True, timeout=300)
        found: dict[str, Any] = json.loads(report.read_text())
        return found


def tell(path: str, report: dict[str, Any]) -> None:
    """Print a page's scores, its layout shift, and each audit that it did not pass whole."""
    scores = {name: round((one["score"] or 0) * 100) for name, one in report["categories"].items()}
    audits = report["audits"]
    shift = audits["cumulative-layout-shift"]["displayValue"]
    line = "  ".join(f"{name} {score:3}{'' if score >= GOOD else '!'}" for name, score in scores.items())
    print(f"{path:34} {line}  shift {shift}  first paint {audits['first-contentful-paint']['displayValue']}")
    for one in audits.values():
        if one["scoreDisplayMode"] in ("binary", "metricSavings") and one["score"] is not None and one["score"] < 0.9:
            print(f"    {one['id']}: {one.get('displayValue') or one['title']}")


def main(address: str, pages: list[str]) -> None:
    """Print what Lighthouse says of each page."""
    for path in pages:
        try:
            tell(path, judge(address + path))
        except (subprocess.SubprocessError, OSError) as error:
            print(f"{path}: Lighthouse did not run ({error})")
            return


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default="")
    parser.add_argument("pages", nargs="*", default=PAGES)
    said = parser.parse_args()
    if said.address:
        main(said.address, said.pages)
    else:
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        from scripts.make_figures import server

        with server(demo=True) as served:
            main(served, said.pages)
