"""How people reach the assistant. A channel only translates."""
