"""Running the planned actions against knowledge. No language model here."""
