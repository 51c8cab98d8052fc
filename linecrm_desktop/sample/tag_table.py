"""The 64 tags of the sample shop, with what each helps decide. Twenty-three decide nothing, as in real shops."""

from dataclasses import dataclass

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.sample.people import CORE_AGAIN, RECENTLY, Cell

_S, _I, _G, _V = TagType.SOURCE, TagType.INTEREST, TagType.STAGE, TagType.VALUE
_E, _C, _N = TagType.ENGAGEMENT, TagType.CONSENT, TagType.NONE


@dataclass(frozen=True, slots=True)
class SampleTag:
    """One tag. `newest`: days since a friend last got it; `count`: friends, 0 where a rule decides who carries it."""

    name: str
    type: TagType
    helps_decide: str = ""
    owner: str = ""
    newest: int = 1
    count: int = 0
    rule: str = ""
    """Why friends carry it, in the shop's words; empty: it came with the file."""
    is_sensitive: bool = False
    among: tuple[Cell, ...] = ()
    """The cells whose friends may carry it; none: all."""


_BUYERS = (*CORE_AGAIN, *RECENTLY)
TAGS = (
    SampleTag("Instagram ads", _S, "Which welcome path to start", "Amy"),
    SampleTag("Store QR code", _S, "Which welcome path to start", "Amy"),
    SampleTag("Package card", _S, "Who gets care tips with the first box", "Amy"),
    SampleTag("Website", _S, "Which welcome path to start", "Amy"),
    SampleTag("Referral", _S, "Whom to thank, and who needs less explaining", "Amy"),
    SampleTag("Livestream", _S, "Whom to invite to the next livestream", "小安"),
    SampleTag("松菸市集", _S, "Whom to invite to the next market", "小安", newest=39),
    SampleTag("FB", _S, newest=41),
    SampleTag("IG廣告", _S, newest=112),
    SampleTag("門市QR", _S, newest=120),
    SampleTag("好友推薦", _S, newest=131),
    SampleTag("Anti-ageing", _I, "Offer the missing routine step", "小安"),
    SampleTag("Serum", _I, "When to remind a buyer to refill, and which routine step to show next.", "小安"),
    SampleTag("精華液", _I, newest=9),
    SampleTag("Dresses", _I, "Who gets styling before an offer", "小安"),
    SampleTag("Linen", _I, "Who hears about linen first", "小安"),
    SampleTag("Home", _I, "Who hears about linen for the house", "小安"),
    SampleTag("Sunscreen", _I, "Whom to remind in April", "小安", 3, 486),
    SampleTag("Night cream", _I, "Who has the night step already", "小安", 2, 372),
    SampleTag("Toner", _I, "Which size to offer", "小安", 4, 301),
    SampleTag("Cleanser", _I, "Who starts a routine", "小安", 5, 288),
    SampleTag("Body care", _I, "Who gets the winter set", "小安", 6, 254),
    SampleTag("Fragrance", _I, newest=8, count=143),
    SampleTag("Gift sets", _I, "Who hears about gifts in December", "小安", 12, 267),
    SampleTag("男士保養", _I, newest=14, count=118),
    SampleTag("Sunscreen 防曬", _I, newest=134, count=151),
    SampleTag("亞麻", _I, newest=147, count=132),
    SampleTag("禮盒", _I, newest=301, count=84),
    SampleTag("New friend", _G, "Who gets the welcome path", "Amy", rule="joined in 30 days, no order"),
    SampleTag("First purchase", _G, "Who gets care tips instead of an offer", "Amy", rule="1 order"),
    SampleTag("Repeat buyer", _G, "Who gets refill reminders", "Amy", rule="2 or more orders"),
    SampleTag("Left a cart", _G, "Whom to ask what was missing", "Amy", 1, 164),
    SampleTag("Compares", _G, "Who gets comparison and proof", "小安", 2, 233),
    SampleTag("Lapsed", _G, "Who gets one last useful message", "Amy", 3, 590, among=CORE_AGAIN),
    SampleTag("回購客", _G, newest=166, count=418, among=_BUYERS),
    SampleTag("看看而已", _G, newest=188, count=95),
    SampleTag("VIP", _V, "Who may book a consultation", "Amy", 5),
    SampleTag("VIP客", _V, newest=255, count=812, among=_BUYERS),
    SampleTag("Waits for discount", _V, "Leave out of early access", "Amy", 2),
    SampleTag("Often returns", _V, "Leave out of bundles", "Amy", 2),
    SampleTag("Free-shipping close", _V, "Who gets a small add-on shown", "Amy", 1),
    SampleTag("銀霧會員", _V, "Which perk to mention", "Amy", 6, 560, among=_BUYERS),
    SampleTag("金霧會員", _V, "Which perk to mention", "Amy", 6, 190, among=_BUYERS),
    SampleTag("Birthday in November", _V, "Who gets a birthday card", "小安", 11, 187),
    SampleTag("大戶", _V, newest=277, count=63, among=_BUYERS),
    SampleTag("Clicks often", _E, "Send comparison and proof", "小安", rule="2 or more clicks in 30 days"),
    SampleTag("Active this season", _E, "Who sees a sale a day early", "小安"),
    SampleTag("Uses the menu", _E, "Who needs no explaining", "小安", 1, 402),
    SampleTag("Writes to us", _E, "Who gets a personal answer", "小安", 1, 256),
    SampleTag("Filled in the quiz", _E, "Which advice to give", "小安", 2, 344),
    SampleTag("Used a coupon", _E, "Who may get one again", "Amy", 4, 521, among=_BUYERS),
    SampleTag("Watches livestreams", _E, "When to go live", "小安", 10, 176),
    SampleTag("2024 夏日市集", _E, newest=310, count=41),
    SampleTag("2025 抽獎活動", _E, newest=222, count=288),
    SampleTag("週年慶 2023", _E, newest=340, count=137),
    SampleTag("Sensitive skin", _C, "Never leave this computer", "Amy", 5, 173, is_sensitive=True),
    SampleTag("Order notices only", _C, "Who never gets offers", "Amy", 7, 58),
    SampleTag("Told at the counter", _C, "Whom to show notice v3 again", "Amy", 16, 311),
    SampleTag("個資同意", _C, newest=204, count=402),
    SampleTag("0815", _N, newest=454, count=133),
    SampleTag("測試", _N, newest=75, count=6),
    SampleTag("小安備註", _N, newest=40, count=22),
    SampleTag("舊系統", _N, newest=400, count=520),
    SampleTag("A組", _N, newest=181, count=208),
)
