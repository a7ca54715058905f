"""Who the organisation is: its bodies, their members and terms, and the standing orders they adopt."""
