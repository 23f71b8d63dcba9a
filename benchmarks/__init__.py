"""How fast it is: `make bench` prints the tables. Nothing here is asserted; the number of queries is, in the tests."""
