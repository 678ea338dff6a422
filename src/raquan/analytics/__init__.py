"""Facts, measures, figures and snapshots: numbers that open down to their records."""
