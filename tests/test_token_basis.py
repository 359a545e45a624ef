"""The table that token vectors are projected on is what the command makes of the sample articles."""

import numpy as np

from index.evaluation.token_basis import find_components
from index.interaction import load_basis


def test_components_are_the_directions_of_greatest_variance():
    """Points along one line vary along it, then along what is left."""
    rows = np.array([[3, 0, 0], [-3, 0, 0], [0, 0, 1], [0, 0, -1]], dtype=np.float32)
    found = find_components(rows, 2)
    assert np.allclose(np.abs(found), [[1, 0], [0, 0], [0, 1]], atol=1e-6)


def test_the_shipped_table_is_of_orthogonal_directions():
    """48 directions of the packaged model's 384 dimensions, of unit length and at right angles."""
    basis = load_basis()
    assert basis.shape == (384, 48)
    assert np.allclose(basis.T @ basis, np.eye(48), atol=2e-3)
