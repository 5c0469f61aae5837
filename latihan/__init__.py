"""Telegram without the network; knows nothing of the product.

`botapi.BotApi` is the server and the door to its people (`people.Person`) and groups (`groups.Group`).
A request goes `serving` (HTTP, polling, faults) -> `registry` -> `sending`, `editing`, `profile`, `rooms`;
all state is in `chats.World`. Words and limits are those of the official server.
"""
