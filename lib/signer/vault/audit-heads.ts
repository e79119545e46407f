import { sign } from "node:crypto";
import type { Pool } from "pg";
import { type AuditHead, auditHeadBytes, continuesHead } from "@/lib/access/shared";
import { type Clock, log } from "@/lib/platform";
import type { SignedHead } from "../audit-signer";
import type { SigningKey } from "./signing-key";
import { STATEMENT_LIMIT } from "./statement-limit";

/** Signs heads of audit chains with an Ed25519 key of the ring. */
export class AuditHeads {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #signing: SigningKey;

  constructor(parts: {
    readonly pool: Pool;
    readonly clock: Clock;
    readonly signing: SigningKey;
  }) {
    this.#pool = parts.pool;
    this.#clock = parts.clock;
    this.#signing = parts.signing;
  }

  /**
   * Signs the last link of an organization, once. A chain in which the link signed last is another
   * now, or gone, is not signed: whoever wrote it anew gets no signature of ours for it.
   */
  async sign(organizationId: string): Promise<SignedHead> {
    const [last, head] = await Promise.all([
      this.#lastLink(organizationId),
      this.#head(organizationId),
    ]);
    if (head && !continuesHead(head, head.link_hash ? { hash: head.link_hash } : null)) {
      log().error({ organizationId, sequence: head.sequence }, "an audit chain was written anew");
      return { outcome: "rewritten" };
    }
    if (!last || last.sequence === head?.sequence) return { outcome: "nothing-to-sign" };
    const at = this.#clock.now();
    const unsigned: Omit<AuditHead, "signature"> = {
      organizationId,
      sequence: BigInt(last.sequence),
      previousSequence: BigInt(head?.sequence ?? 0),
      hash: last.hash,
      // As the database gives it back, with the microseconds that it keeps.
      signedAt: at.toISOString().replace("Z", "000Z"),
      publicKey: this.#signing.publicKey,
    };
    const signature = sign(null, auditHeadBytes(unsigned), this.#signing.key);
    const { sequence, previousSequence, hash, publicKey } = unsigned;
    // Two signers at once: the first that writes is the head, and the other one's is not needed.
    await this.#pool.query({
      ...STATEMENT_LIMIT,
      text: `INSERT INTO audit_head (organization_id, sequence, previous_sequence, hash, signed_at,
               public_key, signature) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      values: [organizationId, sequence, previousSequence, hash, at, publicKey, signature],
    });
    return { outcome: "signed" };
  }

  async #lastLink(organizationId: string) {
    const found = await this.#pool.query<{ sequence: string; hash: Buffer }>({
      ...STATEMENT_LIMIT,
      text: `SELECT sequence, hash FROM audit_link WHERE organization_id = $1
              ORDER BY sequence DESC LIMIT 1`,
      values: [organizationId],
    });
    return found.rows[0];
  }

  async #head(organizationId: string) {
    const found = await this.#pool.query<{
      sequence: string;
      hash: Buffer;
      link_hash: Buffer | null;
    }>({
      ...STATEMENT_LIMIT,
      text: `SELECT h.sequence, h.hash, l.hash AS link_hash FROM audit_head h
               LEFT JOIN audit_link l ON l.organization_id = h.organization_id
                AND l.sequence = h.sequence
              WHERE h.organization_id = $1 ORDER BY h.sequence DESC LIMIT 1`,
      values: [organizationId],
    });
    return found.rows[0];
  }
}
