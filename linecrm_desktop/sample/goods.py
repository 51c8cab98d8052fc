"""What the sample shop sells, and what its messages and menus are about."""

SERUM = "Serum"
LINEN = "Linen"

GOODS: dict[str, tuple[tuple[str, int], ...]] = {
    SERUM: (
        ("Niacinamide serum 菸鹼醯胺精華液", 1280),
        ("Bakuchiol serum 補骨脂酚精華液", 1480),
        ("Trial set 精華試用組", 690),
    ),
    "Night cream": (("Night cream 晚霜", 1480), ("Sleeping mask 晚安凍膜", 890)),
    "Toner": (("Rice toner 米萃化妝水", 780), ("Mist 晨霧噴霧", 620)),
    "Sunscreen": (("Daily sunscreen 日常防曬", 680),),
    "Cleanser": (("Amino cleanser 胺基酸潔面", 520), ("Cleansing balm 卸妝膏", 760)),
    "Body care": (("Hand cream 護手霜", 380), ("Body oil 身體油", 980)),
    LINEN: (("Linen shirt 亞麻襯衫", 1880), ("Linen trousers 亞麻寬褲", 2180), ("Linen scarf 亞麻披巾", 980)),
    "Dresses": (("Wrap dress 綁帶洋裝", 2480), ("Linen dress 亞麻洋裝", 2880)),
    "Home": (("Linen towel 亞麻毛巾", 580), ("Room spray 空間噴霧", 720)),
    "Gift sets": (("Morning set 晨光禮盒", 2680),),
}
"""Products with their prices (NT$) by category."""

OTHER = tuple(category for category in GOODS if category != SERUM)

LINKS: dict[str, tuple[str, ...]] = {
    SERUM: ("Retinal or bakuchiol?", "When is a serum empty?", "How to layer"),
    "Night cream": ("The missing night step", "Serum + cream set"),
    "Sunscreen": ("Sunscreen on top of serum",),
    LINEN: ("Linen new arrivals", "How to wash linen"),
    "Dresses": ("Five ways to wear one dress", "Dresses for the weekend"),
    "Home": ("A calm bathroom",),
    "Gift sets": ("Gifts under NT$3,000",),
}
"""Links that friends clicked, by category."""

MENU = ("Skin quiz", "My orders", "Get offers", "Find the shop", "New this week")
SURVEY = ("Skin quiz: dry", "Skin quiz: oily", "Skin quiz: combination")
REPLIES = ("請問這瓶還有貨嗎？", "謝謝，收到了！", "可以到店自取嗎？", "Do you ship to Japan?")
COUPONS = ("Welcome NT$100", "11.11 early access", "Birthday gift")
PAGES = ("Product page", "Cart", "Journal: morning routine")
