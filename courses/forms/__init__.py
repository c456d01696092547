"""What people send to courses, parsed."""
