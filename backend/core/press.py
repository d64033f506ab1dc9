"""The press, a program of its own: HTML on standard input, PDF on standard output; it reaches no file and no network."""

import resource
import sys
from pathlib import Path

FONTS = Path("/usr/share/fonts")
MOST_MEMORY = 2 * 1024**3
MOST_PROCESSOR_SECONDS = 30


def has_chinese_font() -> bool:
    """Whether Debian's Noto CJK is here; without it every Chinese word would be printed as a box."""
    return any(FONTS.rglob("NotoSansCJK*"))


def main() -> None:
    """Print what comes in; exit code 3 with a sentence where a font or library of Debian is missing."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS))
    if not has_chinese_font():
        sys.exit("Missing from Debian: fonts-noto-cjk")
    try:
        from weasyprint import HTML  # noqa: PLC0415 - loads Debian's pango, which may be missing
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:
        sys.exit(f"Missing from Debian: libpangoft2-1.0-0 libharfbuzz-subset0 ({error})")
    # A page holds everything it needs: whatever address it names, nothing is fetched.
    nothing = URLFetcher(allowed_protocols=())
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=nothing)
    sys.stdout.buffer.write(page.write_pdf())


if __name__ == "__main__":
    main()
