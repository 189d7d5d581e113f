"""What the city publishes, and finding it."""
