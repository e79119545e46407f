import { err, ok, type Result } from "@/lib/kernel";
import { type Clock, systemClock } from "@/lib/platform";
import { closePools, signerPool } from "@/lib/platform/databases";
import type { SecretKey } from "@/lib/sts";
import type { AuditSigner } from "../audit-signer";
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
import { type InstallationMode, installationModeReader } from "./installation-mode";
import { Issuer } from "./issue";
import { Journal } from "./journal";
import { type KeyStore, SoftwareKeyStore } from "./key-store";
import { manufactureMeter } from "./manufacture";
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
  readonly close: () => Promise<void>;
};

export type VaultParts = {
  readonly keyEncryptionKey: SecretKey;
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
  const findMode = parts.findMode ?? installationModeReader(pool);
  const mac = createTokenMac(keyEncryptionKey);
  const auditHeads = new AuditHeads({ pool, clock, keyEncryptionKey });
  const journal = new Journal(pool);
  const issuer = new Issuer({ pool, journal, keys, mac, findMode, clock });
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
      const isReady = isAnswering && mode !== null;
      const auditPublicKeyHex = auditHeads.publicKey.toString("hex");
      return { isReady, mode, waitingTokenSets, auditPublicKeyHex };
    },
    close: closePools,
  };
}
