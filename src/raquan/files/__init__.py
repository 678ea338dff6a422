"""Files by their SHA-256, handed out to those who may have them."""
