"""The TerraScope network and its reasoning loop: tensors in, events out; no CRS, no HTTP, no measures."""
