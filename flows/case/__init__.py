"""A partnership's case: two municipalities work on one checklist, each person in their own language."""
