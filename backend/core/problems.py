"""Problems: RFC 9457 errors with a stable code whose integer part is the HTTP status, in Chinese and English."""

from typing import Any

PROBLEMS: dict[str, tuple[str, str]] = {
    "400.1": ("请求格式不正确", "The request is malformed"),
    "401.1": ("请先登录", "Sign in first"),
    "401.2": ("账号或密码不正确", "The account or the password is wrong"),
    "401.3": ("验证码不正确或已过期", "The code is wrong or has expired"),
    "401.4": ("本机签名无效，请重新登录", "The device's signature is not valid; sign in again"),
    "403.1": ("您没有权限进行此操作", "You are not allowed to do this"),
    "403.2": ("页面已过期，请刷新后再试", "The page is out of date; reload it and try again"),
    "403.3": ("本机已被停用", "This device has been revoked"),
    "403.4": ("须先完成第二因素验证", "Finish the second factor first"),
    "403.5": ("请求来自其他网站，已拒绝", "The request came from another site and was refused"),
    "404.1": ("没有找到", "Not found"),
    "405.1": ("不支持此方法", "This method is not supported here"),
    "406.1": ("无法提供所要求的格式", "The requested format is not available"),
    "408.1": ("请求超时", "The request took too long to arrive"),
    "409.1": ("内容已被他人更新，请核对后再试", "Somebody else changed this meanwhile; look and try again"),
    "409.2": ("当前状态不能进行此操作", "This cannot be done in the present state"),
    "409.3": ("已存在相同内容", "The same thing exists already"),
    "410.1": ("位置已过期，请重新载入", "This position in the feed has expired; load the snapshot again"),
    "410.2": ("绑定码已使用或已过期", "The enrolment code was used or has expired"),
    "413.1": ("内容过大", "The content is too large"),
    "415.1": ("不支持的内容类型", "This content type is not supported"),
    "422.1": ("填写内容有误", "Some fields are not right"),
    "422.2": ("签名不正确", "The signature is not right"),
    "422.3": ("同一编号的操作内容不同", "The same command id came with other content"),
    "422.4": ("未知的操作类型", "This kind of command is not known"),
    "423.1": (
        "登录失败次数过多，账号暂时锁定",
        "Too many failed sign-ins; the account is locked for a while",
    ),
    "429.1": ("请求过于频繁，请稍后再试", "Too many requests; try again shortly"),
    "431.1": ("请求头过大", "The request headers are too large"),
    "500.1": ("系统内部错误，已记录", "An internal error happened and was recorded"),
    "503.1": ("数据库繁忙，请稍后再试", "The database is busy; try again shortly"),
    "503.2": (
        "服务器暂时不可用，请稍后再试",
        "The server is not available for the moment; try again shortly",
    ),
    "503.3": ("打印繁忙或超时，请稍后再试", "Printing is busy or took too long; try again shortly"),
}


class Problem(Exception):
    """An answer that says no: a code of the catalogue, optional sentences of its own, and details for the client."""

    def __init__(self, code: str, zh: str | None = None, en: str | None = None, **details: Any) -> None:
        default_zh, default_en = PROBLEMS[code]
        self.code = code
        self.zh = zh or default_zh
        self.en = en or default_en
        self.details = details
        super().__init__(f"{code} {self.en}")

    @property
    def status(self) -> int:
        """Return the HTTP status: the integer part of the code."""
        return int(self.code.partition(".")[0])

    def body(self, request_id: str | None = None) -> dict[str, Any]:
        """Return the problem+json object: `type, title, status, code, detail, zh, en, request_id` and details."""
        title_zh, title_en = PROBLEMS[self.code]
        return {
            "type": f"/api/problems/{self.code}",
            "title": f"{title_zh} / {title_en}",
            "status": self.status,
            "code": self.code,
            "detail": f"{self.zh} / {self.en}",
            "zh": self.zh,
            "en": self.en,
            "request_id": request_id,
            **self.details,
        }


def not_found(zh: str = "没有找到", en: str = "Not found") -> Problem:
    """Return the problem for an id that does not exist or that the asker may not know of."""
    return Problem("404.1", zh, en)
