"""The staff desk: pages where the team reads enquiries, answers them, and teaches the assistant what it did not know."""
