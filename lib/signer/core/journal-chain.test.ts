import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ChainHead,
  chainAfter,
  EMPTY_CHAIN,
  type JournalDraft,
  type JournalEntry,
  verifyChain,
} from "./journal-chain";

const issued: JournalDraft = {
  organizationId: "019ab000-0000-7000-8000-000000000001",
  at: new Date("2026-06-01T08:30:00.123Z"),
  outcome: "issued",
  refusal: null,
  tokenSetId: "019ab000-0000-7000-8000-000000000002",
  position: 1,
  meterId: "019ab000-0000-7000-8000-000000000003",
  vendingKeyId: "019ab000-0000-7000-8000-000000000004",
  tokenIdMinutes: 6_527_070,
  reservation: {
    meterNumber: "01000451276",
    encryptionAlgorithm: 11,
    tariffIndex: 1,
    subclass: 0,
    tokenIdMinutes: 6_527_070,
    randomNibble: 5,
    amountUnits: 204,
    supplyGroupCode: "100047",
    keyRevisionNumber: 1,
    keyType: 2,
    baseDateYear: 2014,
  },
  tokenMac: Uint8Array.from({ length: 32 }, (_, index) => index),
};
const refused: JournalDraft = {
  ...issued,
  outcome: "refused",
  refusal: "key-expired",
  tokenIdMinutes: null,
  tokenMac: null,
};

function chainOf(length: number): readonly JournalEntry[] {
  let head: ChainHead = EMPTY_CHAIN;
  return Array.from({ length }, (_, index) => {
    const entry = chainAfter(head, "signer-1", index % 3 === 2 ? refused : issued);
    head = entry;
    return entry;
  });
}

/** The entry with one of its values changed, whatever its type. */
function tampered(entry: JournalEntry, field: keyof JournalEntry): JournalEntry {
  return { ...entry, [field]: other(entry[field]) } as JournalEntry;
}

function other(value: unknown): unknown {
  if (typeof value === "string") return `${value}x`;
  if (typeof value === "number") return value + 1;
  if (typeof value === "bigint") return value + 1n;
  if (value instanceof Date) return new Date(value.getTime() + 1);
  if (value instanceof Uint8Array) return value.map((byte, index) => (index ? byte : byte ^ 1));
  return value === null ? "" : {};
}

describe("verifyChain", () => {
  test("passes a chain as it was written and gives its head, also in two stretches", () => {
    const chain = chainOf(7);
    const whole = verifyChain(chain);
    expect(whole).toMatchObject({ ok: true, value: { sequence: 7n, hash: chain[6]?.hash } });
    const first = verifyChain(chain.slice(0, 3));
    expect(first.ok && verifyChain(chain.slice(3), first.value)).toEqual(whole);
    expect(verifyChain([])).toEqual({ ok: true, value: EMPTY_CHAIN });
  });

  const fields = Object.keys(chainOf(1)[0] ?? {}).filter((field) => field !== "reservation");
  test.each(fields as (keyof JournalEntry)[])("names the entry whose %s was changed", (field) => {
    for (const [index, entry] of chainOf(6).entries()) {
      const chain = chainOf(6).with(index, tampered(entry, field));
      const found = verifyChain(chain);
      expect(found.ok).toBe(false);
      if (!found.ok) expect(found.error.sequence).toBe(BigInt(index + 1));
    }
  });

  test.each(Object.keys(issued.reservation))("finds a changed reservation: %s", (field) => {
    const [entry] = chainOf(1);
    if (!entry) throw new Error("a chain of one has an entry");
    const value = other(Reflect.get(entry.reservation, field));
    const reservation = { ...entry.reservation, [field]: value };
    const fault = { code: "content-changed", sequence: 1n };
    expect(verifyChain([{ ...entry, reservation }])).toEqual({ ok: false, error: fault });
  });

  test("finds one flipped bit in any hash or MAC", () => {
    const place = fc.record({
      index: fc.nat(5),
      field: fc.constantFrom("hash" as const, "previousHash" as const, "tokenMac" as const),
      byte: fc.nat(31),
      bit: fc.nat(7),
    });
    fc.assert(
      fc.property(place, ({ index, field, byte, bit }) => {
        const chain = chainOf(6);
        const bytes = chain[index]?.[field];
        fc.pre(bytes instanceof Uint8Array);
        const flipped = Uint8Array.from(bytes ?? []);
        flipped[byte] = (flipped[byte] ?? 0) ^ (1 << bit);
        const entry = { ...chain[index], [field]: flipped } as JournalEntry;
        expect(verifyChain(chain.with(index, entry)).ok).toBe(false);
      }),
    );
  });

  test("finds what is missing, doubled or in another order", () => {
    const chain = chainOf(5);
    const [one, two, three, four, five] = chain as [
      JournalEntry,
      JournalEntry,
      JournalEntry,
      JournalEntry,
      JournalEntry,
    ];
    const fault = (sequence: bigint) => ({
      ok: false,
      error: { code: "sequence-broken", sequence },
    });
    expect(verifyChain([two, three])).toEqual(fault(1n));
    expect(verifyChain([one, two, four, five])).toEqual(fault(3n));
    expect(verifyChain([one, two, two, three])).toEqual(fault(3n));
    expect(verifyChain([one, three, two])).toEqual(fault(2n));
  });

  test("finds an entry rewritten with a right hash of its own, at the next link", () => {
    const chain = chainOf(4);
    const [one] = chain;
    if (!one) throw new Error("a chain of four has an entry");
    const rewritten = chainAfter(one, "signer-1", { ...issued, position: 9 });
    const fault = { code: "link-broken", sequence: 3n };
    expect(verifyChain(chain.with(1, rewritten))).toEqual({ ok: false, error: fault });
  });
});

// Computed once by a second implementation, in another language, from the form as it is described.
test("the bytes under the hash do not change from one version to the next", () => {
  const hashes = chainOf(3).map((entry) => Buffer.from(entry.hash).toString("hex"));
  expect(hashes).toEqual([
    "0872fe847145ec3f05a677c6c3c3e34a4724c86d0d3801ee4c9ab33702c5fcc6",
    "c2bd509e0e86c7d46f2a142238e1074f296e5b7c775ce8078535bdb351401809",
    "f4a9a3791122f2a70bb15ab42636f1858a25c83fb1b3612d3c10a79204b3f797",
  ]);
});
