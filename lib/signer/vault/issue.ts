import type { Pool } from "pg";
import { assert } from "@/lib/kernel";
import { type Clock, log } from "@/lib/platform";
import { CreditLeft } from "../core/credit-left";
import type { JournalDraft, JournalEntry } from "../core/journal-chain";
import { refusalOf } from "../core/refusal";
import { tokenOf } from "../core/reservation";
import { ISSUE_REFUSALS, type IssueRefusal } from "../errors";
import type { IssuedToken, IssueOutcome, IssueRequest } from "../token-issuer";
import type { InstallationMode } from "./installation-mode";
import { DatabaseRestoredError, type Journal, type TokenSetName } from "./journal";
import { type EntryRow, entryOf } from "./journal-row";
import type { KeyStore } from "./key-store";
import { listReservedTokens, type ReservedToken } from "./reservations";
import type { SalesGate } from "./sales-gate";
import type { TokenMac } from "./token-mac";

export type IssuerParts = {
  readonly pool: Pool;
  readonly journal: Journal;
  readonly keys: KeyStore;
  readonly mac: TokenMac;
  readonly gate: SalesGate;
  readonly findMode: () => Promise<InstallationMode | null>;
  readonly clock: Clock;
};

type Waiting = TokenSetName & {
  readonly resolve: (outcome: IssueOutcome) => void;
  readonly reject: (error: unknown) => void;
};

/** What was found for one set, and what must stand in the journal before it may be said. */
type Decision = { readonly outcome: IssueOutcome; readonly drafts: readonly JournalDraft[] };

type Circumstances = {
  readonly now: Date;
  readonly mode: InstallationMode;
  readonly credit: CreditLeft;
};

const MOST_SETS_A_COMMIT = 256;
const MOST_ATTEMPTS = 5;

/**
 * Makes tokens, each journalled before it is said. There is one loop: what is asked while a commit
 * runs waits and is served together by the next one, so that load makes commits bigger and not
 * more.
 */
export class Issuer {
  readonly #parts: IssuerParts;
  readonly #waiting: Waiting[] = [];
  #isDraining = false;

  constructor(parts: IssuerParts) {
    this.#parts = parts;
  }

  get waitingTokenSets(): number {
    return this.#waiting.length;
  }

  /**
   * The outcomes in the order asked. Throws when one of them cannot be known: the database is away,
   * a key does not open, or a token made again is not the one that the journal has.
   */
  issue({ organizationId, tokenSetIds }: IssueRequest): Promise<readonly IssueOutcome[]> {
    const outcomes = tokenSetIds.map(
      (tokenSetId) =>
        new Promise<IssueOutcome>((resolve, reject) => {
          this.#waiting.push({ organizationId, tokenSetId, resolve, reject });
        }),
    );
    void this.#drain();
    return Promise.all(outcomes);
  }

