import { randomBytes } from "node:crypto";
import { link, open, readdir, rename, stat, unlink } from "node:fs/promises";
import path from "node:path";
import type { PoolClient } from "pg";
import { log } from "@/lib/platform";
import { signerPool } from "@/lib/platform/databases";
import { SecretKey } from "@/lib/sts";
import { type KeyRing, keyFileText, readKeyRing } from "./key-encryption-key";
import { openKey, type SealedKeyName, sealKey } from "./sealed-key";
import { STATEMENT_LIMIT } from "./statement-limit";

/*
 * The exchange of the key-encryption key. At every moment either the file or the one beside it,
 * `.next`, opens every key: the new file is on the disk before the database changes, all keys
 * change in one transaction, and only then the new file takes the old one's name. Whoever is cut
 * off in between finds out at the next start which of the two is in force.
 */

const NEXT = ".next";
// One exchange at a time; any number that nothing else of ours locks.
const LOCK = 6_205_541;

export type Resealed = {
  readonly keys: number;
  /** Where the key-encryption key is that was in force before: old backups need it. */
  readonly formerFile: string;
};

/** Called at points between which an exchange may be cut off; for tests. */
export type ResealStep = "written" | "committed" | "linked";

/**
 * Makes a key-encryption key by chance, seals every vending key under it, and puts its file in the
 * place of the old one, which is kept beside it under the day's name. Changes nothing, and throws a
 * sentence that names the key, where one does not open. The signer must not run meanwhile.
 */
export async function resealKeys(
  file: string,
  { now, at = () => undefined }: { readonly now: Date; readonly at?: (step: ResealStep) => void },
): Promise<Resealed> {
  const client = await signerPool().connect();
  try {
    // Held until the files have changed places: the next exchange writes the same names.
    const locked = await client.query("SELECT pg_try_advisory_lock($1) AS is_ours", [LOCK]);
    if (!locked.rows[0]?.is_ours) throw new Error("Another exchange of the key is under way.");
    const ring = await settleKeyFile(file);
    const next = new SecretKey(randomBytes(32));
    await writePrivately(`${file}${NEXT}`, keyFileText(next, ring));
    at("written");
    await client.query("BEGIN");
    const keys = await sealAnew(client, ring.sealing, next).catch(async (error: unknown) => {
      // Nothing is under it, and nothing will be.
      await unlink(`${file}${NEXT}`);
      throw error;
    });
    await client.query("COMMIT");
    at("committed");
    return { keys, formerFile: await promote(file, { now, at }) };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    // The lock goes with its connection.
    client.release(true);
  }
}

/**
 * The ring that is in force. Where an exchange was cut off after its commit, the file beside is,
 * and takes its place; one that was cut off before is left where it is and changes nothing.
 */
export async function settleKeyFile(file: string): Promise<KeyRing> {
  const ring = await readKeyRing(file);
  const isInterrupted = await stat(`${file}${NEXT}`).then(
    () => true,
    () => false,
  );
  if (!isInterrupted || (await opensAny(ring.sealing)) !== false) return ring;
  const next = await readKeyRing(`${file}${NEXT}`);
  if ((await opensAny(next.sealing)) !== true) return ring;
  log().warn("an exchange of the key-encryption key was cut off, and is finished now");
  await promote(file, {
    now: new Date((await stat(`${file}${NEXT}`)).mtimeMs),
    at: () => undefined,
  });
  return next;
}

type SealedRow = {
  readonly organization_id: string;
  readonly vending_key_id: string;
  readonly version: number;
  readonly nonce: Buffer;
  readonly sealed: Buffer;
};

const COLUMNS = "organization_id, vending_key_id, version, nonce, sealed";

const nameOf = (row: SealedRow): SealedKeyName => ({
  organizationId: row.organization_id,
  vendingKeyId: row.vending_key_id,
  version: row.version,
});

/** Whether this key opens any of the newest sealed keys; null where there is none to try. */
async function opensAny(sealing: SecretKey): Promise<boolean | null> {
  const text = `SELECT ${COLUMNS} FROM sealed_vending_key ORDER BY vending_key_id DESC LIMIT 8`;
  const found = await signerPool().query<SealedRow>({ ...STATEMENT_LIMIT, text });
  if (found.rows.length === 0) return null;
  return found.rows.some((row) => openKey(sealing, nameOf(row), row).ok);
}

async function sealAnew(client: PoolClient, from: SecretKey, to: SecretKey): Promise<number> {
  const found = await client.query<SealedRow>(
    `SELECT ${COLUMNS} FROM sealed_vending_key ORDER BY organization_id, vending_key_id FOR UPDATE`,
  );
  for (const row of found.rows) {
    const opened = openKey(from, nameOf(row), row);
    if (!opened.ok) {
      throw new Error(`Vending key ${row.vending_key_id} does not open: ${opened.error}.`);
    }
    const { nonce, sealed } = sealKey(to, nameOf(row), opened.value);
    opened.value.wipe();
    await client.query(
      `UPDATE sealed_vending_key SET nonce = $3, sealed = $4
        WHERE organization_id = $1 AND vending_key_id = $2`,
      [row.organization_id, row.vending_key_id, nonce, sealed],
    );
  }
  return found.rows.length;
}

async function promote(
  file: string,
  { now, at }: { readonly now: Date; readonly at: (step: ResealStep) => void },
): Promise<string> {
  const formerFile = `${file}.before-${now.toISOString().replaceAll(/[:.]/g, "-")}`;
  // A name more for the old file, never a moment without one of that name.
  const isLinked = (await readdir(path.dirname(file))).includes(path.basename(formerFile));
  if (!isLinked) await link(file, formerFile);
  at("linked");
  await rename(`${file}${NEXT}`, file);
  await syncFolder(path.dirname(file));
  return formerFile;
}

async function writePrivately(file: string, text: string): Promise<void> {
  const handle = await open(file, "w", 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(path.dirname(file));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
