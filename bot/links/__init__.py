"""What links in the chat lead to: the summary as a file, and the picture of an invitation."""
