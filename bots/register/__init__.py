"""The doors of the register: command, page, API and files show one list in one way."""
