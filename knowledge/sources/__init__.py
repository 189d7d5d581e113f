"""One module per real format a procedure arrives in."""
