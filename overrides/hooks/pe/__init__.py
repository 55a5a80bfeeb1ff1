"""The project's own logic: reads pages and ledger, judges and shapes them. Does not know MkDocs."""