  async #drain(): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    while (this.#waiting.length > 0) await this.#serve(this.#waiting.splice(0, MOST_SETS_A_COMMIT));
    this.#isDraining = false;
  }

  /** Settles every promise of the batch and never throws, or the loop would stop for good. */
  async #serve(batch: readonly Waiting[]): Promise<void> {
    const { gate } = this.#parts;
    try {
      await gate.pass();
      const sets = new Map(batch.map((one) => [labelOf(one), one]));
      const outcomes = await this.#outcomesOf([...sets.values()]);
      await this.#answer(batch, outcomes);
    } catch (error) {
      for (const one of batch) one.reject(error);
      if (error instanceof DatabaseRestoredError) {
        await gate.close("database-restored").catch((cause: unknown) => {
          log().error({ err: cause }, "that sales are closed cannot be put on record");
        });
      }
    }
  }

  /** Nobody learns a token whose entry could be lost with the database and not be missed. */
  async #answer(
    batch: readonly Waiting[],
    outcomes: ReadonlyMap<string, IssueOutcome | SetFailure>,
  ): Promise<void> {
    const failed = await this.#parts.journal.kept().then(
      () => null,
      (error: unknown) => new SetFailure(error),
    );
    for (const one of batch) {
      const outcome = failed ?? outcomes.get(labelOf(one));
      if (outcome === undefined || outcome instanceof SetFailure) one.reject(outcome?.cause);
      else one.resolve(outcome);
    }
  }

  async #outcomesOf(
    sets: readonly TokenSetName[],
  ): Promise<ReadonlyMap<string, IssueOutcome | SetFailure>> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const credit = new CreditLeft();
      const decisions = await this.#decideAll(sets, credit);
      const drafts = [...decisions.values()].flatMap((decision) =>
        decision instanceof SetFailure ? [] : decision.drafts,
      );
      const { isCounted } = credit;
      const { journal } = this.#parts;
      if (drafts.length === 0 || (await journal.append(drafts, { isCounted })) === "appended") {
        const entries = [...decisions].map(
          ([label, decision]) =>
            [label, decision instanceof SetFailure ? decision : decision.outcome] as const,
        );
        return new Map(entries);
      }
    }
    throw new Error("another signer takes every place in the chain");
  }

  async #decideAll(
    sets: readonly TokenSetName[],
    credit: CreditLeft,
  ): Promise<ReadonlyMap<string, Decision | SetFailure>> {
    const { pool, journal, clock, findMode } = this.#parts;
    const [reserved, mode] = await Promise.all([listReservedTokens(pool, sets), findMode()]);
    if (mode === null) throw new Error("the installation has no mode yet");
    const circumstances = { now: clock.now(), mode, credit };
    const reservedOf = Map.groupBy(reserved, labelOf);
    // Mostly nothing stands in the journal yet, and then nothing is read from it.
    const asked = sets.filter((set) => {
      const tokens = reservedOf.get(labelOf(set)) ?? [];
      return tokens.length === 0 || tokens.some((token) => token.isJournalled);
    });
    const rows = asked.length === 0 ? [] : await journal.listRows(asked);
    const rowsOf = Map.groupBy(rows, (row) => labelOf(nameOfRow(row)));
    const decided = sets.map(async (set) => {
      const label = labelOf(set);
      const known = { rows: rowsOf.get(label) ?? [], reserved: reservedOf.get(label) ?? [] };
      return [label, await this.#decide(set, known, circumstances)] as const;
    });
    return new Map(await Promise.all(decided));
  }

  /** One set's trouble, a bug included, must not keep the others from their tokens. */
  async #decide(
    set: TokenSetName,
    known: { readonly rows: readonly EntryRow[]; readonly reserved: readonly ReservedToken[] },
    circumstances: Circumstances,
  ): Promise<Decision | SetFailure> {
    try {
      const { rows, reserved } = known;
      if (rows.length > 0) {
        assert(rows.length >= reserved.length, "a token set is journalled whole");
        return { outcome: await this.#repeat(set, rows.map(entryOf)), drafts: [] };
      }
      if (reserved.length > 0) return await this.#decideAnew(set, reserved, circumstances);
      return { outcome: { tokenSetId: set.tokenSetId, outcome: "unknown" }, drafts: [] };
    } catch (error) {
      log().error({ err: error, ...namesOf(set) }, "a token set cannot be answered");
      return new SetFailure(error);
    }
  }

  /** Makes the journalled tokens again and checks that they are the ones that were given out. */
  async #repeat(set: TokenSetName, entries: readonly JournalEntry[]): Promise<IssueOutcome> {
    const { tokenSetId } = set;
    const refused = entries.find((entry) => entry.outcome === "refused");
    if (refused) return { tokenSetId, outcome: "refused", refusal: parseRefusal(refused.refusal) };
    const tokens = entries.map(async (entry): Promise<IssuedToken> => {
      const { position, reservation, tokenMac } = entry;
      const digits = tokenOf(reservation, await this.#parts.keys.decoderKeyOf(entry, reservation));
      const isTheSame = tokenMac !== null && this.#parts.mac.isMacOf(entry, digits, tokenMac);
      assert(isTheSame, "a token made again is the one that the journal has");
      return { position, digits };
    });
    return { tokenSetId, outcome: "issued", tokens: await Promise.all(tokens) };
  }

  /** A set is one thing: one refused token refuses them all. */
  async #decideAnew(
    set: TokenSetName,
    reserved: readonly ReservedToken[],
    { now, mode, credit }: Circumstances,
  ): Promise<Decision> {
    const { tokenSetId } = set;
    const refusals = reserved.map((token) => refusalOf({ ...token, mode, now }));
    const claims = reserved.map((token) => ({ ...token, ...token.reservation }));
    // Nothing is awaited before this: what sets take, they take in the order asked.
    const refusal =
      refusals.find((found) => found !== null) ??
      (credit.take(claims) ? null : ("credit-limit-spent" as const));
    if (refusal) {
      const drafts = reserved.map((token) => ({ ...draftOf(token, now), refusal }));
      return { outcome: { tokenSetId, outcome: "refused", refusal }, drafts };
    }
    const made = reserved.map(async (token) => {
      const { reservation, position } = token;
      const digits = tokenOf(reservation, await this.#parts.keys.decoderKeyOf(token, reservation));
      const { tokenIdMinutes } = reservation;
      const tokenMac = this.#parts.mac.macOf(token, digits);
      const issued = { outcome: "issued", tokenIdMinutes, tokenMac } as const;
      return { token: { position, digits }, draft: { ...draftOf(token, now), ...issued } };
    });
    const both = await Promise.all(made);
    const tokens = both.map(({ token }) => token);
    return {
      outcome: { tokenSetId, outcome: "issued", tokens },
      drafts: both.map(({ draft }) => draft),
    };
  }
}

/** Why one set has no outcome. */
class SetFailure {
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** A refused entry without its reason; an issued one says what differs. */
function draftOf(token: ReservedToken, now: Date): JournalDraft {
  const { organizationId, tokenSetId, position, meterId, vendingKeyId, reservation } = token;
  const place = { organizationId, tokenSetId, position, meterId, vendingKeyId, reservation };
  const refused = {
    outcome: "refused",
    refusal: null,
    tokenIdMinutes: null,
    tokenMac: null,
  } as const;
  return { ...place, ...refused, at: now };
}

function parseRefusal(text: string | null): IssueRefusal {
  const refusal = ISSUE_REFUSALS.find((known) => known === text);
  assert(refusal !== undefined, "a refused entry names a refusal of ours");
  return refusal;
}

const labelOf = (set: TokenSetName) => `${set.organizationId}|${set.tokenSetId}`;

const namesOf = ({ organizationId, tokenSetId }: TokenSetName) => ({ organizationId, tokenSetId });

const nameOfRow = (row: EntryRow): TokenSetName => ({
  organizationId: row.organization_id,
  tokenSetId: row.token_set_id,
});
