"""The rules see what they are for: each is shown a small page that breaks it, and the same page put right."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scripts.screens.camera import Camera, measure
from scripts.screens.looks import Device, Look

LOOK = Look("zh-CN", "light")
PAGE = "<!doctype html><html lang=zh-CN><title>令达</title><body style='margin:0;font:16px sans-serif'><main>%s</main>"
Findings = Callable[..., set[str]]


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    Camera(LOOK, "", tmp_path).prepare(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def broken(page: Page) -> Findings:
    """Show the main part of a page and return the names of the rules it breaks."""

    def rules(main: str, device: Device = "phone", language: str = "zh-CN", data: str = "") -> set[str]:
        page.goto("about:blank")
        page.set_content(PAGE % main)
        return {finding["rule"] for finding in measure(page, device, language, data)}

    return rules


def test_a_plain_page_breaks_no_rule(broken: Findings) -> None:
    assert broken("<h1>我的指令</h1><button style='min-width:80px;height:48px'>接令</button>") == set()


def test_a_page_without_a_word_is_a_finding(broken: Findings) -> None:
    assert "empty" in broken("<p></p>")


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("width:200px;overflow:hidden;white-space:nowrap", "width:200px;overflow:hidden"),
        ("height:20px;overflow:hidden;width:60px", "height:20px;overflow:auto;width:60px"),
    ],
    ids=["on one line that is too short", "in a box that is too low"],
)
def test_text_cut_off_is_seen(bad: str, good: str, broken: Findings) -> None:
    text = "<h1>标题</h1><p tabindex=0 style='%s'>控制财产，全程录像，至少两台记录仪。请到场后先报告。</p>"
    assert "cut" in broken(text % bad, "desk")
    assert "cut" not in broken(text % good, "desk")


def test_a_page_wider_than_the_phone_is_seen(broken: Findings) -> None:
    wide = "<h1>标题</h1><div style='width:%spx;height:4px;background:#000'></div>"
    assert broken(wide % 391) == {"sideways"}
    assert broken(wide % 390) == set()


def test_words_that_spill_out_of_a_button_are_seen(broken: Findings) -> None:
    button = "<h1>标题</h1><button style='width:60px;height:48px;padding:0;white-space:nowrap'>%s</button>"
    assert "cut" in broken(button % "先登记，稍后分流")
    assert broken(button % "登记") == set()


def test_one_text_over_another_is_seen(broken: Findings) -> None:
    second = (
        "<h1 style='margin:0'>标题</h1><p style='margin:0;position:absolute;left:0;top:%spx'>第二行的字</p>"
    )
    assert "overlap" in broken(second % 6)
    assert broken(second % 60) == set()


@pytest.mark.parametrize(("device", "enough"), [("phone", 48), ("desk", 32)])
def test_a_target_smaller_than_a_finger_is_seen(device: Device, enough: int, broken: Findings) -> None:
    button = "<h1>标题</h1><button style='width:80px;padding:0;height:%spx'>导航</button>"
    assert broken(button % (enough - 2), device) == {"target"}
    assert broken(button % enough, device) == set()


def test_a_main_act_is_48_px_high_at_a_desk_too(broken: Findings) -> None:
    button = "<h1>标题</h1><button class='button main' style='background:#a81318;color:#fff;width:80px;height:%spx'>签收</button>"
    assert broken(button % 40, "desk") == {"target"}
    assert broken(button % 48, "desk") == set()


def test_faint_text_is_seen_through_opacity_and_layers(broken: Findings) -> None:
    text = (
        "<h1>标题</h1><div style='background:#0d1b2a'><div style='background:rgba(255,255,255,.9)'>"
        "<p style='color:%s;opacity:%s'>夜间一小时</p></div></div>"
    )
    assert "contrast" in broken(text % ("#9aa5b1", 1))
    assert "contrast" in broken(text % ("#44546a", 0.5))
    assert "contrast" not in broken(text % ("#44546a", 1))


def test_a_main_act_needs_more_contrast_than_a_text(broken: Findings) -> None:
    button = "<h1>标题</h1><button class='button main' style='background:%s;color:#fff;width:80px;height:48px'>签收</button>"
    assert broken(button % "#c8333a") == {"contrast"}
    assert broken(button % "#a81318") == set()


def test_a_placeholder_must_be_read_too(broken: Findings) -> None:
    field = (
        "<style>::placeholder{color:%s}</style><h1>标题</h1>"
        "<label>案号<input style='height:48px;width:200px' placeholder='案号'></label>"
    )
    assert "contrast" in broken(field % "#c0c0c0")
    assert "contrast" not in broken(field % "#44546a")


@pytest.mark.parametrize(
    "lacking", ["\ue123", "\U0001fabc\U0010fffd", "\ufffd"], ids=["private", "unassigned", "replacement"]
)
def test_a_character_that_no_font_has_is_seen(lacking: str, broken: Findings) -> None:
    assert "glyph" in broken(f"<h1>王{lacking}某</h1>")


def test_rare_characters_of_names_are_there(broken: Findings) -> None:
    assert broken("<h1>㛃 喆 昇 䶮 𠅤 ✓✓ ● → ± ▾ ↵</h1>") == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("duty.problem.content", "key"),
        ("还有 {count} 条", "leftover"),
        ("undefined 公里", "leftover"),
        ("请 Choose the result", "language"),
    ],
)
def test_what_is_no_text_is_seen(text: str, rule: str, broken: Findings) -> None:
    assert rule in broken(f"<h1>{text}</h1>")
    assert rule in broken(
        f"<h1>标题</h1><button style='width:80px;height:48px' aria-label='{text}'>好</button>"
    )


def test_chinese_on_an_english_screen_is_seen_unless_it_is_data(broken: Findings) -> None:
    assert "language" in broken("<h1>快反一组 · 导航</h1>", "phone", "en", "快反一组")
    assert "language" not in broken("<h1>快反一组 · Navigate</h1>", "phone", "en", "快反一组")


def test_axe_is_asked(broken: Findings) -> None:
    assert "axe label" in broken("<h1>标题</h1><input style='height:48px;width:200px'>")
