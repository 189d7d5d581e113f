"""Writers that turn findings into the text of an answer."""
