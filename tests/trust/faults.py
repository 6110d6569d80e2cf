"""Faults to be planted in a copy of this tree, each with the test that must catch it (T00).

`old` stands exactly once in `file`; when it no longer does, the fault must be brought up to date or given up.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    name: str
    file: str
    old: str
    new: str
    test: str


LEDGER = "gangmu/ledger"
FAULTS = (
    # --- what is confirmed is on disk, what is numbered stays numbered ---
    Fault(
        "SQLite confirms before it is on disk",
        f"{LEDGER}/backends/sqlite3/base.py",
        '("synchronous", "FULL", 2)',
        '("synchronous", "NORMAL", 1)',
        "tests/ledger/test_at_once.py::test_the_database_confirms_nothing_before_it_is_on_disk",
    ),
    Fault(
        "the names of new keys are not on disk",
        f"{LEDGER}/keys.py",
        "os.fsync(descriptor)",
        "os.fstat(descriptor)",
        "tests/trust/test_shocks.py::test_after_a_power_cut_the_log_opens_holds_and_verifies",
    ),
    Fault(
        "WAL is allowed on a SQLite that loses commits",
        f"{LEDGER}/backends/sqlite3/base.py",
        'if journal == "wal" and not',
        'if journal == "none" and not',
        "tests/ledger/test_sqlite.py::test_wal_is_refused_on_an_affected_sqlite_only",
    ),
    Fault(
        "a log whose key folder is empty gets a second key",
        f"{LEDGER}/sequencer.py",
        "    if newest is not None:\n        keys.refuse_another_key(newest.note)\n",
        "",
        "tests/ledger/test_key_folder.py::test_the_sequencer_makes_no_second_key_for_a_log_that_has_one",
    ),
    Fault(
        "what is sealed before can be opened by nobody",
        f"{LEDGER}/intake.py",
        "    _refuse_lost_keys(drafts)\n",
        "",
        "tests/ledger/test_key_folder.py::"
        "test_nothing_is_sealed_under_a_new_key_of_keys_where_values_lie_under_another",
    ),
    Fault(
        "a fact in the millisecond of a closing counts as before it",
        f"{LEDGER}/intake.py",
        """f"kind = '{CLOSED}'\"""",
        '"1 = 0"',
        "tests/ledger/test_closing.py::test_in_one_millisecond_what_follows_a_closing_still_arrives_after_it",
    ),
    Fault(
        "the sequencer takes what is greater than the last one seen",
        f"{LEDGER}/sequencer.py",
        '"DELETE FROM ledger_intake WHERE n <= (',
        '"DELETE FROM ledger_intake WHERE n > (SELECT count(*) FROM ledger_entry) AND n <= (',
        "tests/trust/test_shocks.py::test_a_fact_that_commits_late_is_numbered_all_the_same",
    ),
    Fault(
        "a sequencer that slept moves the tree back",
        f"{LEDGER}/sequencer.py",
        "AND size = %s AND epoch = %s",
        "AND size >= %s AND epoch >= %s",
        "tests/ledger/test_sequencer.py::test_a_sequencer_that_slept_cannot_fork_the_log",
    ),
    Fault(
        "nothing is held against the stored tiles before it is signed",
        f"{LEDGER}/sequencer.py",
        "if root != stored.root_by_tiles(size):",
        "if not root:",
        "tests/ledger/test_sequencer.py::test_a_stored_leaf_that_was_changed_stops_the_sequencer",
    ),
    Fault(
        "a head that a crash left unsigned stays unsigned",
        f"{LEDGER}/sequencer.py",
        "if unsigned else None",
        "if unsigned and limit else None",
        "tests/ledger/test_sequencer.py::test_a_head_that_was_not_signed_before_a_crash_is_signed_at_the_next_run",
    ),
    Fault(
        "a clock that goes back dates later facts before earlier ones",
        f"{LEDGER}/engine.py",
        'else "MAX"',
        'else "MIN"',
        "tests/trust/test_shocks.py::test_no_fact_is_dated_before_an_earlier_one_when_the_clock_goes_back",
    ),
    # --- what was written is what is read ---
    Fault(
        "leaves have no prefix",
        f"{LEDGER}/tree.py",
        'b"\\x00" + entry',
        "entry",
        "tests/ledger/test_tree.py::test_leaf_and_empty_tree_hash_as_published",
    ),
    Fault(
        "floats may stand in a body",
        "gangmu/kernel/canon.py",
        "if isinstance(value, int) or value is None:",
        "if isinstance(value, int | float) or value is None:",
        "tests/ledger/test_record.py::test_what_the_ledger_refuses_it_says_in_both_languages_and_writes_nothing",
    ),
    Fault(
        "an entry may be written over by INSERT OR REPLACE",
        f"{LEDGER}/backends/sqlite3/base.py",
        '("recursive_triggers", "ON", 1)',
        '("recursive_triggers", "OFF", 0)',
        "tests/ledger/test_record.py::test_insert_or_replace_cannot_rewrite_an_entry",
    ),
    Fault(
        "entries may be edited",
        f"{LEDGER}/insert_only.py",
        '("ledger_idem", "ledger_entry", "ledger_tile"',
        '("ledger_idem", "ledger_tile"',
        "tests/ledger/test_record.py::test_no_statement_deletes_or_edits_what_was_written",
    ),
    Fault(
        "every signature holds",
        f"{LEDGER}/note.py",
        "except InvalidSignature:\n            return False",
        "except InvalidSignature:\n            return True",
        "tests/ledger/test_note.py::test_one_byte_changed_anywhere_is_never_the_same_checkpoint",
    ),
    Fault(
        "verification passes over the seals",
        f"{LEDGER}/verify_log.py",
        "if value is None or subject not in subject_key or not _opens_to(",
        "if value is not None and subject in subject_key and not _opens_to(",
        "tests/ledger/test_verify.py::test_a_lost_subject_key_is_found",
    ),
    Fault(
        "every sealed value has the same salt",
        f"{LEDGER}/vault.py",
        "random = os.urandom(SALT + NONCE)",
        "random = bytes(SALT) + os.urandom(NONCE)",
        "tests/ledger/test_vault.py::test_the_same_text_is_never_sealed_or_committed_the_same_way",
    ),
    Fault(
        "a request key answers for another request",
        f"{LEDGER}/intake.py",
        "if not _same_request(draft, fact):",
        "if draft.kind != fact.kind:",
        "tests/ledger/test_record.py::test_a_request_key_used_for_something_else_is_refused",
    ),
    # --- who may see, and do, what ---
    Fault(
        "a grant opens every unit",
        "gangmu/orgs/permissions.py",
        "if top and node.path.startswith(top.path)",
        "if top",
        "tests/orgs/test_access.py::test_a_role_allows_exactly_its_row_of_the_table",
    ),
    Fault(
        "any role may do anything where it sees",
        "gangmu/orgs/permissions.py",
        "if not any(allows(role, permission) for role in roles):",
        "if not roles:",
        "tests/orgs/test_founding.py::test_a_role_without_the_permission_is_refused_in_its_own_unit",
    ),
    Fault(
        "every role opens names",
        "gangmu/orgs/rosters.py",
        "if not may(scope, Permission.SEE_PERSONS, org, on):",
        "if not may(scope, Permission.SEE_FIGURES, org, on):",
        "tests/orgs/test_members_and_posts.py::test_a_leader_sees_the_names_of_post_holders_but_not_of_members",
    ),
    Fault(
        "a revocation acts when the server is started again",
        "gangmu/orgs/scope.py",
        '*epochs("grants", "graph")',
        '"", ""',
        "tests/orgs/test_access.py::test_a_revocation_acts_on_the_very_next_scope",
    ),
    Fault(
        "a grant outlives its last day",
        "gangmu/orgs/queries.py",
        "rows.filter(valid_from__lte=on, valid_to__gt=on)",
        "rows.filter(valid_from__lte=on)",
        "tests/orgs/test_access.py::test_a_grant_with_a_last_day_ends_by_itself",
    ),
    Fault(
        "a unit outside is read by its id",
        "gangmu/orgs/queries.py",
        "if node is None or not holds(scope, org, on):",
        "if node is None:",
        "tests/properties/test_scope_never_leaks.py::test_no_read_gives_away_a_unit_outside",
    ),
    Fault(
        "pages do not ask who is reading",
        "gangmu/pages/access.py",
        "ask(declared, who, kwargs)\n",
        "pass\n",
        "tests/pages/test_policies.py::test_everybody_sees_exactly_what_the_table_says",
    ),
    Fault(
        "a page declares no policy",
        "gangmu/web/views/units.py",
        "@policy(Permission.SEE_FIGURES)\ndef units(",
        "def units(",
        "tests/pages/test_policies.py::test_every_address_of_this_site_declares_its_policy",
    ),
    # --- what comes in and goes out ---
    Fault(
        "the reader of a file may look around and call out",
        "gangmu/reading/isolated.py",
        "resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))",
        "resource.getrlimit(resource.RLIMIT_NOFILE)",
        "tests/reading/test_isolated.py::test_nothing_can_be_opened_any_more",
    ),
    Fault(
        "the reader of a file may take all memory",
        "gangmu/reading/isolated.py",
        "resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))",
        "resource.getrlimit(resource.RLIMIT_AS)",
        "tests/reading/test_isolated.py::test_more_memory_than_is_allowed_is_not_given",
    ),
    Fault(
        "a cell of a list runs as a formula",
        "gangmu/pages/listing.py",
        "if text.startswith(FORMULA) and not _is_number(text):",
        "if text.startswith(FORMULA[:0]) and not _is_number(text):",
        "tests/pages/test_listing.py::test_whatever_could_begin_a_formula_is_marked_as_words",
    ),
)
