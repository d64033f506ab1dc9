"""Reading one section of a settings file, each entry by its kind; what nobody asked for is a mistake too."""

from collections.abc import Mapping
from typing import Any


class SectionError(Exception):
    """What is wrong with an entry, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


class Section:
    """The entries of one table; `place` is what its names are shown with, such as "success."."""

    def __init__(self, table: Mapping[str, Any], place: str = "") -> None:
        self._table = table
        self._place = place
        self._asked: set[str] = set()

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; raise SectionError when it is none, or missing without a default."""
        return str(self._entry(name, default, str, "文字", "a text"))

    def number(self, name: str, default: float, smallest: float, largest: float) -> float:
        """Return a number within its limits; raise SectionError otherwise."""
        found = float(self._entry(name, default, (int, float), "数", "a number"))
        if not smallest <= found <= largest:
            label = self._place + name
            raise SectionError(
                f"{label} 应在 {smallest:g} 与 {largest:g} 之间",
                f"{label} must be from {smallest:g} to {largest:g}",
            )
        return found

    def numbers(self, name: str, default: list[int]) -> list[int]:
        """Return a list of whole numbers; raise SectionError when it is none."""
        found: list[int] = self._entry(name, default, list, "数的列表", "a list of numbers")
        if not all(type(one) is int for one in found):
            raise self._wrong(name, "数的列表", "a list of numbers")
        return found

    def scalar(self, name: str) -> str | int | bool | None:
        """Return a text, a whole number, true or false; None when there is no such entry."""
        self._asked.add(name)
        found = self._table.get(name)
        if found is None or isinstance(found, str | int):
            return found
        raise self._wrong(name, "文字、整数或真假", "a text, a whole number, true or false")

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a table, empty when there is none; raise SectionError when it is something else."""
        found: Mapping[str, Any] = self._entry(name, {}, dict, "一节", "a section")
        return found

    def end(self) -> None:
        """Raise SectionError for an entry that nobody asked for: a misspelt one would be left out silently."""
        for name in self._table:
            if name not in self._asked:
                raise SectionError(f"不认识 {self._place}{name}", f"{self._place}{name} is not known")

    def _entry(self, name: str, default: Any, kind: type | tuple[type, ...], zh: str, en: str) -> Any:
        self._asked.add(name)
        found = self._table.get(name, default)
        if found is None:
            raise SectionError(f"缺少 {self._place}{name}", f"{self._place}{name} is missing")
        if not isinstance(found, kind) or isinstance(found, bool):
            raise self._wrong(name, zh, en)
        return found

    def _wrong(self, name: str, zh: str, en: str) -> SectionError:
        return SectionError(f"{self._place}{name} 应为{zh}", f"{self._place}{name} must be {en}")
