"""Made-up people: names in four languages, phones, e-mail addresses and LINE user ids that belong to nobody."""

from random import Random

_FAMILY = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾游詹胡施沈余盧梁趙顏柯翁魏孫戴"
_GIVEN = (
    *("怡君 雅婷 詩涵 雅筑 柏翰 佩珊 家瑋 宇辰 子晴 冠廷 芷瑄 子萱 佳穎 承恩 書妤 品妤 淑芬 美玲 雅雯 志明".split()),
    *("俊傑 建宏 思妤 欣怡 筱涵 郁婷 佳蓉 宜蓁 靜宜 惠雯 雅琪 婉婷 孟潔 心怡 于庭 映彤 苡安 沛瑜 昀臻 采蓁".split()),
    *("彥廷 冠宇 家豪 宗翰 哲瑋 品睿 承翰 宥廷 睿恩 柏宇 羽彤 語彤 亭妤 巧柔 雨潔 恩慈 以柔 若瑜 曉雯 慧君".split()),
    *("秀英 麗華 玉珍 素貞 月娥 淑惠 美惠 秀琴 麗娟 貴美 若晴 可欣 安琪 嘉玲 怡萱 佑芯 思涵 筠婷 瑞恩 育誠".split()),
)
_NICKS = (
    *("Tina Zoe Amy Joy Emma Vivi Kelly Mia Iris Nina Peggy Sandy Eva Grace".split()),
    *("Jenny Lily Sharon Wendy Yuki Cindy Kevin Jason Leo Eric Allen Ray Ian Ken".split()),
)
_JAPANESE = (
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤".split(),
    "美咲 葵 さくら 陽菜 結衣 七海 遥 真由 優子 恵 彩花 千尋".split(),
)
_THAI = (
    "พลอย ณัฐ มินตรา สุดา อรทัย กนก ปวีณา วรรณา ชลธิชา พิมพ์ Ploy Fah Nok May".split(),
    "ศรีสุข ทองดี ใจดี แสงทอง วงศ์ดี บุญมา S. K. P. T.".split(),
)
_ENGLISH = (
    "Hannah Claire Oliver Sophie Daniel Megan Laura Ben Alice Rachel".split(),
    "Miller Clark Evans Wright Hughes Turner Brooks Reid".split(),
)
_PREFIXES = ("0910", "0911", "0912", "0921", "0928", "0932", "0937", "0955", "0963", "0972", "0975", "0981", "0987")


def person(rng: Random) -> tuple[str, str]:
    """Return a name and the word that an e-mail address of this person begins with."""
    nick = rng.choice(_NICKS)
    draw = rng.random()
    if draw < 0.03:
        return "".join(rng.choice(part) for part in _JAPANESE), nick.lower()
    if draw < 0.055:
        return " ".join(rng.choice(part) for part in _THAI), nick.lower()
    if draw < 0.085:
        first = rng.choice(_ENGLISH[0])
        return f"{first} {rng.choice(_ENGLISH[1])}", first.lower()
    name = rng.choice(_FAMILY) + rng.choice(_GIVEN)
    return (f"{name} {nick}" if rng.random() < 0.12 else name), nick.lower()


def phones(rng: Random, count: int, taken: str) -> list[str]:
    """Return different mobile numbers as people write them in Taiwan; `taken` is not among them."""
    found: dict[str, None] = {}
    while len(found) < count:
        digits = f"{rng.randrange(1_000_000):06d}"
        phone = f"{rng.choice(_PREFIXES)}-{digits[:3]}-{digits[3:]}"
        if phone != taken:
            found[phone] = None
    return list(found)


def line_id(rng: Random) -> str:
    """Return a LINE user id that nobody has."""
    return f"U{rng.getrandbits(128):032x}"
