"""What vouchers do: runs are made and opened, counters come in, what they send is taken, leases are settled."""

from raquan.vouchers.commands.enrolling import (
    CounterNameMissing,
    Enrolled,
    EnrolmentExpired,
    EnrolmentIssued,
    EnrolmentUsed,
    EnrolmentWrong,
    TooManyCodes,
    WithdrawnOtherwise,
    WithdrawReasonMissing,
    enroll_counter,
    issue_enrolment_code,
    withdraw_counter,
)
from raquan.vouchers.commands.printing import NeverOpened, print_vouchers
from raquan.vouchers.commands.running import (
    MadeOtherwise,
    OfferNotShown,
    OutsideOffer,
    RunChanged,
    RunOver,
    RunReasonMissing,
    TermsImpossible,
    close_run,
    make_run,
    open_run,
    resume_run,
    suspend_run,
)
from raquan.vouchers.commands.settling import settle_leases
from raquan.vouchers.commands.syncing import sync_counter

__all__ = [
    "CounterNameMissing",
    "Enrolled",
    "EnrolmentExpired",
    "EnrolmentIssued",
    "EnrolmentUsed",
    "EnrolmentWrong",
    "MadeOtherwise",
    "NeverOpened",
    "OfferNotShown",
    "OutsideOffer",
    "RunChanged",
    "RunOver",
    "RunReasonMissing",
    "TermsImpossible",
    "TooManyCodes",
    "WithdrawReasonMissing",
    "WithdrawnOtherwise",
    "close_run",
    "enroll_counter",
    "issue_enrolment_code",
    "make_run",
    "open_run",
    "print_vouchers",
    "resume_run",
    "settle_leases",
    "suspend_run",
    "sync_counter",
    "withdraw_counter",
]
