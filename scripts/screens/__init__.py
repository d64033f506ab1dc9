"""The screens of Lingda in every state a person meets, taken as pictures and held to the rules of how they look.

`scripts.screenshots` writes the pictures, `tests/screens` asserts the rules: both walk through the same stories.
"""
