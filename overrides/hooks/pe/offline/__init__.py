"""Reading without a connection: the service worker, the manifest for the home screen, the file for a memory stick.

Works on the pages as they were written, so it comes last of all. Knows nothing of MkDocs.
"""
