"""The history of clocks on paper: Chinese that is really in the PDF, with its font, and why each limit is what it is (BSS-8)."""

import io
import sys
import time

import pypdf
import pytest

from backend.core import printing
from backend.core.printing import printed
from backend.core.problems import Problem
from tests.people.visitor import problem
from tests.support.world import World


def text_of(pdf: bytes) -> str:
    """The words of a PDF without the breaks its lines have."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The fonts of a PDF by name, and whether each is inside it."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found[str(inner["/BaseFont"])] = any(
                name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")
            )
    return found


def test_a_leads_clocks_are_printed_with_the_clause_and_the_reasons(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk, debtor_name="䶮某", reporter={"name": "赵举报", "phone": "0872-7149999"})
    answer = desk.get(f"/api/leads/{lead['id']}/clocks.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == f'inline; filename="clocks-{lead["id"]}.pdf"'
    text = text_of(answer.data)
    for said in (
        lead["number"],
        "䶮某",
        "宾川县人民法院",
        "接到执行案件信息30分钟内派出执行小组",
        "2026-03-0309:00:00",
        "2026-03-0309:30:00",
        "当日工作时间为08:30-12:00、13:30-17:30",
        "起算时属工作时间，期限为30分钟",
    ):
        assert said in text, said
    assert "赵举报" not in text
    assert all(fonts_of(answer.data).values())
    assert any("Noto" in name and "CJK" in name for name in fonts_of(answer.data))


def test_the_days_of_a_count_are_printed_each_with_its_kind(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk, triage="non_urgent", grounds=[], received_at="2026-02-13T08:00:00.000Z")
    text = text_of(desk.get(f"/api/leads/{lead['id']}/clocks.pdf").data)
    assert "2026年2月13日（周五）为工作日，开始当日，不计" in text
    assert "2026年2月14日（周六）为调休上班日，见国务院办公厅关于2026年" in text
    assert "2026年2月17日（周二）为节假日春节，见" in text
    assert "2026年2月24日（周二）为工作日，第2个工作日" in text


def test_what_people_typed_is_printed_as_text(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk, debtor_name="<b>王</b>")
    assert "<b>王</b>" in text_of(desk.get(f"/api/leads/{lead['id']}/clocks.pdf").data)


def test_a_directive_without_clocks_is_printed_too(world: World) -> None:
    order = world.order_out(world.sign_in("binchuan.commander"))
    answer = world.sign_in("binchuan.duty").get(f"/api/directives/{order['id']}/clocks.pdf")
    assert answer.status_code == 200
    assert order["number"] in text_of(answer.data)


def test_a_page_reaches_no_file_of_the_server() -> None:
    page = "<html><body><p>甲</p><img src='file:///etc/hostname'><a rel=attachment href='file:///etc/hostname'>乙</a>"
    reader = pypdf.PdfReader(io.BytesIO(printed(page)))
    assert reader.attachments == {}
    assert "甲" in text_of(printed(page))


def press(script: str) -> tuple[str, ...]:
    """A press that does something else."""
    return (sys.executable, "-c", script)


def test_printing_that_takes_too_long_is_ended_and_said() -> None:
    began = time.monotonic()
    with pytest.raises(Problem) as refused:
        printed("<p>", press("import sys; sys.stdin.read(); import time; time.sleep(60)"), seconds=0.3)
    assert refused.value.code == "503.3"
    assert time.monotonic() - began < 10


def test_a_press_that_fails_is_said_and_leaves_the_next_one_alone() -> None:
    for _ in range(printing.MOST_AT_ONCE + 1):
        with pytest.raises(Problem) as refused:
            printed("<p>", press("import sys; sys.exit('Missing from Debian: fonts-noto-cjk')"))
        assert refused.value.code == "503.3"
    assert printed("<p>甲")


def test_no_more_than_two_are_printed_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    for _ in range(printing.MOST_AT_ONCE):
        assert printing._presses.acquire(blocking=False)
    try:
        answer = desk.get(f"/api/leads/{lead['id']}/clocks.pdf")
        assert problem(answer) == (503, "503.3")
        assert answer.headers["Retry-After"] == "2"
    finally:
        for _ in range(printing.MOST_AT_ONCE):
            printing._presses.release()


def test_the_press_is_told_no_setting_of_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGDA_SECRET_KEY", "a secret that layout does not need to know")
    script = "import os, sys; print(sorted(name for name in os.environ if name.startswith('LINGDA_')))"
    assert printed("<p>", press(script)).strip() == b"[]"
