"""Letters of a site that posts them, people with passwords, and a moved clock."""

from tests.accounts.conftest import known, later
from tests.jobs.conftest import mail_server, post, posting, relay

__all__ = ["known", "later", "mail_server", "post", "posting", "relay"]
