"""What people's decisions add to the lexicon: a linear model in which every word has a weight for every theme.

Stages: features (words into pieces) -> training (scikit-learn, apart from the server) -> model (numpy, reads notes).
"""
