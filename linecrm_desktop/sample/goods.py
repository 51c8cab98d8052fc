"""What the sample shop sells, and what its messages and menus are about."""

from linecrm_desktop.text import N_

SERUM = N_("goods|Serum")
LINEN = "Linen"
HOME = N_("goods|Home")

GOODS: dict[str, tuple[tuple[str, int], ...]] = {
    SERUM: (
        (N_("Niacinamide serum 菸鹼醯胺精華液"), 1280),
        (N_("Bakuchiol serum 補骨脂酚精華液"), 1480),
        (N_("Trial set 精華試用組"), 690),
    ),
    "Night cream": ((N_("Night cream 晚霜"), 1480), (N_("Sleeping mask 晚安凍膜"), 890)),
    "Toner": ((N_("Rice toner 米萃化妝水"), 780), (N_("Mist 晨霧噴霧"), 620)),
    "Sunscreen": ((N_("Daily sunscreen 日常防曬"), 680),),
    "Cleanser": ((N_("Amino cleanser 胺基酸潔面"), 520), (N_("Cleansing balm 卸妝膏"), 760)),
    "Body care": ((N_("Hand cream 護手霜"), 380), (N_("Body oil 身體油"), 980)),
    LINEN: (
        (N_("Linen shirt 亞麻襯衫"), 1880),
        (N_("Linen trousers 亞麻寬褲"), 2180),
        (N_("Linen scarf 亞麻披巾"), 980),
    ),
    "Dresses": ((N_("Wrap dress 綁帶洋裝"), 2480), (N_("Linen dress 亞麻洋裝"), 2880)),
    HOME: ((N_("Linen towel 亞麻毛巾"), 580), (N_("Room spray 空間噴霧"), 720)),
    "Gift sets": ((N_("Morning set 晨光禮盒"), 2680),),
}
"""Products with their prices (NT$) by category."""

OTHER = tuple(category for category in GOODS if category != SERUM)

LINKS: dict[str, tuple[str, ...]] = {
    SERUM: (N_("Retinal or bakuchiol?"), N_("When is a serum empty?"), N_("How to layer")),
    "Night cream": (N_("The missing night step"), N_("Serum + cream set")),
    "Sunscreen": (N_("Sunscreen on top of serum"),),
    LINEN: (N_("Linen new arrivals"), N_("How to wash linen")),
    "Dresses": (N_("Five ways to wear one dress"), N_("Dresses for the weekend")),
    HOME: (N_("A calm bathroom"),),
    "Gift sets": (N_("Gifts under NT$3,000"),),
}
"""Links that friends clicked, by category."""

MENU = (N_("Skin quiz"), N_("My orders"), N_("Get offers"), N_("Find the shop"), N_("New this week"))
SURVEY = (N_("Skin quiz: dry"), N_("Skin quiz: oily"), N_("Skin quiz: combination"))
REPLIES = ("請問這瓶還有貨嗎？", "謝謝，收到了！", "可以到店自取嗎？", "Do you ship to Japan?")
"""What friends wrote is in the language of each of them, whoever makes the shop."""
COUPONS = (N_("Welcome NT$100"), N_("11.11 early access"), N_("Birthday gift"))
PAGES = (N_("Product page"), N_("Cart"), N_("Journal: morning routine"))
