"""The rules: pure, same input, same output."""
