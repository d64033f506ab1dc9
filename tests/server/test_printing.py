"""Printing in a real server: pages are laid out beside it, and nobody waits for somebody else's paper (ADR 0035)."""

import time
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.support.real_world import RealWorld

LONGEST_ANSWER_SECONDS = 0.5
"""A page takes about a second of a processor; an answer that waited for one would take that long."""


def test_everybody_is_answered_while_pages_are_printed(world: RealWorld) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    printers = [world.sign_in(account) for account in ("binchuan.duty", "binchuan.commander")]
    waited = []
    with ThreadPoolExecutor(2) as pool:
        papers = [pool.submit(one.get, f"/api/leads/{lead['id']}/clocks.pdf") for one in printers]
        with requests.Session() as other:
            other.trust_env = False
            while not all(paper.done() for paper in papers):
                began = time.monotonic()
                assert other.get(f"{world.base}/healthz", timeout=30).status_code == 200
                waited.append(time.monotonic() - began)
    assert [paper.result().status_code for paper in papers] == [200, 200]
    assert all(paper.result().content.startswith(b"%PDF") for paper in papers)
    assert len(waited) > 10
    assert max(waited) < LONGEST_ANSWER_SECONDS, sorted(waited)[-5:]
