"""Phones, addresses, ids: what finds a person, what does not, and rows that speak of the same person."""

from collections.abc import Iterator

from tests.imports.corpus.truth import LINE, Entry, csv, new, numbered, text

_FORMS = {
    "TW": ("+886912345678", "0912345678|0912-345-678|0912 345 678|+886912345678|+886 912-345-678|886912345678"),
    "JP": (
        "+819012345678",
        "090-1234-5678|09012345678|9012345678|+81 90-1234-5678|０９０－１２３４－５６７８|090(1234)5678",
    ),
    "TH": ("+66812345678", "081-234-5678|0812345678|+66812345678|812345678|66812345678|081 234 5678"),
}
_MORE = {
    "TW": '00886912345678|912345678|\'0912345678|="0912345678"|０９１２３４５６７８|(0912)345678|0912.345.678',
    "JP": "090ー1234ー5678|'09012345678|+819012345678",
    "TH": '\'0812345678|="0812345678"',
}


def phones() -> Iterator[Entry]:
    """Numbers as people and spreadsheets write them."""
    for country, (number, forms) in _FORMS.items():
        cells = [*forms.split("|"), *_MORE[country].split("|")]
        truth = {str(place): {"phone": number} for place in range(1, len(cells) + 1)}
        yield csv(f"phones_{country}", *numbered("member number,phone", cells), country=country, friends=truth)
    cells = ["+819012345678", "+66812345678", "+852 9123 4567", "(02)2345-6789", "02-2345-6789", "(02)2345-6789#12"]
    said = ["+819012345678", "+66812345678", "+85291234567", *["+886223456789"] * 3]
    truth = {str(place): {"phone": phone} for place, phone in enumerate(said, start=1)}
    yield csv("phones_from_elsewhere", *numbered("member number,phone", cells), friends=truth)
    cells = ["0912***678", "09********", "9.12E+08", "9.12346E+08", "8.86912E+11", "-", "", "n/a"]
    flags = {2: "masked", 3: "masked", 4: "damaged", 5: "damaged", 6: "damaged"}
    truth = {str(place): {"phone": None} for place in range(1, 9)}
    yield csv("phones_that_are_no_key", *numbered("member number,phone", cells), flagged=flags, friends=truth)
    cells = ["0912", "no phone", "0912345678901234567"]
    yield csv("phones_that_are_none", *numbered("member number,phone", cells), rows=dict.fromkeys((2, 3, 4), "phone"))
    alone = ("手機,姓名", "9.12346E+08,Mei", "09********,Lin", "0912345678,Kai")
    yield csv("phones_as_the_only_key", *alone, rows={2: "damaged", 3: "masked", 4: "new"}, friends={"Kai": {}})


def addresses() -> Iterator[Entry]:
    """E-mail addresses, LINE user ids and member numbers."""
    cells = ["Mei@Example.TW", " lin@example.tw ", "'kai+tea@example.tw", "ｗｕ＠example.tw"]
    said = ["mei@example.tw", "lin@example.tw", "'kai+tea@example.tw", "wu@example.tw"]
    truth = {str(place): {"email": address} for place, address in enumerate(said, start=1)}
    yield csv("e-mails", *numbered("member number,e-mail", cells), friends=truth)
    cells = ["x12@pc.fw.rakuten.ne.jp", "a1b2@privaterelay.appleid.com", "m***@example.tw"]
    flags = {2: "relay", 3: "relay", 4: "masked"}
    truth = {str(place): {"email": None} for place in (1, 2, 3)}
    yield csv("e-mails_that_are_no_key", *numbered("member number,e-mail", cells), flagged=flags, friends=truth)
    yield csv("e-mails_that_are_none", "member number,e-mail", "1,mei at example", rows={2: "email"}, friends={})
    wrong = [LINE(0xABCDEF).upper(), LINE(3)[:-1], LINE(4) + "0", "U123", "C" + LINE(5)[1:]]
    rows = {2: "new", **dict.fromkeys(range(3, 8), "line_id")}
    lines = ("line user id,name", f"{LINE(1)},Mei", *(f"{ident},Lin" for ident in wrong))
    yield csv("line_ids", *lines, rows=rows, friends={LINE(1): {"name": "Mei"}})
    beside = ("member number,line user id", f"1,{LINE(1)}", f"2,{wrong[0]}")
    truth = {"1": {"line": LINE(1)}, "2": {"line": None}}
    yield csv("line_ids_beside_a_number", *beside, flagged={3: "line_id"}, friends=truth)
    numbers = (
        "member number,name",
        "007,Bond",
        "7,Seven",
        "'0042,Lin",
        '"=""0043""",Kai',
        "1.00E+12,Lost",
        "M-*7,Masked",
    )
    rows = {**new(2, 5), 6: "damaged", 7: "masked"}
    yield csv("member_numbers", *numbers, rows=rows, friends={"007": {}, "7": {}, "0042": {}, "0043": {}})
    nobody = ("name,phone,note", "Mei,,x", "Lin,0912345678,y", ",,z")
    yield csv("nobody", *nobody, rows={2: "nobody", 3: "new", 4: "nobody"}, friends={"Lin": {}})


