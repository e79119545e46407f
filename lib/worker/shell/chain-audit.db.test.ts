import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createOrganization, verifyAudit } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { closePools, workerPool } from "@/lib/platform/databases";
import { practiceProvider } from "@/lib/practice";
import { signerClient } from "@/lib/signer";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { workHandler } from "./handle-work";
import { runOnce } from "./work-loop";

let signer: SignerProcess;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(async () => {
  await signer.stop();
  await closePools();
});
beforeEach(async () => {
  await workerPool().query("DELETE FROM outbox");
  await workerPool().query("DELETE FROM due_work");
});

function newOrganization(): Promise<string> {
  const name = "Acacia Court";
  const now = systemClock.now();
  return createOrganization({ name, legalName: name, taxNumber: null, now });
}

/** One round, the worker's clock ahead by some seconds. */
function work(issuer = signer.issuer, aheadSeconds = 0) {
  const callback = { siteUrl: "http://127.0.0.1:1", masterSecret: "master" };
  const handle = workHandler({ issuer, providers: async () => practiceProvider(), callback });
  const now = () => new Date(systemClock.now().getTime() + aheadSeconds * 1_000);
  return runOnce(handle, { now });
}

async function verdictOf(organizationId: string) {
  const { auditPublicKeyHex } = await signer.issuer.report();
  const publicKey = Buffer.from(auditPublicKeyHex, "hex");
  for await (const verdict of verifyAudit({ publicKey, now: systemClock.now() })) {
    if (verdict.organizationId === organizationId) return verdict;
  }
  throw new Error("the organization is not audited");
}

const leftOver = async () => (await workerPool().query("SELECT kind FROM due_work")).rowCount;

it("an audit entry is linked and signed in the next round, and nothing is left to do", async () => {
  const organizationId = await newOrganization();
  expect(await work()).toBe(1);
  expect(await verdictOf(organizationId)).toMatchObject({ links: 1n, signed: 1n, fault: null });
  expect(await leftOver()).toBe(0);
});

it("with the signer away an entry is linked at once, and signed when it is back", async () => {
  const organizationId = await newOrganization();
  await work(signerClient("/nonexistent/signer.sock"));
  expect(await verdictOf(organizationId)).toMatchObject({ links: 1n, signed: 0n, fault: null });
  expect(await leftOver()).toBe(1);
  await work(signer.issuer, 60);
  expect(await verdictOf(organizationId)).toMatchObject({ links: 1n, signed: 1n, fault: null });
});
