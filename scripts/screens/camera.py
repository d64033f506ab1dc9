"""Looks at a screen: holds it to the rules of `rules/` and axe-core, and takes its picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from scripts.screens.looks import Device, Look

HERE = Path(__file__).parent
AXE = HERE.parents[1] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RULE_FILES = ("texts", "colours", "overflow", "targets", "contrast", "glyphs", "words", "findings")
RULES: dict[Device, dict[str, float]] = {
    "phone": {"target": 48, "main_target": 48, "contrast": 4.5, "main_contrast": 7},
    "desk": {"target": 32, "main_target": 48, "contrast": 4.5, "main_contrast": 7},
}
OWN_NAMES = "令达 Lingda 中文 English Language"
"""What is written the same in either language."""
MAP_MILLISECONDS = 1500
"""For pictures only: how long the page takes to hand its signs to the map. No check looks at the map's pixels."""


@dataclass(frozen=True)
class Finding:
    """One thing on one screen that breaks a rule."""

    screen: str
    rule: str
    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.screen}: {self.rule}: {self.what} — {self.where}"


@dataclass
class Camera:
    """Takes the screens of one look against the rules, as pictures into `folder`; or only pictures of what breaks one."""

    look: Look
    data: str
    folder: Path
    only_broken: bool = False
    findings: list[Finding] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def prepare(self, context: BrowserContext) -> None:
        """Put the rules into every page of a browser; the page's own policy stays in force."""
        files = [AXE, *(HERE / "rules" / f"{name}.js" for name in RULE_FILES)]
        context.add_init_script("\n".join(file.read_text(encoding="utf-8") for file in files))

    def take(self, page: Page, name: str, *, device: Device, has_map: bool = False) -> None:
        """Hold the screen as it stands now to the rules, and take its picture."""
        screen = f"{name}-{self.look.name}"
        assert screen not in self.taken, screen
        self.taken.append(screen)
        findings = measure(page, device, self.look.language, self.data)
        self.findings += [Finding(screen, **finding) for finding in findings]
        if findings or not self.only_broken:
            if has_map:
                page.wait_for_timeout(MAP_MILLISECONDS)
                page.locator("[data-drawn=yes]").wait_for()
            page.screenshot(path=self.folder / f"{screen}.png")


def measure(page: Page, device: Device, language: str, data: str) -> list[dict[str, str]]:
    """Return what breaks a rule on the page as it stands now."""
    rules = {**RULES[device], "language": language, "data": f"{data}\n{OWN_NAMES}"}
    found: list[dict[str, str]] = page.evaluate("rules => lingdaScreen.findings(rules)", rules)
    return found


def texts_of(answers: Iterable[Any]) -> str:
    """Return every text in answers of the API, but not the Chinese half of what is told in two languages."""
    return "\n".join(text for answer in answers for text in _texts(answer))


def _texts(answer: Any) -> Iterable[str]:
    if isinstance(answer, dict):
        for name, value in answer.items():
            if name != "zh":
                yield from _texts(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from _texts(value)
    elif isinstance(answer, str):
        yield answer
