"""A meeting from its convening to its end: notice, host, presence, proxies, quorum, agenda, floor, points of order, reports."""
