"""What is handed in and is no fact yet, encrypted with the vault's primitives under a key of its own."""

from gangmu.ledger import subject_keys, vault

NAME, TEXT = "name", "text"


def sealed(document: str, slot: str, text: str) -> vault.SealedValue:
    """`text` encrypted; the key is made at first use and is on disk before anything can be committed under it."""
    return vault.seal(subject_keys.keys_for([document])[document], document, slot, document, text)


def opened(document: str, slot: str, salt: bytes | memoryview, ct: bytes | memoryview) -> str:
    """The text in clear. Raises vault.CannotOpen when it was changed or its key is gone."""
    key = subject_keys.existing_keys([document]).get(document)
    if key is None:
        raise vault.CannotOpen(f"the key of document {document} is gone")
    return vault.unseal(key, vault.SealedValue(document, slot, document, bytes(salt), bytes(ct)))


def owe_shredding(document: str) -> None:
    """Note that the document's key is to go with its row, so that a crash between the two leaves no key unknown."""
    subject_keys.owe(document)


def to_be_shredded() -> tuple[str, ...]:
    """The documents whose keys should have gone with their rows, if the rows are gone."""
    return subject_keys.owed()


def shred(document: str) -> None:
    """Destroy the document's key: copies of its row in old backups and logs can be opened by nobody any more."""
    subject_keys.forget(document)
