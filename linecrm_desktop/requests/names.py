"""What the kinds, steps and endings of requests are called; translated when they are shown."""

from linecrm_desktop.models.data_request import Ending, RequestStep, Wants
from linecrm_desktop.text import N_

WANTS = {
    Wants.COPY: N_("Copy of the data"),
    Wants.CORRECT: N_("Correct the data"),
    Wants.STOP_MARKETING: N_("Stop marketing"),
    Wants.STOP_USE: N_("Stop all use"),
    Wants.ERASE: N_("Erase"),
}
STEPS = {
    RequestStep.CHECK: N_("Check who is asking"),
    RequestStep.COLLECT: N_("Collect the data"),
    RequestStep.HAND_OVER: N_("Hand it over"),
    RequestStep.CLOSE: N_("Close the request"),
}
DOING = {
    Wants.COPY: N_("Hand it over"),
    Wants.CORRECT: N_("Correct it and tell the friend"),
    Wants.STOP_MARKETING: N_("Stop it and tell the friend"),
    Wants.STOP_USE: N_("Stop it and tell the friend"),
    Wants.ERASE: N_("Erase the friend"),
}
"""The third step, by what is wanted."""
ENDINGS = {
    Ending.DONE: N_("Closed {date}"),
    Ending.DECLINED: N_("Declined {date}"),
    Ending.WITHDRAWN: N_("Taken back {date}"),
}
