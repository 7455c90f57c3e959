class SsoRefused(Exception):
    """Nobody was signed in. `code` has words in error_words; `why` says for the log what the other side did wrong."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(code, why)
        self.code = code
        self.why = why
