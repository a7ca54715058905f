"""Minutes of a meeting: drafted from the record, and rendered as pages."""
