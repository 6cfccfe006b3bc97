"""Enquiries and talks: what people and the team write to each other, and who of the two is answered by the assistant."""
