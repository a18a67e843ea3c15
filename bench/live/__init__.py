"""How much the live path adds to a model's answer, side by side with other ways to relay it."""
