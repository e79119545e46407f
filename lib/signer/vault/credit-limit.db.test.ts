import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideInstallationMode } from "@/lib/access";
import { closePools, signerPool } from "@/lib/platform/databases";
import { SecretKey } from "@/lib/sts";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeSellingMeter, reserveTokenSet } from "@/prisma/seed/reservation";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import type { ImportedAttributes } from "../core/key-attributes";
import { checkValueOf, combineComponents } from "../core/key-components";
import type { IssueOutcome } from "../token-issuer";
import { importVendingKey } from "./import-key";
import { keyRingOf } from "./key-encryption-key";
import { openVault } from "./open-vault";

// What the Key Management Centre lets a key do, kept by the signer whatever the web has reserved.

const NOW = new Date("2026-06-01T08:30:00Z");
const ring = keyRingOf(new SecretKey(randomBytes(32)));
const vault = () => openVault({ keyEncryptionKey: ring.sealing, ring, clock: { now: () => NOW } });
let flat: Flat;
let revision = 0;

beforeAll(async () => {
  await decideInstallationMode("practice", NOW);
  flat = await makeFlat(NOW);
});
afterAll(closePools);

async function meterUnder(change: Partial<ImportedAttributes> = {}) {
  revision += 1;
  const bytes = [randomBytes(20), randomBytes(20)] as const;
  const checkValue = checkValueOf(
    combineComponents(new SecretKey(bytes[0]), new SecretKey(bytes[1])),
  );
  const attributes: ImportedAttributes = {
    organizationId: flat.scope.organizationId,
    supplyGroupCode: "600727",
    keyRevisionNumber: revision,
    keyExpiryNumber: 255,
    baseDateYear: 2014,
    activeFrom: new Date("2014-01-01T00:00:00Z"),
    issueUntil: null,
    allowedSubclasses: [0],
    creditLimitUnits: null,
    custodians: ["Amina Otieno", "Jane Wambui"],
    checkValue,
    ...change,
  };
  const components = [new SecretKey(bytes[0]), new SecretKey(bytes[1])] as const;
  const imported = await importVendingKey(ring, { attributes, components, now: NOW });
  if (!imported.ok) throw new Error(imported.error);
  const { vendingKeyId } = imported.value;
  const meter = await makeSellingMeter(flat, { vendingKeyId, now: NOW });
  return { vendingKeyId, meter };
}

type Meter = Awaited<ReturnType<typeof meterUnder>>["meter"];
let sold = 0;
const reserve = (meter: Meter, tokenUnits: number) => {
  sold += 1;
  return reserveTokenSet(meter, {
    tokenUnits,
    randomNibble: sold % 16,
    now: new Date(NOW.getTime() + sold * 60_000),
  });
};

async function issue(tokenSetIds: readonly string[], by = vault()) {
  const { organizationId } = flat.scope;
  const outcomes = await by.issue({ organizationId, tokenSetIds });
  return outcomes.map(wordOf);
}
const wordOf = (outcome: IssueOutcome) =>
  outcome.outcome === "refused" ? outcome.refusal : outcome.outcome;

async function remainingUnder(vendingKeyId: string): Promise<bigint> {
  const found = await signerPool().query<{ units: string }>(
    "SELECT remaining_units AS units FROM vending_key_credit WHERE vending_key_id = $1",
    [vendingKeyId],
  );
  return BigInt(found.rows[0]?.units ?? -1);
}

describe("a key's credit", () => {
  test("counts down to nothing with what is issued; then it is refused, for good", async () => {
    const { vendingKeyId, meter } = await meterUnder({ creditLimitUnits: 500n });
    const sets = [await reserve(meter, 300), await reserve(meter, 201), await reserve(meter, 200)];
    const ids = sets.map(({ tokenSetId }) => tokenSetId);
    expect(await issue(ids)).toEqual(["issued", "credit-limit-spent", "issued"]);
    expect(await remainingUnder(vendingKeyId)).toBe(0n);
    expect(await issue(ids)).toEqual(["issued", "credit-limit-spent", "issued"]);
    const one = await reserve(meter, 1);
    expect(await issue([one.tokenSetId])).toEqual(["credit-limit-spent"]);
    expect(await remainingUnder(vendingKeyId)).toBe(0n);
  });

  test("is never overspent, also by two signers that are asked at once", async () => {
    const { vendingKeyId, meter } = await meterUnder({ creditLimitUnits: 1_000n });
    const ids: string[] = [];
    for (let count = 0; count < 16; count += 1) ids.push((await reserve(meter, 100)).tokenSetId);
    const signers = [vault(), vault()];
    const asked = ids.flatMap((id, index) => [
      issue([id], signers[index % 2]),
      issue([id], signers[(index + 1) % 2]),
    ]);
    const words = (await Promise.all(asked)).flat();
    expect(words.filter((word) => word === "issued")).toHaveLength(20);
    expect(words.filter((word) => word === "credit-limit-spent")).toHaveLength(12);
    expect(await remainingUnder(vendingKeyId)).toBe(0n);
  });

  test("is taken once, however often a set is asked for", async () => {
    const { vendingKeyId, meter } = await meterUnder({ creditLimitUnits: 1_000n });
    const { tokenSetId } = await reserve(meter, 400);
    for (let count = 0; count < 3; count += 1) await issue([tokenSetId]);
    expect(await remainingUnder(vendingKeyId)).toBe(600n);
  });

  test("is no matter for a key without a limit beside it", async () => {
    const limited = await meterUnder({ creditLimitUnits: 100n });
    const free = await meterUnder();
    const sets = [await reserve(limited.meter, 101), await reserve(free.meter, 16_000)];
    expect(await issue(sets.map(({ tokenSetId }) => tokenSetId))).toEqual([
      "credit-limit-spent",
      "issued",
    ]);
  });
});

describe("a key's attributes", () => {
  const later = new Date(NOW.getTime() + 1);
  // The web would not reserve under the first two: they are changed after it has.
  test.each([
    ["key-not-active-yet", "active_from", later],
    ["key-no-longer-issues", "issue_until", NOW],
    ["key-expired", "key_expiry_number", 1],
    ["subclass-not-allowed", "allowed_subclasses", [4]],
  ])("%s is refused and put on record", async (refusal, column, value) => {
    const { vendingKeyId, meter } = await meterUnder();
    const { tokenSetId } = await reserve(meter, 100);
    await writeAsOwner("vending_key", `UPDATE vending_key SET ${column} = $2 WHERE id = $1`, [
      vendingKeyId,
      value,
    ]);
    expect(await issue([tokenSetId])).toEqual([refusal]);
    const found = await signerPool().query(
      "SELECT outcome, refusal, token_mac FROM journal_entry WHERE token_set_id = $1",
      [tokenSetId],
    );
    expect(found.rows).toEqual([{ outcome: "refused", refusal, token_mac: null }]);
  });

  test("are the Key Management Centre's: nobody of ours may change them", async () => {
    for (const text of [
      "UPDATE vending_key SET issue_until = NULL",
      "UPDATE vending_key_credit SET limit_units = 1",
      "DELETE FROM vending_key_credit",
    ]) {
      await expect(signerPool().query(text)).rejects.toThrow("permission denied");
    }
  });
});
