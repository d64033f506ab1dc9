"""One page with every picture beside its other looks, so that they can be looked at together."""

from html import escape
from pathlib import Path

from scripts.screens.camera import Finding
from scripts.screens.looks import ALL_LOOKS

HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Lingda: screens</title><style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 24px; background: #e9edf2; }
section { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; } h2 { margin: 32px 0 8px; }
figure { margin: 0; width: 46%; } .phone figure { width: 23%; } img { width: 100%; }
li { color: #a3121a; }
</style>"""


def write_contact_sheet(folder: Path, taken: list[str], findings: list[Finding]) -> Path:
    """Write `index.html` into the folder of the pictures, grouped by screen, with what breaks a rule; return its path."""
    suffixes = [f"-{look.name}" for look in ALL_LOOKS]
    names = list(
        dict.fromkeys(
            screen.removesuffix(suffix) for screen in taken for suffix in suffixes if screen.endswith(suffix)
        )
    )
    parts = [HEAD, f"<h1>{len(taken)} screens, {len(findings)} findings</h1>"]
    for name in names:
        shown = [f"{name}{suffix}" for suffix in suffixes if f"{name}{suffix}" in taken]
        parts.append(f'<h2>{escape(name)}</h2><section class="{escape(name.split("-")[0])}">')
        for screen in shown:
            broken = "".join(f"<li>{escape(str(one))}</li>" for one in findings if one.screen == screen)
            picture = f'<a href="{screen}.png"><img src="{screen}.png" alt="{screen}" loading="lazy"></a>'
            parts.append(f"<figure>{picture}<figcaption>{screen}<ul>{broken}</ul></figcaption></figure>")
        parts.append("</section>")
    path = folder / "index.html"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path
