"""The private servers that the tests start, and the product's settings over them."""

import psycopg

from tests.fixtures.servers import PostgresServer


def test_the_private_postgresql_answers_on_a_socket_only(postgres_server: PostgresServer) -> None:
    with psycopg.connect(postgres_server.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        # Cyrillic has to fold for searches that ignore case.
        assert connection.execute("SELECT upper('шёлк')").fetchone() == ("ШЁЛК",)
