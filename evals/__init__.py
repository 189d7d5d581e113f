"""A folder per question we ask of the system."""
