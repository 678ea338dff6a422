"""What devices are asked: forms through all their versions, how they are published and offered."""
