"""The reviewed list of what anybody may call without having signed in, and why that is right.

A new public endpoint fails the walk until somebody adds it here with a reason of their own.
"""

REVIEWED = {
    ("GET", "/healthz"): "says that the process lives and nothing else; a supervisor has no account",
    ("GET", "/readyz"): "says that the database answers and nothing else",
    ("GET", "/metrics"): "numbers without names, and the front answers 404 to whoever asks from outside",
    ("GET", "/api/openapi.json"): "how the interface looks is published with the source anyway",
    ("GET", "/api/docs"): "the same as a page",
    ("GET", "/api/docs.css"): "its style",
    (
        "POST",
        "/api/sign-in",
    ): "is how one signs in; limited, slowed and locked by account and address (ADR 0029)",
    (
        "POST",
        "/api/sign-in/device/challenge",
    ): "a phone signs in by its key; the challenge alone opens nothing",
    ("POST", "/api/sign-in/device"): "the signature of the challenge is the proof",
    (
        "POST",
        "/api/devices/enrol",
    ): "the one-time code from the desk is the proof; twenty guesses a minute of 59 bits",
    (
        "GET",
        "/track/osmand/<token>",
    ): "trackers can send nothing but their address; the token in it is the proof",
    ("POST", "/track/osmand/<token>"): "the same with a body",
    ("POST", "/track/owntracks/<token>"): "the same for OwnTracks",
    (
        "POST",
        "/api/push/receipts",
    ): "the token stood in a push that only the phone could decrypt; it opens nothing",
    (
        "POST",
        "/api/refused-calls",
    ): "a revoked phone has no session; its key's signature is the proof, it is refused all the same (ADR 0039)",
    ("GET", "/plain"): "the form to sign in; orders are shown only to a session",
    ("POST", "/plain/sign-in"): "the same sign-in, limits and lock as /api/sign-in",
    ("GET", "/plain/style.css"): "its style",
}
