"""The structural rules of a skill scanner, with the standard library alone. `scan.scan_skill` is the way in."""
