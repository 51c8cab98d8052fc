"""A shop of 200 tags with planted faults: each fault with the check that must find it, and the tags that are sound."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from linecrm_desktop.audit.findings import Check
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tag import FriendTag, TagOrigin, TagType
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from tests.maker import Maker

FRIENDS = 2_000
SOUND = """
精華液 乳霜 面膜 防曬 洗面乳 卸妝 彩妝 口紅 香水 洋裝 裙子 褲子 牛仔褲 襯衫 外套 運動鞋 包包 後背包 飾品 尿布
奶粉 玩具 寵物 咖啡 抹茶 零食 蛋糕 麵包 巧克力 水果 紅酒 禮盒 保健食品 膠原蛋白 維他命 瘦身 健身 瑜珈 露營
家具 廚具 寢具 耳機 手機殼 文具 蠟燭 香氛 鮮花 植栽 帳篷 เซรั่มบำรุงผม ผ้าพันคอ หมวก ถุงเท้า แว่นตา นาฬิกา ร่ม
สบู่ น้ำผึ้ง ข้าวกล้อง ซอสพริก พริกแกง เครื่องเทศ น้ำปลา ผ้าไหม 傘 箸 急須 浴衣 帯 扇子 風呂敷 手ぬぐい 湯のみ
土鍋 包丁 まな板 座布団 のれん 花瓶 盆栽鋏 絵葉書 万年筆 便箋 消しゴム Umbrellas Scarves Gloves Sunglasses
Watches Belts Ties Kettles Teapots Mugs Lamps Rugs Curtains Cushions Mirrors Clocks Vases Bicycles Helmets
Skateboards Surfboards Rackets Telescopes Microscopes Guitars Pianos Violins Drums Puzzles Chess Drones
Cameras Lenses Tripods Printers Keyboards Monitors Routers Batteries Torches Hammocks Kayaks Compasses
""".split()
"""Names of sound tags, no two of which say the same."""


@dataclass
class Seeded:
    """The planted faults as (check, tags), and the tags without any."""

    faults: list[tuple[Check, frozenset[int]]] = field(default_factory=list[tuple[Check, frozenset[int]]])
    sound: set[int] = field(default_factory=set[int])
    tags: int = 0


class Planter:
    """Fills a shop; everything that is not said is sound."""

    def __init__(self, session: Session, make: Maker, seed: int) -> None:
        self.session, self.make, self.random = session, make, random.Random(seed)
        self.shop = Seeded()
        self.friends = list(range(1, FRIENDS + 1))
        known = {"collected_through": "checkout", "informed": Answer.YES, "can_opt_out": Answer.YES}
        rows = [
            {"line_user_id": f"U{at:032x}", "name": f"F{at}", "created_at": make.now, **known} for at in self.friends
        ]
        session.execute(insert(Friend), rows)

    def tag(self, name: str, friends: Iterable[int] | int = 150, type: TagType = TagType.INTEREST, **said: Any) -> int:
        """Make a tag that is sound but for what is said: `hand` share, `days` since it was given, `sent`, `used`."""
        hand, days = said.pop("hand", 0.0), said.pop("days", 3)
        used, sent, segment_days = said.pop("used", True), said.pop("sent", True), said.pop("segment_days", 200)
        columns = {"helps_decide": "Whom to write to", "owner": "Amy", "created_at": self.make.ago(300)} | said
        tag = self.make.tag(self.session, name, type, name_key=f"{self.shop.tags}", **columns)
        self.shop.tags += 1
        some = self.random.sample(self.friends, friends) if isinstance(friends, int) else list(friends)
        by_hand = int(hand * len(some) + 0.5)
        since = self.make.ago(days)
        rows = [
            {
                "tag_id": tag,
                "friend_id": friend,
                "origin": TagOrigin.HAND if at < by_hand else TagOrigin.RULE,
                "since": since - timedelta(hours=at % 5),
                "evidence": "",
                "batch_id": None,
            }
            for at, friend in enumerate(some)
        ]
        if rows:
            self.session.execute(insert(FriendTag), rows)
        if used:
            self._use(tag, self.make.ago(segment_days), sent)
        return tag

    def fault(self, check: Check, *tags: int) -> None:
        self.shop.faults.append((check, frozenset(tags)))

    def _use(self, tag: int, at: datetime, sent: bool) -> None:
        name, rule = f"Segment of {tag}", codec.to_json(AllOf((HasTag((tag,)),)))
        row = Segment(name=name, helps_decide="x", rule=rule, created_at=at, changed_at=at)
        self.session.add(row)
        self.session.flush()
        if sent:
            columns = {"segment_name": name, "state": CampaignState.DONE, "started_at": self.make.ago(20)}
            self.make.campaign(self.session, **columns)


def plant(session: Session, make: Maker, seed: int) -> Seeded:
    """Make the shop: 140 sound tags, and 60 faults of all checks."""
    plan = Planter(session, make, seed)
    everybody = list(plan.friends)
    sources = [
        plan.tag(f"{place} stand", everybody[at::3], TagType.SOURCE)
        for at, place in enumerate(("Left", "Pier", "Dome"))
    ]
    names = plan.random.sample(SOUND, 120)
    plan.shop.sound = {*sources, *(plan.tag(name, plan.random.randint(90, 400)) for name in names)}
    _names(plan)
    _people(plan)
    _single(plan)
    _two_groups(plan)
    return plan.shop


def _names(plan: Planter) -> None:
    for one, other in (
        ("高 消費", "【高消費】✨"),
        ("ＯＵＴＬＥＴ客", "outlet客"),
        ("護髮乳液體驗", "护发乳液体验"),
        ("ラグジュアリー", "らぐじゅあり"),
    ):
        plan.fault(Check.SAME_NAME, plan.tag(one, type=TagType.VALUE), plan.tag(other, type=TagType.VALUE))
    for one, other in (
        ("Camemberts", "Camambert"),
        ("蔓越莓果乾", "蔓越莓果乾類"),
        ("คุกกี้เนยสด", "คุ้กกี้เนยสด"),
        ("Fountain pens", "Fontain pens"),
    ):
        plan.fault(Check.NEAR_NAME, plan.tag(one), plan.tag(other))
    for name in ("Spring catalogue 2026 edition", "門市週年慶滿千送百限量贈品名單與候補者通知用", "価値_ハイキング"):
        plan.fault(Check.BAD_NAME, plan.tag(name))
    for name in ("王小明 0912-345-678", "mei@example.tw", "ID A123456789"):
        plan.fault(Check.PERSONAL, plan.tag(name))
    for name in ("糖尿病", "มุสลิม", "借金あり"):
        plan.fault(Check.SENSITIVE, plan.tag(name, type=TagType.VALUE))


def _people(plan: Planter) -> None:
    for one, other in (("Origami", "Calligraphy"), ("Fencing", "Judo"), ("Opera", "Ballet")):
        some = plan.random.sample(plan.friends, 200)
        plan.fault(Check.SAME_PEOPLE, plan.tag(one, some), plan.tag(other, some[:185]))
    for one, other in (("Archery", "Sailing"), ("Chess clubs", "Harps"), ("Trombones", "Beekeeping")):
        some = plan.random.sample(plan.friends, 300)
        plan.fault(Check.CONTAINED, plan.tag(one, some), plan.tag(other, some[:100]))
    for one, other in (("首購客", "回購客"), ("金卡會員", "銀卡會員"), ("茶會已報名", "茶會未報名")):
        some = plan.random.sample(plan.friends, 200)
        plan.fault(
            Check.CONTRADICTION,
            plan.tag(one, some[:110], TagType.STAGE),
            plan.tag(other, some[105:], TagType.STAGE),
        )


def _single(plan: Planter) -> None:
    for number, name in enumerate("Kites Marbles Yoyos Stilts Whistles".split()):
        plan.fault(Check.NO_DECISION, plan.tag(name, helps_decide="  " if number else ""))
    for number, name in enumerate("Gramophones Abacuses Quills Sundials".split()):
        plan.fault(Check.UNUSED, plan.tag(name, 0 if number < 2 else 120, used=False, days=120))
    for name in "Lanterns Anvils Bellows Looms".split():
        plan.fault(Check.NEVER_SENT, plan.tag(name, sent=False, segment_days=90))
    for name in "Falconry Curling Luge Bandy".split():
        plan.fault(Check.TOO_SMALL, plan.tag(name, 30))
    plan.fault(Check.TOO_BROAD, plan.tag("Everyone", 1300))
    for name, type, days in (
        ("Deciding", TagType.STAGE, 70),
        ("Trying out", TagType.STAGE, 61),
        ("Snorkels", TagType.INTEREST, 190),
        ("Chatty", TagType.ENGAGEMENT, 40),
        ("Curious", TagType.ENGAGEMENT, 31),
    ):
        plan.fault(Check.STALE, plan.tag(name, type=type, days=days))
    for name in "Tambourines Ocarinas Lutes Zithers Bagpipes".split():
        plan.fault(Check.NO_OWNER, plan.tag(name, owner=" "))
    for name in "Truffles Saffron Caviar".split():
        plan.fault(Check.GUESSWORK, plan.tag(name, hand=0.9))
    plan.fault(Check.TOO_SMALL, plan.tag("Biathlon", 49))


def _two_groups(plan: Planter) -> None:
    """Two tags whose friends bought the one or the other, in a shop where everybody buys anything."""
    goods = [f"goods {number}" for number in range(12)]
    for at, name in enumerate(("Handmade", "Imported")):
        some = plan.random.sample(plan.friends, 200)
        plan.fault(Check.MIXED, plan.tag(name, some))
        for number, friend in enumerate(some):
            _buy(plan, friend, goods[2 * at + number % 2])
    for friend in plan.random.sample(plan.friends, 1200):
        _buy(plan, friend, plan.random.choice(goods[4:]))


def _buy(plan: Planter, friend: int, what: str) -> None:
    plan.make.order(plan.session, friend, lines=[("x", what, 1)])
