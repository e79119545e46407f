import { err, ok, type Result } from "@/lib/kernel";
import { type Clock, systemClock } from "@/lib/platform";
import { closePools, signerPool } from "@/lib/platform/databases";
import type { SecretKey } from "@/lib/sts";
import type { AuditSigner } from "../audit-signer";
import type { KnownHead } from "../core/head-lines";
import type { PracticeRefusal } from "../errors";
import type {
  IssueOutcome,
  IssueRequest,
  ManufacturedMeter,
  ManufactureRequest,
  PracticeKeyRequest,
  SignerReport,
} from "../token-issuer";
import { AuditHeads } from "./audit-heads";
import { type HeadKeeper, headsInMemory } from "./head-file";
import { type InstallationMode, installationReader } from "./installation-mode";
import { Issuer } from "./issue";
import { Journal } from "./journal";
import { JournalHeads, type SignedHeads } from "./journal-heads";
import { type KeyRing, keyRingOf } from "./key-encryption-key";
import type { KeyStore } from "./key-store";
import { manufactureMeter } from "./manufacture";
import { SalesGate } from "./sales-gate";
import { signingKeyOf } from "./signing-key";
import { SoftwareKeyStore } from "./software-key-store";
import { createTokenMac } from "./token-mac";

/** The signer's inside: keys, journal and the database role that may read them. */
export type Vault = AuditSigner & {
  readonly issue: (request: IssueRequest) => Promise<readonly IssueOutcome[]>;
  readonly generatePracticeKey: (
    request: PracticeKeyRequest,
  ) => Promise<Result<{ readonly vendingKeyId: string }, PracticeRefusal>>;
  readonly manufacture: (
    request: ManufactureRequest,
  ) => Promise<Result<ManufacturedMeter, PracticeRefusal>>;
  readonly report: () => Promise<SignerReport>;
  /** Whether tokens may be issued: throws where they may not, or while nobody knows. */
  readonly settle: () => Promise<void>;
  /** Signs the last entry of each chain that grew, once a day. */
  readonly signJournalHeads: () => Promise<SignedHeads>;
  /** The last entries as they are kept beside the database. */
  readonly listKeptHeads: () => readonly KnownHead[];
  readonly close: () => Promise<void>;
};

export type VaultParts = {
  readonly keyEncryptionKey: SecretKey;
  /** The signer's other keys, where they do not come from this key-encryption key. */
  readonly ring?: KeyRing;
  /** Where the heads of chains are kept; a vault without a folder forgets them. */
  readonly heads?: HeadKeeper;
  readonly clock?: Clock;
  /** Another key store than the software one. */
  readonly keys?: KeyStore;
  /** Where the mode comes from, if not from the database. */
  readonly findMode?: () => Promise<InstallationMode | null>;
};

/** Opens the vault on the signer's pool. Nothing is read before the first request. */
export function openVault(parts: VaultParts): Vault {
  const pool = signerPool();
  const { keyEncryptionKey, clock = systemClock } = parts;
  const keys = parts.keys ?? new SoftwareKeyStore({ pool, keyEncryptionKey });
  const findInstallation = installationReader(pool);
  const findMode = parts.findMode ?? (async () => (await findInstallation())?.mode ?? null);
  const { ring = keyRingOf(keyEncryptionKey), heads = headsInMemory() } = parts;
  const mac = createTokenMac(ring.forPurpose("journal token mac"));
  const auditSigning = signingKeyOf(ring.forPurpose("audit head"));
  const journalSigning = signingKeyOf(ring.forPurpose("journal head"));
  const auditHeads = new AuditHeads({ pool, clock, signing: auditSigning });
  const journalHeads = new JournalHeads({ pool, clock, signing: journalSigning });
  const journal = new Journal(pool, heads);
  const gate = new SalesGate({ pool, heads, clock, findInstallation });
  const issuer = new Issuer({ pool, journal, keys, mac, gate, findMode, clock });
  const isPractice = async () => (await findMode()) === "practice";

  return {
    issue: (request) => issuer.issue(request),
    generatePracticeKey: async (request) => {
      if (!(await isPractice())) return err("not-a-practice-installation");
      const vendingKeyId = await keys.generatePracticeKey(request);
      return vendingKeyId === null ? err("key-attributes-taken") : ok({ vendingKeyId });
    },
    manufacture: async (request) => {
      if (!(await isPractice())) return err("not-a-practice-installation");
      return manufactureMeter({ pool, keys }, request);
    },
    signAuditHead: (organizationId) => auditHeads.sign(organizationId),
    report: async () => {
      const isAnswering = await pool.query("select 1").then(
        () => true,
        () => false,
      );
      const mode = isAnswering ? await findMode() : null;
      const { waitingTokenSets } = issuer;
      const { closedBecause } = gate;
      const isReady = isAnswering && mode !== null && closedBecause === null;
      const auditPublicKeyHex = auditSigning.publicKey.toString("hex");
      const journalPublicKeyHex = journalSigning.publicKey.toString("hex");
      const keys = { auditPublicKeyHex, journalPublicKeyHex };
      return { isReady, mode, closedBecause, waitingTokenSets, ...keys };
    },
    settle: () => gate.pass(),
    signJournalHeads: () => journalHeads.signDue(),
    listKeptHeads: () => heads.listHeads(),
    close: async () => {
      await heads.close();
      await closePools();
    },
  };
}
