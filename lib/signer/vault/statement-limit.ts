/**
 * A statement that takes longer has its connection closed, and the signer says that it failed,
 * before its client stops waiting at five seconds. A commit that comes through later does no harm:
 * the repeat finds it in the journal.
 */
export const STATEMENT_LIMIT = { query_timeout: 4_000 } as const;
