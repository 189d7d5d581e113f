"""What must not be looked up: danger, abuse, attacks, and questions that no public assistant answers."""
