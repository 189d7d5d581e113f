"""Reading prose for what it claims, and holding each claim against what was found."""
