"""How a message leaves the house: web push, the court's gateways, guarded HTTP; knows no order, no person, no database."""