def twice() -> Iterator[Entry]:
    """People who share, people in two rows, and rows that contradict what the shop knows."""
    family = ("member number,name,phone", "1,Mei,0912345678", "2,Lin,0912345678", "3,Kai,0912345678")
    yield csv("a_family_with_one_phone", *family, friends={"1": {}, "2": {}, "3": {}})
    before = text("member number,name,phone", "1,Mei,0912345678", "2,Lin,0912345678").encode()
    shared = ("phone,name", "0912345678,Somebody")
    kept = {"1": {"name": "Mei"}, "2": {"name": "Lin"}}
    yield csv("a_phone_of_two_friends", *shared, before=(before,), rows={2: "conflict"}, friends=kept)
    mail = text("member number,e-mail,name", "1,mei@example.tw,Mei").encode()
    under = ("line user id,e-mail,name", f"{LINE(1)},mei@example.tw,Mei Lin")
    found = {"1": {"line": LINE(1), "name": "Mei Lin", "email": "mei@example.tw"}}
    yield csv("found_by_e-mail_and_given_a_line_id", *under, before=(mail,), rows={2: "updated"}, friends=found)
    other = ("member number,e-mail,name", "2,mei@example.tw,Lin")
    kept = {"1": {"name": "Mei"}, "2": {"name": "Lin"}}
    yield csv("same_e-mail_other_number", *other, before=(mail,), rows={2: "new"}, friends=kept)
    known = text("line user id,member number,name", f"{LINE(1)},1,Mei", f"{LINE(2)},2,Lin").encode()
    torn = (
        "line user id,member number,name",
        f"{LINE(1)},2,Torn",
        f"{LINE(1)},9,Moved",
        f"{LINE(8)},2,Also",
        f"{LINE(2)},2,Lin",
    )
    rows = {2: "conflict", 3: "conflict", 4: "conflict", 5: "unchanged"}
    kept = {LINE(1): {"member": "1", "name": "Mei"}, LINE(2): {"member": "2", "name": "Lin"}}
    yield csv("contradictions", *torn, before=(known,), rows=rows, friends=kept)
    same = ("member number,name,phone", "1,Mei,0912345678", "1,Mei Lin,", "2,Kai,0922333444", ",Kai again,0922333444")
    rows = {2: "twice", 3: "new", 4: "new", 5: "twice"}
    yield csv("same_person_twice", *same, rows=rows, friends={"1": {"name": "Mei Lin"}, "2": {"name": "Kai"}})
    whole = text("member number,name,phone,e-mail,joined on", "1,Mei,0912345678,mei@example.tw,2024-05-01").encode()
    blank = ("member number,name,phone,e-mail,joined on", "1,,-, ,0000-00-00", "2,Lin,,,")
    facts = {"name": "Mei", "phone": "+886912345678", "email": "mei@example.tw", "joined": "2024-05-01"}
    rows = {2: "unchanged", 3: "new"}
    truth = {"1": facts, "2": {}}
    yield csv("blank_cells_erase_nothing", *blank, before=(whole,), rows=rows, flagged={2: "no_date"}, friends=truth)
    three = text("member number,name", "1,Mei", "2,Lin", "3,Kai").encode()
    some = ("member number,name", "1,Mei", "2,Lin Ya", "4,Wu")
    rows = {2: "unchanged", 3: "updated", 4: "new"}
    truth = {"1": {"name": "Mei"}, "2": {"name": "Lin Ya"}, "3": {"name": "Kai"}, "4": {"name": "Wu"}}
    yield csv("the_same_changed_and_new", *some, before=(three,), rows=rows, friends=truth)
