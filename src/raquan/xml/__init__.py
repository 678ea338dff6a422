"""XML from outside, read with entities, network and huge trees switched off."""
