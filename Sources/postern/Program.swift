import Hypertext

/// What the account program offers to its templates.
enum Program {
    /// What it fills; `nil` takes the templates at their word.
    static let schemas: [Schema]? = nil

    /// Its routes: paths by name.
    static let routes = [
        "account": "/account/",
        "sign-up": "/account/sign-up",
        "sign-up-resend": "/account/sign-up/resend",
        "verify": "/account/verify",
        "sign-in": "/account/sign-in",
        "sign-out": "/account/sign-out",
        "password": "/account/password",
        "reset": "/account/reset",
        "reset-new": "/account/reset/new",
        "sessions": "/account/sessions",
        "address": "/account/address",
        "address-confirm": "/account/address/confirm",
        "close": "/account/close",
        "not-me": "/account/not-me",
        "score": "/score",
    ]
}
