"""The conversation: Telegram in, calls of the rules, parameters of messages out."""
