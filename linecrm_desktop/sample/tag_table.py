"""The 64 tags of the sample shop, with what each helps decide. Twenty-three decide nothing, as in real shops.

Names in Chinese, and English ones that are not marked for translation, are tags of an old system: they are the same in
every language, so that the shop has its look-alikes and its leftovers whoever makes it.
"""

from dataclasses import dataclass

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.sample.goods import HOME
from linecrm_desktop.sample.people import CORE_AGAIN, RECENTLY, Cell
from linecrm_desktop.text import N_

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
    SampleTag(N_("Instagram ads"), _S, N_("Which welcome path to start"), "Amy"),
    SampleTag(N_("Store QR code"), _S, N_("Which welcome path to start"), "Amy"),
    SampleTag(N_("Package card"), _S, N_("Who gets care tips with the first box"), "Amy"),
    SampleTag(N_("Website"), _S, N_("Which welcome path to start"), "Amy"),
    SampleTag(N_("Referral"), _S, N_("Whom to thank, and who needs less explaining"), "Amy"),
    SampleTag(N_("Livestream"), _S, N_("Whom to invite to the next livestream"), "小安"),
    SampleTag("松菸市集", _S, N_("Whom to invite to the next market"), "小安", newest=39),
    SampleTag("FB", _S, newest=41),
    SampleTag("IG廣告", _S, newest=112),
    SampleTag("門市QR", _S, newest=120),
    SampleTag("好友推薦", _S, newest=131),
    SampleTag(N_("Anti-ageing"), _I, N_("Offer the missing routine step"), "小安"),
    SampleTag(N_("Serum"), _I, N_("When to remind a buyer to refill, and which routine step to show next."), "小安"),
    SampleTag("精華液", _I, newest=9),
    SampleTag(N_("Dresses"), _I, N_("Who gets styling before an offer"), "小安"),
    SampleTag(N_("Linen"), _I, N_("Who hears about linen first"), "小安"),
    SampleTag(HOME, _I, N_("Who hears about linen for the house"), "小安"),
    SampleTag(N_("Sunscreen"), _I, N_("Whom to remind in April"), "小安", 3, 486),
    SampleTag(N_("Night cream"), _I, N_("Who has the night step already"), "小安", 2, 372),
    SampleTag(N_("Toner"), _I, N_("Which size to offer"), "小安", 4, 301),
    SampleTag(N_("Cleanser"), _I, N_("Who starts a routine"), "小安", 5, 288),
    SampleTag(N_("Body care"), _I, N_("Who gets the winter set"), "小安", 6, 254),
    SampleTag(N_("Fragrance"), _I, newest=8, count=143),
    SampleTag(N_("Gift sets"), _I, N_("Who hears about gifts in December"), "小安", 12, 267),
    SampleTag("男士保養", _I, newest=14, count=118),
    SampleTag("Sunscreen 防曬", _I, newest=134, count=151),
    SampleTag("亞麻", _I, newest=147, count=132),
    SampleTag("禮盒", _I, newest=301, count=84),
    SampleTag(N_("New friend"), _G, N_("Who gets the welcome path"), "Amy", rule=N_("joined in 30 days, no order")),
    SampleTag(N_("First purchase"), _G, N_("Who gets care tips instead of an offer"), "Amy", rule=N_("1 order")),
    SampleTag(N_("Repeat buyer"), _G, N_("Who gets refill reminders"), "Amy", rule=N_("2 or more orders")),
    SampleTag(N_("Left a cart"), _G, N_("Whom to ask what was missing"), "Amy", 1, 164),
    SampleTag(N_("Compares"), _G, N_("Who gets comparison and proof"), "小安", 2, 233),
    SampleTag(N_("Lapsed"), _G, N_("Who gets one last useful message"), "Amy", 3, 590, among=CORE_AGAIN),
    SampleTag("回購客", _G, newest=166, count=418, among=_BUYERS),
    SampleTag("看看而已", _G, newest=188, count=95),
    SampleTag("VIP", _V, N_("Who may book a consultation"), "Amy", 5),
    SampleTag("VIP客", _V, newest=255, count=812, among=_BUYERS),
    SampleTag(N_("Waits for discount"), _V, N_("Leave out of early access"), "Amy", 2),
    SampleTag(N_("Often returns"), _V, N_("Leave out of bundles"), "Amy", 2),
    SampleTag(N_("Free-shipping close"), _V, N_("Who gets a small add-on shown"), "Amy", 1),
    SampleTag("銀霧會員", _V, N_("Which perk to mention"), "Amy", 6, 560, among=_BUYERS),
    SampleTag("金霧會員", _V, N_("Which perk to mention"), "Amy", 6, 190, among=_BUYERS),
    SampleTag(N_("Birthday in November"), _V, N_("Who gets a birthday card"), "小安", 11, 187),
    SampleTag("大戶", _V, newest=277, count=63, among=_BUYERS),
    SampleTag(N_("Clicks often"), _E, N_("Send comparison and proof"), "小安", rule=N_("2 or more clicks in 30 days")),
    SampleTag(N_("Active this season"), _E, N_("Who sees a sale a day early"), "小安"),
    SampleTag(N_("Uses the menu"), _E, N_("Who needs no explaining"), "小安", 1, 402),
    SampleTag(N_("Writes to us"), _E, N_("Who gets a personal answer"), "小安", 1, 256),
    SampleTag(N_("Filled in the quiz"), _E, N_("Which advice to give"), "小安", 2, 344),
    SampleTag(N_("Used a coupon"), _E, N_("Who may get one again"), "Amy", 4, 521, among=_BUYERS),
    SampleTag(N_("Watches livestreams"), _E, N_("When to go live"), "小安", 10, 176),
    SampleTag("2024 夏日市集", _E, newest=310, count=41),
    SampleTag("2025 抽獎活動", _E, newest=222, count=288),
    SampleTag("週年慶 2023", _E, newest=340, count=137),
    SampleTag(N_("Sensitive skin"), _C, N_("Never leave this computer"), "Amy", 5, 173, is_sensitive=True),
    SampleTag(N_("Order notices only"), _C, N_("Who never gets offers"), "Amy", 7, 58),
    SampleTag(N_("Told at the counter"), _C, N_("Whom to show notice v3 again"), "Amy", 16, 311),
    SampleTag("個資同意", _C, newest=204, count=402),
    SampleTag("0815", _N, newest=454, count=133),
    SampleTag("測試", _N, newest=75, count=6),
    SampleTag("小安備註", _N, newest=40, count=22),
    SampleTag("舊系統", _N, newest=400, count=520),
    SampleTag("A組", _N, newest=181, count=208),
)
