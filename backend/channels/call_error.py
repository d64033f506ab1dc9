"""Why a call brought no whole answer, as one short word; it carries no address, because addresses are secrets here."""

import requests


class CallError(Exception):
    """No whole answer: `code` says why; `response` is what came before it broke off, if its head did."""

    def __init__(self, code: str, response: requests.Response | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.response = response
