"""The ``calc`` commands: the programme's arithmetic without a till, JSON in and JSON out."""
