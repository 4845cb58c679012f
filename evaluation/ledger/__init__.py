"""What a ledger stands: being killed while reports are added, and a hundred thousand posts."""
