"""What touches disks and files of other systems."""
