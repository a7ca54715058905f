"""The calendar: events with anchored days, what moving one does, and where two clash."""
