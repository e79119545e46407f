import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SecretKey } from "@/lib/sts";
import type { KnownHead } from "../core/head-lines";
import { headFileIn, putHeadsAside } from "./head-file";

const key = new SecretKey(randomBytes(32));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "voltlet-heads-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const head = (sequence: bigint, organization = 1): KnownHead => ({
  organizationId: `019ab000-0000-7000-8000-00000000000${organization}`,
  chain: "signer-1",
  sequence,
  hash: Buffer.alloc(32, Number(sequence)),
});

async function openOne(databaseName = "1", under = key) {
  const keeper = headFileIn(folder, under);
  await keeper.open(databaseName);
  return keeper;
}
const file = () => path.join(folder, "journal-heads-1");

test("what was kept is known again, and the file is its owner's alone", async () => {
  const keeper = await openOne();
  expect(keeper.isNew).toBe(true);
  keeper.note([head(1n), head(1n, 2)]);
  await keeper.kept();
  keeper.note([head(2n)]);
  keeper.note([head(3n)]);
  await keeper.kept();
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  await keeper.close();
  const again = await openOne();
  expect(again.isNew).toBe(false);
  expect(again.listHeads()).toEqual([head(3n), head(1n, 2)]);
  await again.close();
});

test("kept means on the disk: everything that was noted before stands in the file", async () => {
  const keeper = await openOne();
  const waits = [];
  for (let sequence = 1n; sequence <= 200n; sequence += 1n) {
    keeper.note([head(sequence)]);
    const kept = keeper.kept().then(() => {
      const last = readFileSync(file(), "utf8").trim().split("\n").at(-1) ?? "";
      expect(BigInt(last.split(" ")[2] ?? 0)).toBeGreaterThanOrEqual(sequence);
    });
    waits.push(kept);
    if (sequence % 7n === 0n) await kept;
  }
  await Promise.all(waits);
  await keeper.close();
});

test("a lower head than is known changes nothing", async () => {
  const keeper = await openOne();
  keeper.note([head(5n)]);
  keeper.note([head(4n)]);
  await keeper.kept();
  await keeper.close();
  expect((await openOne()).listHeads()).toEqual([head(5n)]);
});

test("each database has a file of its own; one that was put aside is begun anew", async () => {
  const keeper = await openOne();
  keeper.note([head(5n)]);
  await keeper.kept();
  await keeper.close();
  expect((await openOne("2")).listHeads()).toEqual([]);
  await putHeadsAside(folder, { databaseName: "1", label: "then" });
  await putHeadsAside(folder, { databaseName: "1", label: "and again" });
  expect((await openOne()).isNew).toBe(true);
  expect(readdirSync(folder)).toContain("journal-heads-1.then");
});

test("a line that was cut off is left out; a changed one is named", async () => {
  const keeper = await openOne();
  keeper.note([head(1n)]);
  await keeper.kept();
  await keeper.close();
  appendFileSync(file(), "019ab000-0000-7000-8000-0000000");
  const again = await openOne();
  expect(again.listHeads()).toEqual([head(1n)]);
  await again.close();
  writeFileSync(file(), readFileSync(file(), "utf8").replace(" 1 ", " 2 "));
  await expect(openOne()).rejects.toThrow("line 2");
});

test("a file of another key-encryption key is not taken for ours", async () => {
  const keeper = await openOne("1", new SecretKey(randomBytes(32)));
  keeper.note([head(1n)]);
  await keeper.kept();
  await keeper.close();
  await expect(openOne()).rejects.toThrow("not as the signer wrote it");
});

test("a folder that others can enter is refused", async () => {
  chmodSync(folder, 0o750);
  await expect(openOne()).rejects.toThrow("chmod 700");
});

test("what cannot be written is an error for who waits, each time", async () => {
  const keeper = await openOne();
  rmSync(folder, { recursive: true });
  keeper.note([head(1n)]);
  await expect(keeper.kept()).rejects.toThrow("ENOENT");
  await expect(keeper.kept()).rejects.toThrow("ENOENT");
  folder = mkdtempSync(path.join(tmpdir(), "voltlet-heads-"));
  const other = headFileIn(folder, key);
  await other.open("1");
  other.note([head(1n)]);
  await other.kept();
  expect(other.listHeads()).toEqual([head(1n)]);
});
