"""Quiet hours while a send is under way: it pauses before the next request and says from when it can go on."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import progress
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.quiet_hours import QuietHours, clock_words
from linecrm_desktop.text import ngettext, number, when


def pause_if_quiet(session: Session, campaign_id: int, now: datetime) -> bool:
    """Pause a send in quiet hours; return whether they hold. They are read anew each time: a person may change them."""
    begins, ends, zone = session.execute(select(Shop.quiet_from, Shop.quiet_to, Shop.zone)).one()
    quiet, day = QuietHours(begins, ends), ShopDay.of(now, zone)
    if not quiet.hold(day.local(now)):
        return False
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state is CampaignState.SENDING:
        campaign.state, campaign.resume_at = CampaignState.PAUSED, quiet.over_at(now, day)
        campaign.note = _note(session, campaign, quiet, day)
    return True


def _note(session: Session, campaign: Campaign, quiet: QuietHours, day: ShopDay) -> str:
    waiting = progress.standing(session, campaign.id).waiting
    over = campaign.resume_at
    sentence = ngettext(
        "The quiet hours hold, {from} to {to}. {n} friend is waiting; it can go on from {time}.",
        "The quiet hours hold, {from} to {to}. {n} friends are waiting; it can go on from {time}.",
        waiting,
    )
    return sentence.format_map(
        {
            "from": clock_words(quiet.begins),
            "to": clock_words(quiet.ends),
            "n": number(waiting),
            "time": when(day.local(over), day.today) if over else "",
        }
    )
