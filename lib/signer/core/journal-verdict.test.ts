import { describe, expect, test } from "vitest";
import { chainAfter, EMPTY_CHAIN, type JournalDraft } from "./journal-chain";
import { type EntryOwner, faultOfEnd, unexplainedCode, walkJournal } from "./journal-verdict";

const reservation = {
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
};
const draft: JournalDraft = {
  organizationId: "o",
  at: new Date("2026-06-01T08:30:00Z"),
  outcome: "issued",
  refusal: null,
  tokenSetId: "s",
  position: 1,
  meterId: "m",
  vendingKeyId: "k",
  tokenIdMinutes: reservation.tokenIdMinutes,
  reservation,
  tokenMac: Buffer.alloc(32, 1),
};
const first = chainAfter(EMPTY_CHAIN, "c", draft);
const second = chainAfter(first, "c", { ...draft, tokenSetId: "t" });
const found: EntryOwner = {
  set: { meterId: "m" },
  reservation: {
    meterId: "m",
    vendingKeyId: "k",
    meterNumber: reservation.meterNumber,
    tokenIdMinutes: reservation.tokenIdMinutes,
    amountUnits: 204,
  },
  owner: { kind: "purchase", state: "issued" },
};
const purchase = (state: string | null): EntryOwner => ({
  ...found,
  owner: { kind: "purchase", state },
});
const approval = (state: string | null): EntryOwner => ({
  ...found,
  owner: { kind: "approval", state },
});

describe("an entry", () => {
  test.each(["reserved", "in_doubt", "issued", "delivered"])(
    "of a purchase that is %s is explained",
    (state) => {
      expect(unexplainedCode(first, purchase(state))).toBeNull();
    },
  );

  test("of an approved issue is explained, and a refusal needs no explanation", () => {
    expect(unexplainedCode(first, approval("used"))).toBeNull();
    const refused = { ...first, outcome: "refused" } as const;
    expect(unexplainedCode(refused, { set: null, reservation: null, owner: null })).toBeNull();
  });

  const reserved = (change: object): EntryOwner => ({
    ...found,
    reservation: found.reservation && { ...found.reservation, ...change },
  });
  test.each([
    ["no-token-set", { ...found, set: null }],
    ["no-reservation", { ...found, reservation: null }],
    ["reservation-differs", { ...found, set: { meterId: "other" } }],
    ["reservation-differs", reserved({ amountUnits: 205 })],
    ["reservation-differs", reserved({ tokenIdMinutes: 1 })],
    ["reservation-differs", reserved({ meterNumber: "01000451284" })],
    ["reservation-differs", reserved({ vendingKeyId: "other" })],
    ["no-owner", { ...found, owner: null }],
    ["no-owner", purchase(null)],
    ["no-owner", approval(null)],
    ["owner-refunded", purchase("refunded")],
    ["owner-refunded", purchase("refund_due")],
    ["owner-refunded", purchase("quoted")],
    ["not-approved", approval("approved")],
    ["not-approved", approval("declined")],
  ] as const)("is named %s (case %#)", (code, owner) => {
    expect(unexplainedCode(first, owner)).toBe(code);
  });
});

describe("a walk", () => {
  test("gives the chain's end where all is as it was written", () => {
    const walked = walkJournal(
      "c",
      [first, second].map((entry) => ({ entry, found })),
    );
    expect(walked).toMatchObject({ end: { sequence: 2n }, fault: null });
  });

  test("stops at the first that is missing, changed, unread or unexplained", () => {
    const faultOf = (...steps: Parameters<typeof walkJournal>[1]) => walkJournal("c", steps).fault;
    expect(faultOf({ entry: second, found })).toMatchObject({ code: "sequence-broken", row: "1" });
    const changed = { ...first, meterId: "other" };
    expect(faultOf({ entry: changed, found })).toMatchObject({ code: "content-changed", row: "1" });
    expect(faultOf({ entry: null, sequence: 1n })).toMatchObject({ code: "entry-not-readable" });
    const ghost = { entry: second, found: purchase(null) };
    expect(faultOf({ entry: first, found }, ghost)).toMatchObject({ code: "no-owner", row: "2" });
  });
});

describe("an end", () => {
  const of = (end: typeof first, kept: typeof first | null, hashAtKept: Uint8Array | null) =>
    faultOfEnd("c", { end, kept, hashAtKept });

  test("that is where it was kept, or further on, is right; so is one that nobody kept", () => {
    expect(of(second, second, second.hash)).toBeNull();
    expect(of(second, first, first.hash)).toBeNull();
    expect(of(second, null, null)).toBeNull();
  });

  test("that was cut off is named with the first entry that is not there", () => {
    expect(of(first, second, null)).toMatchObject({ code: "end-cut-off", row: "2" });
  });

  test("behind another entry than was kept is named with that entry", () => {
    expect(of(second, first, second.hash)).toMatchObject({ code: "end-rewritten", row: "1" });
    expect(of(second, first, null)).toMatchObject({ code: "end-rewritten", row: "1" });
  });
});
