"""An elevation gate with the standard library alone. `gate.Gate` is the way in."""
