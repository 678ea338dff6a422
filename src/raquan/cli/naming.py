"""Reads what a person types on the command line for an organization."""

from uuid import UUID

import click


def organization_named(written: str) -> UUID:
    """Give the organization that a written name means; a usage error when that is not clear."""
    from raquan.people.queries import match_organization

    found = match_organization(written)
    if found is None:
        raise click.UsageError(f"Không rõ “{written}” là đơn vị nào; xem `raquan people match`.")
    return found.organization_id
