"""The rules of the loyalty programme and of the counter: pure, frozen values in, frozen values out."""
