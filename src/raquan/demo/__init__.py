"""The demo's campaign, its accounts, its clock and the simulator."""
