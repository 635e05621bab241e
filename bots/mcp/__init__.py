"""The door for agents: the Model Context Protocol, over stdin and stdout or at /mcp."""
