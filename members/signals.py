"""What members tells the floors above."""

from django.dispatch import Signal

# Sent on every change of a hub's staff or of its groups, with `hub`. Inside the transaction.
roles_changed = Signal()
