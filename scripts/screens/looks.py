"""In which language and light a screen is shown, and on which sort of device."""

from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["zh-CN", "en"]
Theme = Literal["light", "dark"]
Device = Literal["phone", "desk"]


@dataclass(frozen=True)
class Look:
    """One language in one light."""

    language: Language
    theme: Theme

    @property
    def name(self) -> str:
        """Return how the look is called in file names, for example `zh-light`."""
        return f"{self.language[:2]}-{self.theme}"


ALL_LOOKS = tuple(Look(language, theme) for language in ("zh-CN", "en") for theme in ("light", "dark"))
SHORT_LOOKS = (Look("zh-CN", "light"), Look("en", "dark"))
"""Both languages and both lights, each once: what `make test` has time for."""

# The pages remember the choice of whoever sits before them; this is that memory.
REMEMBER = """(() => {
  try {
    localStorage.setItem("lingda-language", "%(language)s");
    for (const page of ["phone", "duty", "command"]) localStorage.setItem(`lingda-theme-${page}`, "%(theme)s");
  } catch { /* a page without an origin */ }
})()"""
SIZES: dict[Device, dict[str, int]] = {
    "phone": {"width": 390, "height": 844},
    "desk": {"width": 1920, "height": 1080},
}


def remembering(look: Look) -> str:
    """Return the script that lets every page of a browser find the look as its remembered choice."""
    return REMEMBER % {"language": look.language, "theme": look.theme}


def browser_options(look: Look, device: Device) -> dict[str, Any]:
    """Return how a browser of the device is opened; animations are off, as people can ask of their system."""
    return {
        "viewport": SIZES[device],
        "has_touch": device == "phone",
        "locale": look.language,
        "timezone_id": "Asia/Shanghai",
        "color_scheme": look.theme,
        "reduced_motion": "reduce",
        "permissions": ["geolocation"] if device == "phone" else [],
        "geolocation": {"longitude": 100.5702, "latitude": 25.8195, "accuracy": 12},
    }
