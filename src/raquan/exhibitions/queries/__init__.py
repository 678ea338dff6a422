"""What may be asked of exhibitions: by who organizes them, by enterprises, by visitors, by everybody."""

from raquan.exhibitions.queries.applications import application, applications
from raquan.exhibitions.queries.columns import APPLICATIONS, CONTACTS, EXHIBITIONS
from raquan.exhibitions.queries.contacts import consent_words, contacts, held_contact
from raquan.exhibitions.queries.counting import (
    BoothDayFact,
    BoothRef,
    booth_day_facts,
    booths_by_ids,
    exhibition_names,
)
from raquan.exhibitions.queries.days import booth_days, day_sheet, days_of
from raquan.exhibitions.queries.drawing import allocation, plan
from raquan.exhibitions.queries.exhibitions import (
    applicants,
    applies,
    exhibition,
    exhibitions,
    manages,
    organizers,
)
from raquan.exhibitions.queries.photos import booth_photos, every_booth_photo, photo_file, public_photo_file
from raquan.exhibitions.queries.shapes import (
    AllocationView,
    ApplicationView,
    BoothCard,
    BoothDayLine,
    BoothLine,
    ContactView,
    DaySheet,
    ExhibitionView,
    IncidentView,
    PhotoView,
    PlanShape,
    PlanView,
)
from raquan.exhibitions.queries.showing import (
    Sought,
    public_booth,
    public_booths,
    public_exhibition,
    public_exhibitions,
)
from raquan.exhibitions.queries.signs import BoothSign, booth_sign, booth_signs

__all__ = [
    "APPLICATIONS",
    "CONTACTS",
    "EXHIBITIONS",
    "AllocationView",
    "ApplicationView",
    "BoothCard",
    "BoothDayFact",
    "BoothDayLine",
    "BoothLine",
    "BoothRef",
    "BoothSign",
    "ContactView",
    "DaySheet",
    "ExhibitionView",
    "IncidentView",
    "PhotoView",
    "PlanShape",
    "PlanView",
    "Sought",
    "allocation",
    "applicants",
    "application",
    "applications",
    "applies",
    "booth_day_facts",
    "booth_days",
    "booth_photos",
    "booth_sign",
    "booth_signs",
    "booths_by_ids",
    "consent_words",
    "contacts",
    "day_sheet",
    "days_of",
    "every_booth_photo",
    "exhibition",
    "exhibition_names",
    "exhibitions",
    "held_contact",
    "manages",
    "organizers",
    "photo_file",
    "plan",
    "public_booth",
    "public_booths",
    "public_exhibition",
    "public_exhibitions",
    "public_photo_file",
]
