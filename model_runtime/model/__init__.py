"""The TerraScope network and its reasoning loop: tensors in, events out; no CRS, no HTTP, no measures."""

import logging

# transformers imports torchao wherever it is installed, and torchao then reports on stderr which kernels it cannot use
# on this machine. Nobody who asks about a scene needs to read that; its errors still pass.
for _name in ("torchao", "torch.utils._pytree"):
    logging.getLogger(_name).setLevel(logging.ERROR)
