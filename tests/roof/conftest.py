"""What the tests of the roof share."""

import pytest
from django.test import Client


@pytest.fixture
def client_class():
    """A second browser: `client_class()`."""
    return Client
