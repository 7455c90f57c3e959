"""What is weak in how this Klantsafari is set up: each module looks in one place and says it in one sentence."""
