"""The pages, one module for each subject: what it takes from the state, and the template that shows it."""
