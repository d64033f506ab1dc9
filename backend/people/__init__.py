"""People: accounts, dated appointments, sign-in, second factors, phones and the readable permission map (BSS-3, DL-7)."""
