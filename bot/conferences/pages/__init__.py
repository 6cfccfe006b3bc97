"""What anybody can read of a conference, and what somebody who has registered finds under their code. Light, without scripts."""
