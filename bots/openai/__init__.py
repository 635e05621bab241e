"""The door for programs that speak OpenAI's protocol of chats, so for any chat front end."""
