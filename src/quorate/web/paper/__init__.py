"""Paper: invitations as cards, and sign-in sheets, as PDF. Made in a process of their own, so that no meeting waits for them."""
