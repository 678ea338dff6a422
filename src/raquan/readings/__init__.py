"""What a plan's document says, before anything is stored in the plan."""
