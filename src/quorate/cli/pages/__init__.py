"""What people read at a terminal: for each kind of thing a table of many and a page of one."""
