"""What is asked: planners that turn words into a `Plan`."""
