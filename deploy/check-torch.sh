#!/bin/sh
# Say what to do when the torch that was installed does not load. Usage: check-torch.sh PYTHON
if ! "$1" -c 'import torch' 2>/dev/null; then
    echo "torch was installed but does not load here: most likely it is a build for CUDA without its libraries." >&2
    echo "Choose a CPU build: README.md, 'Choosing a build of torch'. Then: make run TORCH_ARGS='...'" >&2
    exit 1
fi
