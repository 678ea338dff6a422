"""Who sees and touches what: every route, every role, three places."""
