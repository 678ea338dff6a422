"""Records go to other systems and come from them: exports, imports, webhooks."""
