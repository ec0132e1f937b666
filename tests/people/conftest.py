"""People with passwords, a moved clock, and letters of a site that posts them."""

from tests.accounts.conftest import known, later
from tests.jobs.conftest import mail_server, post, posting, relay

__all__ = ["known", "later", "mail_server", "post", "posting", "relay"]
