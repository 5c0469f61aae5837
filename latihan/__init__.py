"""Telegram without the network; knows nothing of the product."""
