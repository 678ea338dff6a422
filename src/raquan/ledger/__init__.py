"""What was done, by whom; what is still to be done; what was asked before."""
