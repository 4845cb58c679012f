"""Who may come in and what they may do: hosts, passwords, sessions, waits after wrong passwords, headers of every answer."""
