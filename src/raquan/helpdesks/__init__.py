"""Where a unit helps at a site week after week: desks with hours, closures, a roster and a public code."""
