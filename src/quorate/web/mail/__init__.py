"""Mail from the floor: the shelf of the outbox in the accounts' database, and Django's backends as its post."""
