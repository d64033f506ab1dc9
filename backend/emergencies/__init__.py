"""Officers in danger: SOS from the phone and the check-ins of risky orders, answered, escalated and closed at the desk."""
