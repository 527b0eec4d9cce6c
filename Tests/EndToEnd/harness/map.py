"""Which pages and forms the site has."""

# Pages that `account` answers, for anybody.
OPEN_PAGES = [
    "/account/sign-up",
    "/account/sign-in",
    "/account/reset",
]

# Pages that `account` answers to somebody who is signed in.
OWN_PAGES = [
    "/account/",
    "/account/sessions",
    "/account/password",
    "/account/address",
    "/account/close",
    "/account/confirm",
    "/account/second-factor/start",
    "/account/second-factor/totp",
    "/account/second-factor/sms",
    "/account/second-factor/recovery-codes",
]

# Pages that `account` answers to somebody who has a second factor.
FACTOR_PAGES = ["/account/", "/account/confirm", "/account/second-factor/recovery-codes", "/account/second-factor/remove"]

# Pages that the web server answers from files.
STATIC_PAGES = ["/", "/privacy/", "/help/", "/styleguide/"]

# Those of them that are behind the gate.
MEMBERS_PAGES = ["/members/"]

# Each form: its path, the fields of an attempt that does nothing good, and whether it takes a session.
FORMS = [
    ("/account/sign-up", {"email": "somebody@example.net", "password": "x"}, False),
    ("/account/sign-in", {"email": "somebody@example.net", "password": "x"}, False),
    ("/account/reset", {"email": "somebody"}, False),
    ("/account/password", {"current-password": "x", "new-password": "x"}, True),
    ("/account/address", {"email": "somebody", "password": "x"}, True),
    ("/account/close", {"password": "x"}, True),
    ("/account/sessions", {"session": "nobody"}, True),
    ("/account/confirm", {"password": "x"}, True),
    ("/account/second-factor/totp", {"code": "x"}, True),
    ("/account/second-factor/sms", {"phone": "x"}, True),
    ("/account/sign-out", {}, True),
]
