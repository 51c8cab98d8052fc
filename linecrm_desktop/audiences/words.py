"""What the register and the waterfall are called in plain words."""

from dataclasses import dataclass

from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.leaving import Stays
from linecrm_desktop.audiences.register import Passport
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.text import N_, _, ngettext, number, short_date

PARTS = {
    "match": N_("Match the rules"),
    str(Stays.REFUSED): N_("Refused marketing"),
    str(Stays.UNINFORMED): N_("Not informed"),
    str(Stays.SENSITIVE): N_("Carry a sensitive tag"),
    str(Stays.NO_IDENTIFIER): N_("Nothing to know them by"),
    "shared": N_("Will be shared"),
}
"""The parts of a waterfall by their short names, in their order."""
_STATUS = {
    "IN_PROGRESS": N_("LINE is making it"),
    "READY": N_("ready at LINE"),
    "FAILED": N_("LINE could not make it"),
    "INACTIVE": N_("asleep at LINE"),
    "ACTIVATING": N_("LINE is waking it"),
}


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a list: good, info or warn, and the words."""

    tone: str
    sentence: str


def way_name(way: Way) -> str:
    """Return what a list is for."""
    return {Way.ADS: _("LINE ads"), Way.UPLOAD: _("Upload by ID"), Way.CSV: _("Another tool")}[way]


def since(one: Passport, at: Moment) -> Since:
    """Say what became of a list since it left; refusals come first."""
    if one.refused_since and one.is_out(at.now):
        said = ngettext("{n} refused", "{n} refused", one.refused_since)
        return Since("warn", said.format(n=number(one.refused_since)))
    if one.again_id is not None:
        return Since("good", _("uploaded again"))
    if one.state is ShareState.DELETED and one.ended_at is not None:
        day = short_date(at.day.local(one.ended_at).date(), at.day.today)
        return Since("good", _("deleted {day}").format(day=day))
    if one.state is ShareState.FAILED:
        return Since("info", _("did not leave"))
    if one.state is ShareState.BEGUN:
        return Since("warn", _("not known if it left"))
    if one.state is ShareState.SAVED:
        return Since("info", _("saved as a file"))
    if one.is_expired(at.now):
        return Since("info", _("expired at LINE"))
    return Since("info", _(_STATUS[one.line_status]) if one.line_status in _STATUS else one.line_status)
