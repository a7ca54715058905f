"""Pictures of figures, as lengths and shapes that a template draws."""
