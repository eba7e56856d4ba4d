"""Vectors of length one, whose product is their cosine."""

from __future__ import annotations

from chinwag.text.vectors import multiply, scale


def test_a_vector_is_scaled_to_length_one_and_one_without_length_stays() -> None:
    assert scale([3.0, 4.0]) == [0.6, 0.8]
    assert scale([0.0, 0.0]) == [0.0, 0.0]


def test_the_product_of_two_vectors() -> None:
    assert multiply([0.6, 0.8], [1.0, 0.5]) == 1.0
    assert multiply([1.0, 0.0], [0.0, 1.0]) == 0.0
