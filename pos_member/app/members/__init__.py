"""Members: finding, enrolling, changing and showing them."""
