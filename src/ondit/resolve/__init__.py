"""Names, places and dates of one report: resolved with a reason, or left unresolved with one."""
