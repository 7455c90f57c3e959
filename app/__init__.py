"""Klantsafari: hear customers in the field and do something about it."""
