"""What pages are made of: shells, components, tokens, the typed request, declared access."""
