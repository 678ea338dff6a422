"""Runs of signed voucher codes that counters of enterprises redeem, offline too, within quota leases."""
