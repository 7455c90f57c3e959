"""The organisation's own sign-in (OpenID Connect): the code flow with PKCE, and what an ID token must hold."""
