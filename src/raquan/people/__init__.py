"""Organizations, users, devices and duties: who may do what, where."""
