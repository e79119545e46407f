import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, expect, test } from "vitest";
import { chainAudit, createOrganization, systemScope, verifyAudit } from "@/lib/access";
import { systemClock, testEnv } from "@/lib/platform";
import { closePools } from "@/lib/platform/databases";
import { SecretKey } from "@/lib/sts";
import { openVault } from "./open-vault";

const keyEncryptionKey = new SecretKey(randomBytes(32));
const vault = openVault({ keyEncryptionKey });
const now = systemClock.now();

afterAll(closePools);

async function open() {
  const name = "Acacia Court";
  const organizationId = await createOrganization({ name, legalName: name, taxNumber: null, now });
  return { organizationId, scope: systemScope(organizationId, "test") };
}

async function verdictOf(organizationId: string) {
  const { auditPublicKeyHex } = await vault.report();
  const publicKey = Buffer.from(auditPublicKeyHex, "hex");
  for await (const verdict of verifyAudit({ publicKey, now: systemClock.now() })) {
    if (verdict.organizationId === organizationId) return verdict;
  }
  throw new Error("the organization is not audited");
}

test("the last link is signed once, and holds under the key of the report", async () => {
  const { organizationId, scope } = await open();
  expect(await vault.signAuditHead(organizationId)).toEqual({ outcome: "nothing-to-sign" });
  await chainAudit(scope, now);
  expect(await vault.signAuditHead(organizationId)).toEqual({ outcome: "signed" });
  expect(await vault.signAuditHead(organizationId)).toEqual({ outcome: "nothing-to-sign" });
  expect(await verdictOf(organizationId)).toMatchObject({ links: 1n, signed: 1n, fault: null });
});

test("two that ask at once leave one head", async () => {
  const { organizationId, scope } = await open();
  await chainAudit(scope, now);
  await Promise.all([1, 2, 3].map(() => vault.signAuditHead(organizationId)));
  expect(await verdictOf(organizationId)).toMatchObject({ signed: 1n, fault: null });
});

test("a signature by another key-encryption key is not taken for ours", async () => {
  const { organizationId, scope } = await open();
  await chainAudit(scope, now);
  const other = openVault({ keyEncryptionKey: new SecretKey(randomBytes(32)) });
  await other.signAuditHead(organizationId);
  expect((await verdictOf(organizationId)).fault?.code).toBe("head-of-another-key");
});

test("a chain that was written anew since is not signed again", async () => {
  const { organizationId, scope } = await open();
  await chainAudit(scope, now);
  await vault.signAuditHead(organizationId);
  const client = new Client({ connectionString: testEnv().DATABASE_URL });
  await client.connect();
  // The owner is held by the policies too, until it lifts them: what a thief of its address does.
  await client.query("ALTER TABLE audit_link NO FORCE ROW LEVEL SECURITY");
  await client.query("UPDATE audit_link SET hash = $2 WHERE organization_id = $1", [
    organizationId,
    randomBytes(32),
  ]);
  await client.query("ALTER TABLE audit_link FORCE ROW LEVEL SECURITY");
  await client.end();
  expect(await vault.signAuditHead(organizationId)).toEqual({ outcome: "rewritten" });
});
