"""Ingestion: network in, rows out. One capability a module, in the order of a run:

    lease → guard, client, deadline, inflate, fetch → aside: (decode → parse → domain: normalise) → store → record

`runner` strings them together; `newcomer` takes in a file or an address that no feed has yet; `words` says what went wrong.
No step of the network happens inside a transaction.
"""
