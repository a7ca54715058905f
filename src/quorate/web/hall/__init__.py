"""The projector of a hall: keys that open it without signing in, and what it shows."""
