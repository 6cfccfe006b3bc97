"""One page for mayor and council: a partnership's checklist in two languages side by side, as PDF and as plain text."""
