"""The floor in the browser: the meeting's page for everybody, forms for every act, accounts; no rule is decided here."""
