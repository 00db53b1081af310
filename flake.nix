{
  description = "Flynn: a placeholder; there is nothing to build with Nix yet, see nix/README.md";

  inputs = { };

  outputs = _: { };
}
