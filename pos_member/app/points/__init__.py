"""Points spent on other things than goods, and got otherwise than by buying."""
