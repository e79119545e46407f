import { areEqual } from "@/lib/access/shared";
import {
  type ChainFault,
  type ChainHead,
  EMPTY_CHAIN,
  type JournalEntry,
  verifyChain,
} from "./journal-chain";
import type { JournalHeadFault } from "./journal-head";

/** What is not as it was written, or what nothing explains, and at which row. */
export type JournalFault = {
  readonly code:
    | ChainFault["code"]
    | JournalHeadFault["code"]
    | "entry-not-readable"
    | "end-cut-off"
    | "end-rewritten"
    | "token-not-journalled"
    | UnexplainedCode;
  readonly chain: string;
  /** The entry's sequence, or the token set's id where there is no entry. */
  readonly row: string;
};

export const UNEXPLAINED_CODES = [
  "no-token-set",
  "no-reservation",
  "reservation-differs",
  "no-owner",
  "owner-refunded",
  "not-approved",
] as const;
export type UnexplainedCode = (typeof UNEXPLAINED_CODES)[number];

/** What the database says of an entry's token set; null where a row is not there. */
export type EntryOwner = {
  readonly set: { readonly meterId: string } | null;
  readonly reservation: {
    readonly meterId: string;
    readonly vendingKeyId: string;
    readonly meterNumber: string;
    readonly tokenIdMinutes: number;
    readonly amountUnits: number;
  } | null;
  readonly owner:
    | { readonly kind: "purchase"; readonly state: string | null }
    | { readonly kind: "approval"; readonly state: string | null }
    | null;
};

const SOLD = ["reserved", "in_doubt", "issued", "delivered"];

/**
 * Why an entry is about a token that no purchase and no approved issue explains; null for one that
 * is explained, and for a refusal, which gave nobody anything. The database's `unexplained_code`
 * says the same for the worker's watch.
 */
export function unexplainedCode(entry: JournalEntry, found: EntryOwner): UnexplainedCode | null {
  if (entry.outcome !== "issued") return null;
  const { set, reservation, owner } = found;
  if (!set) return "no-token-set";
  if (!reservation) return "no-reservation";
  const isTheSame =
    set.meterId === entry.meterId &&
    reservation.meterId === entry.meterId &&
    reservation.vendingKeyId === entry.vendingKeyId &&
    reservation.tokenIdMinutes === entry.tokenIdMinutes &&
    reservation.meterNumber === entry.reservation.meterNumber &&
    reservation.amountUnits === entry.reservation.amountUnits;
  if (!isTheSame) return "reservation-differs";
  if (!owner || owner.state === null) return "no-owner";
  if (owner.kind === "approval") return owner.state === "used" ? null : "not-approved";
  return SOLD.includes(owner.state) ? null : "owner-refunded";
}

/** An entry as it was read, with what owns it; a row that cannot be an entry has only its place. */
export type WalkedEntry =
  | { readonly entry: JournalEntry; readonly found: EntryOwner }
  | { readonly entry: null; readonly sequence: bigint };

export type WalkedJournal = { readonly end: ChainHead; readonly fault: JournalFault | null };

/** Walks entries of one chain, ascending, from a known end. Stops at the first that is wrong. */
export function walkJournal(
  chain: string,
  walked: readonly WalkedEntry[],
  known: ChainHead = EMPTY_CHAIN,
): WalkedJournal {
  let end = known;
  for (const step of walked) {
    if (step.entry === null) {
      const row = step.sequence.toString();
      return { end, fault: { code: "entry-not-readable", chain, row } };
    }
    const verified = verifyChain([step.entry], end);
    if (!verified.ok) {
      const { code, sequence } = verified.error;
      return { end, fault: { code, chain, row: sequence.toString() } };
    }
    const code = unexplainedCode(step.entry, step.found);
    if (code) return { end, fault: { code, chain, row: step.entry.sequence.toString() } };
    end = verified.value;
  }
  return { end, fault: null };
}

/**
 * The end that is kept beside the database against the chain: `hashAtKept` is the hash of the entry
 * of its sequence, null where that is not there.
 */
export function faultOfEnd(
  chain: string,
  {
    end,
    kept,
    hashAtKept,
  }: {
    readonly end: ChainHead;
    readonly kept: ChainHead | null;
    readonly hashAtKept: Uint8Array | null;
  },
): JournalFault | null {
  if (!kept) return null;
  if (end.sequence < kept.sequence) {
    return { code: "end-cut-off", chain, row: (end.sequence + 1n).toString() };
  }
  if (hashAtKept && areEqual(hashAtKept, kept.hash)) return null;
  return { code: "end-rewritten", chain, row: kept.sequence.toString() };
}
