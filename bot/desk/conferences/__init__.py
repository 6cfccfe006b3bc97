"""The desk's pages about conferences: entering and announcing them, who comes, and the entrance on the day."""
