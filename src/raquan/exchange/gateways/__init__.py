"""What touches disks, files of other systems and the network."""
