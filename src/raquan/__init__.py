"""Runs a province's Digital Transformation Day campaign, from the signed plan to the data it leaves behind."""
