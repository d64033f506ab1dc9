"""What an officer does on the phone, in the officer's words."""

from playwright.sync_api import Page, expect

from tests.support.recorded_way import Reading


def enrol(page: Page, link: str) -> None:
    """Open the link of the QR code; the phone is bound and shows its orders."""
    page.goto(link)
    expect(page.get_by_role("heading", name="我的指令")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("status")).to_contain_text("在线")


def tick(page: Page, act: str, state: str) -> None:
    """See an act with its tick: `已存手机` or `已送达`."""
    mark = {"已存手机": "✓", "已送达": "✓✓"}[state]
    expect(
        page.get_by_role("listitem").filter(has_text=f"{mark} {act} ").filter(has_text=state)
    ).to_be_visible()


def tap(page: Page, name: str) -> None:
    """Tap a button by its words."""
    page.get_by_role("button", name=name, exact=True).tap()


def accept_alarm(page: Page) -> None:
    """Accept the order that rings."""
    page.get_by_role("alertdialog").get_by_role("button", name="接令").tap()


def complete(page: Page, result: str = "全部完成") -> None:
    """Say how it ended."""
    tap(page, "完毕")
    sheet = page.get_by_role("dialog", name="办理结果")
    sheet.get_by_role("button", name=result).tap()
    sheet.get_by_role("button", name="完毕").tap()


def report(page: Page, text: str, result: str = "全部完成") -> None:
    """Write the report and submit it."""
    tap(page, "写反馈")
    page.get_by_role("button", name=result).tap()
    page.get_by_label("办理情况").fill(text)
    tap(page, "提交反馈")


def drive(page: Page, way: list[Reading]) -> None:
    """Let the receiver say each point in turn, each once the phone has taken the one before; ends at the orders."""
    page.get_by_role("link", name="我", exact=True).tap()
    for reading in way:
        page.context.set_geolocation(reading.geolocation)
        expect(page.get_by_role("main")).to_contain_text(f"精度 {reading.accuracy:.0f} 米")
    page.get_by_role("link", name="我的指令").tap()


def hand_over(page: Page) -> None:
    """Do not wait for the next batch: send everything now."""
    page.get_by_role("link", name="我", exact=True).tap()
    tap(page, "立即送达")
    expect(page.get_by_role("main")).to_contain_text("操作 0 条 · 位置点 0 个")
