"""What stores that keep a ledger in the tables of a database do alike; SQLite and PostgreSQL say how their own tables are reached."""
