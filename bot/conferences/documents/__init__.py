"""What a conference gives its people to take along: calendar files, QR codes, the confirmation and the visa letter."""
