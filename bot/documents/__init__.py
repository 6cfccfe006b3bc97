"""Documents that people send: looked into, kept under the key of their content, deleted once nobody refers to them."""
