"""The plain page (`/plain`): for browsers below the stated minimum, orders without a line of script."""
