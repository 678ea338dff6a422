"""Calendars of outings that units send as sheets: read row by row, looked over, taken in as outings."""
