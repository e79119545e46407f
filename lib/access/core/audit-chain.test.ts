import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AuditEntryRow,
  type AuditStep,
  type ChainEnd,
  EMPTY_AUDIT_CHAIN,
  faultOfHeads,
  hashOfPersonal,
  linkAfter,
  walkChain,
} from "./audit-chain";
import { auditHeadBytes } from "./audit-head";
import { framedBytes } from "./framed-bytes";

const text = fc.string({ maxLength: 12 });
const entries = fc.array(
  fc.record({
    organizationId: fc.constant("org"),
    id: fc.uuid(),
    at: text,
    actorKind: text,
    actorId: fc.option(text),
    action: text,
    subjectKind: text,
    subjectId: text,
    detail: text,
    before: fc.option(text),
    after: fc.option(text),
    personalHash: fc.option(fc.uint8Array({ maxLength: 32 })),
  }),
  { minLength: 2, maxLength: 8 },
);

function chainOf(rows: readonly AuditEntryRow[]): readonly AuditStep[] {
  let end: ChainEnd = EMPTY_AUDIT_CHAIN;
  return rows.map((entry, index) => {
    const link = linkAfter(end, entry, `at ${index}`);
    end = link;
    return { link, entry };
  });
}

const faultOf = (steps: readonly AuditStep[]) => walkChain(EMPTY_AUDIT_CHAIN, steps).fault;

describe("a chain of audit entries", () => {
  it("holds as it was written, also walked in two stretches", () => {
    fc.assert(
      fc.property(entries, fc.nat(), (rows, cut) => {
        const steps = chainOf(rows);
        const middle = cut % steps.length;
        const first = walkChain(EMPTY_AUDIT_CHAIN, steps.slice(0, middle));
        expect(walkChain(first.end, steps.slice(middle))).toEqual({
          end: { sequence: BigInt(rows.length), hash: steps.at(-1)?.link.hash },
          fault: null,
        });
      }),
    );
  });

  it("names the link whose entry was changed, whatever of it was", () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.nat(), (rows, at, field) => {
        const steps = [...chainOf(rows)];
        const index = at % steps.length;
        const { link, entry } = steps[index] as AuditStep & { entry: AuditEntryRow };
        const names = Object.keys(entry) as (keyof AuditEntryRow)[];
        const name = names[field % names.length] ?? "at";
        const was = entry[name];
        const other = name === "personalHash" ? new Uint8Array(33) : `${String(was)}!`;
        steps[index] = { link, entry: { ...entry, [name]: other } };
        expect(faultOf(steps)).toMatchObject({ code: "entry-changed" });
        expect(faultOf(steps)?.row.split(" ")[0]).toBe(String(index + 1));
      }),
    );
  });

  it("names the first link that is missing, moved or changed", () => {
    fc.assert(
      fc.property(entries, fc.nat(), (rows, at) => {
        const steps = chainOf(rows);
        const index = at % (steps.length - 1);
        const row = String(index + 1);
        expect(faultOf(steps.toSpliced(index, 1))).toEqual({ code: "link-missing", row });
        const [one, two] = [steps[index], steps[index + 1]] as [AuditStep, AuditStep];
        const swapped = steps.toSpliced(
          index,
          2,
          { ...two, link: { ...two.link, sequence: one.link.sequence } },
          { ...one, link: { ...one.link, sequence: two.link.sequence } },
        );
        expect(faultOf(swapped)?.row.split(" ")[0]).toBe(row);
        const late = { ...one, link: { ...one.link, at: "later" } };
        expect(faultOf(steps.toSpliced(index, 1, late))?.row).toContain(row);
        const gone = { ...one, entry: null };
        const { code } = faultOf(steps.toSpliced(index, 1, gone)) ?? {};
        expect(code).toBe("entry-missing");
      }),
    );
  });
});

describe("signed heads", () => {
  const signer = generateKeyPairSync("ed25519");
  const raw = (key: KeyObject) =>
    createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  const publicKey = raw(signer.privateKey);

  function headAt(sequence: bigint, previousSequence: bigint, key = signer.privateKey) {
    const hash = new Uint8Array(32).fill(Number(sequence));
    const unsigned = {
      organizationId: "org",
      sequence,
      previousSequence,
      hash,
      signedAt: "now",
      publicKey: raw(key),
    };
    const signature = sign(null, auditHeadBytes(unsigned), key);
    return { head: { ...unsigned, signature }, linkHash: hash };
  }
  const heads = [headAt(2n, 0n), headAt(3n, 2n), headAt(9n, 3n)] as const;

  it("hold as they were signed", () => {
    expect(faultOfHeads(heads, publicKey)).toBeNull();
    expect(faultOfHeads([], publicKey)).toBeNull();
  });

  it("show one that is missing in between, and one that names another link", () => {
    expect(faultOfHeads([heads[0], heads[2]], publicKey)).toEqual({
      code: "head-missing",
      row: "3",
    });
    const astray = { ...heads[1], linkHash: new Uint8Array(32) };
    expect(faultOfHeads([heads[0], astray], publicKey)?.code).toBe("head-of-another-chain");
    const alone = { ...heads[1], linkHash: null };
    expect(faultOfHeads([heads[0], alone], publicKey)?.code).toBe("head-of-another-chain");
  });

  it("show a changed word, and a signature by anybody else's key", () => {
    const changed = { ...heads[0], head: { ...heads[0].head, signedAt: "then" } };
    expect(faultOfHeads([changed], publicKey)).toEqual({ code: "head-changed", row: "2" });
    const other = headAt(2n, 0n, generateKeyPairSync("ed25519").privateKey);
    expect(faultOfHeads([other], publicKey)?.code).toBe("head-of-another-key");
  });
});

describe("what is hashed", () => {
  it("has no two records with the same bytes", () => {
    const fields = fc.array(fc.option(text), { maxLength: 5 });
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        const bytes = (list: typeof one) => Buffer.from(framedBytes("x", list)).toString("hex");
        expect(bytes(one) === bytes(other)).toBe(isSame);
      }),
    );
  });

  it("tells a personal value only to who has its salt, in whatever order it is kept", () => {
    const salt = new Uint8Array(32).fill(1);
    const one = hashOfPersonal({ address: "10.0.0.1", userAgent: "x" }, salt);
    expect(hashOfPersonal({ userAgent: "x", address: "10.0.0.1" }, salt)).toEqual(one);
    expect(hashOfPersonal({ address: "10.0.0.1", userAgent: "x" }, new Uint8Array(32))).not.toEqual(
      one,
    );
  });
});
