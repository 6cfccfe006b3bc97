"""The web chat: a page that works without JavaScript, a snippet for other sites, and the JSON API."""
