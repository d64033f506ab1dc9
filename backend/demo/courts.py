"""The demo's courts: Dali with its twelve county courts, and Baishishan forest court; real names, public facts only.

The code 吉7505 of Baishishan was not verified and is marked so (domain 1.13).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoCourt:
    """A court of the demo with its seat in WGS-84 degrees."""

    id: str
    code: str
    name: str
    name_en: str
    level: str
    parent_id: str | None
    point: tuple[float, float]
    code_verified: bool = True

    @property
    def duty_phone(self) -> str | None:
        """Return an invented number of its command post: no subscriber's number begins with a nought."""
        if not self.code.startswith(("云29", "吉75")):
            return None
        area = "0872" if self.code.startswith("云") else "0432"
        return f"{area}-000{self.code[1:]:0<4}"


COURTS = (
    DemoCourt("spc", "最高法", "最高人民法院", "Supreme People's Court", "supreme", None, (116.402, 39.902)),
    DemoCourt("yunnan", "云", "云南省高级人民法院", "Yunnan High Court", "high", "spc", (102.709, 25.046)),
    DemoCourt(
        "dali",
        "云29",
        "大理白族自治州中级人民法院",
        "Dali Intermediate Court",
        "intermediate",
        "yunnan",
        (100.267, 25.606),
    ),
    DemoCourt("dalishi", "云2901", "大理市人民法院", "Dali City Court", "basic", "dali", (100.230, 25.594)),
    DemoCourt(
        "yangbi", "云2922", "漾濞彝族自治县人民法院", "Yangbi County Court", "basic", "dali", (99.958, 25.670)
    ),
    DemoCourt(
        "xiangyun", "云2923", "祥云县人民法院", "Xiangyun County Court", "basic", "dali", (100.551, 25.484)
    ),
    DemoCourt(
        "binchuan", "云2924", "宾川县人民法院", "Binchuan County Court", "basic", "dali", (100.590, 25.829)
    ),
    DemoCourt("midu", "云2925", "弥渡县人民法院", "Midu County Court", "basic", "dali", (100.491, 25.344)),
    DemoCourt(
        "nanjian",
        "云2926",
        "南涧彝族自治县人民法院",
        "Nanjian County Court",
        "basic",
        "dali",
        (100.510, 25.044),
    ),
    DemoCourt(
        "weishan",
        "云2927",
        "巍山彝族回族自治县人民法院",
        "Weishan County Court",
        "basic",
        "dali",
        (100.307, 25.227),
    ),
    DemoCourt(
        "yongping", "云2928", "永平县人民法院", "Yongping County Court", "basic", "dali", (99.541, 25.465)
    ),
    DemoCourt(
        "yunlong", "云2929", "云龙县人民法院", "Yunlong County Court", "basic", "dali", (99.371, 25.886)
    ),
    DemoCourt("eryuan", "云2930", "洱源县人民法院", "Eryuan County Court", "basic", "dali", (99.951, 26.111)),
    DemoCourt(
        "jianchuan", "云2931", "剑川县人民法院", "Jianchuan County Court", "basic", "dali", (99.906, 26.537)
    ),
    DemoCourt(
        "heqing", "云2932", "鹤庆县人民法院", "Heqing County Court", "basic", "dali", (100.177, 26.560)
    ),
    DemoCourt("jilin", "吉", "吉林省高级人民法院", "Jilin High Court", "high", "spc", (125.325, 43.897)),
    DemoCourt(
        "changchun_forest",
        "吉75",
        "长春林区中级法院",
        "Changchun Forest Intermediate Court",
        "intermediate",
        "jilin",
        (125.323, 43.817),
    ),
    DemoCourt(
        "baishishan",
        "吉7505",
        "白石山林区基层法院",
        "Baishishan Forest Court",
        "basic",
        "changchun_forest",
        (127.560, 43.583),
        code_verified=False,
    ),
)
