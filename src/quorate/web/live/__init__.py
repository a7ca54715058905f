"""The floor as it happens: regions of a meeting's page made once for all who see alike, and streamed to them as they change."""
