"""What pages alone show, beside the views that are JSON too: the desk of a meeting, votes by side, amendments."""
