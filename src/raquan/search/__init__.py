"""One folded index over everything that has a page: rooms say what stands in it, and who may see which thing."""
