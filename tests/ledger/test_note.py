"""Signed notes and checkpoints: what is accepted, and that nothing near it is."""

import pytest

from gangmu.ledger.note import Checkpoint, NotTrusted, Signer, Verifier, b64, open_checkpoint, open_note

SIGNER = Signer.of_seed("example.org/log", bytes(range(32)))
OTHER = Signer.of_seed("example.org/witness", bytes(32))
HEAD = Checkpoint("example.org/log", 42, b"\x07" * 32)
NOTE = SIGNER.note(HEAD.text)


def test_a_checkpoint_comes_back_from_its_note() -> None:
    assert open_checkpoint(NOTE, SIGNER.verifier) == HEAD


def test_the_verifier_key_of_the_standard_reads_as_published() -> None:
    published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"  # golang.org/x/mod/sumdb/note
    verifier = Verifier.parse(published)
    assert (verifier.name, verifier.text) == ("PeterNeumann", published)
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    signature = (
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert open_note(f"{text}\n{signature}", [verifier]) == text
    with pytest.raises(NotTrusted):
        open_note(f"{text.upper()}\n{signature}", [verifier])


def test_one_byte_changed_anywhere_is_never_the_same_checkpoint() -> None:
    data = NOTE.encode()
    for at in range(len(data)):
        for changed in (data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], data[:at] + data[at + 1 :]):
            with pytest.raises((NotTrusted, UnicodeDecodeError)):
                open_checkpoint(changed.decode(), SIGNER.verifier)


@pytest.mark.parametrize("extra", ["\n", " ", "x", "— a b\n", "— a AAAA\n"])
def test_nothing_may_be_hung_on_to_a_note(extra: str) -> None:
    with pytest.raises(NotTrusted):
        open_checkpoint(NOTE + extra, SIGNER.verifier)


def test_a_second_signature_by_a_stranger_is_passed_over() -> None:
    assert open_checkpoint(NOTE + OTHER.line(HEAD.text) + "\n", SIGNER.verifier) == HEAD


def test_a_note_signed_by_somebody_else_is_not_ours() -> None:
    with pytest.raises(NotTrusted, match="nobody we trust"):
        open_checkpoint(OTHER.note(HEAD.text), SIGNER.verifier)
    with pytest.raises(NotTrusted, match="the key of"):
        open_checkpoint(OTHER.note(HEAD.text), OTHER.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "example.org/log\n042\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
        "example.org/log\n-1\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
        "example.org/log\n4²\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
        "example.org/log\n42\nBwcH\n",
        "example.org/log\n42\n",
        "\n42\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
    ],
)
def test_a_misspelt_checkpoint_is_refused_though_it_is_signed(text: str) -> None:
    with pytest.raises(NotTrusted):
        open_checkpoint(SIGNER.note(text), SIGNER.verifier)


@pytest.mark.parametrize(
    "text", ["", "a+b", "a+00000000+AAAA", SIGNER.verifier.text[:-4] + "AAA=", "a+zz+" + b64(b"\x02" * 33)]
)
def test_a_malformed_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NotTrusted):
        Verifier.parse(text)


def test_a_key_name_has_no_space_and_no_plus() -> None:
    for name in ("a b", "a+b", ""):
        with pytest.raises(ValueError, match="no space"):
            Signer.of_seed(name, bytes(32))
