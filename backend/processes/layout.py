"""Where the files that processes need lie in the work tree."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
CADDYFILE = ROOT / "Caddyfile"
LAN_CADDYFILE = Path(__file__).with_name("lan.Caddyfile")
TRUST_PAGE = Path(__file__).with_name("trust.html")
PAGES = ROOT / "pwa" / "dist"
