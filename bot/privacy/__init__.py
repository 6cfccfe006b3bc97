"""What is kept on people, why and how long; showing it to them and erasing it."""
