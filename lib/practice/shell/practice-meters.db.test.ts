import { inspect } from "node:util";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decideInstallationMode, findGuestScopeByMeter, inScope } from "@/lib/access";
import type { GuestScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { recordReadings } from "@/lib/metering";
import { encodeCreditToken, minutesSinceBase, SecretKey } from "@/lib/sts";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { enterToken, findPracticeMeter, setLoad } from "..";

const REGISTERED = new Date("2026-02-01T09:00:00Z");
const NOW = new Date("2026-02-10T12:00:00Z");
const afterMs = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const HOUR_MS = 3_600_000;
const KEY_HEX = "00112233445566778899aabbccddeeff";
const decoderKey = new SecretKey(Buffer.from(KEY_HEX, "hex"));

let flat: Flat;
let guest: GuestScope;
let manufactured = 0;

const signer = {
  manufacture: async () => {
    manufactured += 1;
    return {
      decoderKeyHex: KEY_HEX,
      keyType: 2,
      keyExpiryNumber: 255,
      baseDateYear: 2014,
    } as const;
  },
};

beforeAll(() => decideInstallationMode("practice", REGISTERED));

beforeEach(async () => {
  manufactured = 0;
  flat = await makeFlat(REGISTERED);
  guest = await guestOf(flat);
});

async function guestOf({ meterNumber }: Flat): Promise<GuestScope> {
  const scope = await findGuestScopeByMeter(meterNumber);
  assert(scope !== null, "a verified meter is found by its number");
  return scope;
}

function tokenOf(token: { at?: Date; units?: bigint; key?: SecretKey } = {}): string {
  const { at = NOW, units = 172n, key = decoderKey } = token;
  const encoded = encodeCreditToken({
    decoderKey: key,
    keyType: 2,
    tokenCarrierType: 2,
    subclass: 0,
    random: 7,
    tokenIdMinutes: minutesSinceBase(at, 2014),
    units,
  });
  assert(encoded.ok, "a unique key may carry credit");
  return encoded.value.token;
}

const look = (now = NOW) => findPracticeMeter(guest, { signer, now });
const typeIn = (digits: string, now = NOW) => enterToken(guest, { digits, now });
const resultOf = async (digits: string, now = NOW) => {
  const entered = await typeIn(digits, now);
  return entered.ok ? entered.value.result : entered.error;
};

describe("a practice meter", () => {
  it("is made once, by whoever looks first, also when many look together", async () => {
    const views = await Promise.all([look(), look(), look()]);
    for (const view of [...views, await look()]) {
      expect(view).toEqual({
        meterId: flat.meterId,
        meterNumber: flat.meterNumber,
        remainingWh: 0n,
        loadWatt: 0,
        isLoadOn: false,
        isSupplying: false,
        runsOutAt: null,
        entries: [],
      });
    }
    expect(manufactured).toBeLessThanOrEqual(3);
    const before = manufactured;
    await look();
    expect(manufactured).toBe(before);
  });

  it("does not take tokens or loads before it is made", async () => {
    const missing = { ok: false, error: "practice-meter-not-found" };
    expect(await typeIn(tokenOf())).toEqual(missing);
    expect(await setLoad(guest, { isLoadOn: true, loadWatt: 100, now: NOW })).toEqual(missing);
  });

  it("accepts its token, however it is written, and its credit rises", async () => {
    await look();
    const spaced = tokenOf().replace(/(.{4})/g, "$1 ");
    expect(await typeIn(spaced)).toMatchObject({
      ok: true,
      value: {
        result: "Accept",
        addedWh: 17_200n,
        meter: {
          remainingWh: 17_200n,
          isSupplying: true,
          entries: [{ sequence: 1, result: "Accept", addedWh: 17_200n, at: NOW }],
        },
      },
    });
  });

  it("accepts a token sold in the minute the meter was registered", async () => {
    await look();
    expect(await resultOf(tokenOf({ at: REGISTERED }))).toBe("Accept");
  });

  it("begins with the credit that was read off it, and what was sold before is in it", async () => {
    const at = new Date(NOW.getTime() - 3_600_000);
    const [earlier, value] = [new Date(at.getTime() - 86_400_000), 5_300n];
    const of = { meterId: flat.meterId, quantity: "remaining" } as const;
    const readings = [
      { ...of, at: earlier, value: 9_000n },
      { ...of, at, value },
    ];
    granted(await recordReadings(flat.scope, readings, NOW));
    expect((await look())?.remainingWh).toBe(value);
    expect(await resultOf(tokenOf({ at: earlier }))).toBe("OldError");
    expect(await resultOf(tokenOf({ at: new Date(at.getTime() + 60_000) }))).toBe("Accept");
    expect((await look())?.remainingWh).toBe(value + 17_200n);
  });

  it("accepts a token once, also when it is typed at four keypads together", async () => {
    await look();
    const digits = tokenOf();
    const results = await Promise.all([1, 2, 3, 4].map(() => resultOf(digits)));
    expect(results.toSorted()).toEqual(["Accept", "UsedError", "UsedError", "UsedError"]);
    const view = await look();
    expect(view?.remainingWh).toBe(17_200n);
    expect(view?.entries.map((entry) => entry.sequence)).toEqual([4, 3, 2, 1]);
  });

  it.each<[string, () => string, string]>([
    [
      "a wrong digit",
      () => tokenOf().replace(/.$/, (d) => String((Number(d) + 1) % 10)),
      "CRCError",
    ],
    ["another meter's", () => tokenOf({ key: new SecretKey(Buffer.alloc(16, 9)) }), "CRCError"],
    [
      "from before it was made",
      () => tokenOf({ at: new Date("2025-06-01T12:00:00Z") }),
      "OldError",
    ],
    ["too few digits", () => tokenOf().slice(1), "FormatError"],
    ["letters", () => "twenty digits please", "FormatError"],
    ["nothing", () => "", "FormatError"],
    ["a number that is too large", () => "9".repeat(20), "FormatError"],
    ["a page of digits", () => "1".repeat(100_000), "FormatError"],
  ])("refuses %s, and only the entry is kept", async (_what, digits, result) => {
    await look();
    expect(await resultOf(digits())).toBe(result);
    const view = await look();
    expect(view).toMatchObject({ remainingWh: 0n, isSupplying: false });
    expect(view?.entries).toEqual([{ sequence: 1, at: NOW, result, addedWh: 0n }]);
    expect(await resultOf(tokenOf())).toBe("Accept");
  });

  it("forgets the oldest of fifty: a token older than all it remembers is old", async () => {
    await look();
    for (let minute = 1; minute <= 50; minute += 1) {
      expect(await resultOf(tokenOf({ at: afterMs(minute * 60_000), units: 1n }))).toBe("Accept");
    }
    expect(await resultOf(tokenOf({ at: NOW }))).toBe("OldError");
    expect(await resultOf(tokenOf({ at: afterMs(30 * 60_000), units: 1n }))).toBe("UsedError");
    expect((await look())?.entries).toHaveLength(5);
  });

  it("counts down while its load runs, and cuts the supply at nothing", async () => {
    await look();
    await typeIn(tokenOf());
    const load = { isLoadOn: true, loadWatt: 2_000, now: NOW };
    const running = await setLoad(guest, load);
    const runsOut = afterMs(8.6 * HOUR_MS);
    expect(running).toMatchObject({ ok: true, value: { isLoadOn: true, runsOutAt: runsOut } });
    expect(await look(afterMs(HOUR_MS))).toMatchObject({ remainingWh: 15_200n });
    expect(await look(runsOut)).toMatchObject({ remainingWh: 0n, isSupplying: false });
    const later = afterMs(20 * HOUR_MS);
    expect(await resultOf(tokenOf({ at: later }), later)).toBe("Accept");
    expect(await look(later)).toMatchObject({ remainingWh: 17_200n, isSupplying: true });
    expect(await look(afterMs(21 * HOUR_MS))).toMatchObject({ remainingWh: 15_200n });
  });

  it("keeps what it has while its load is off", async () => {
    await look();
    await typeIn(tokenOf());
    await setLoad(guest, { isLoadOn: true, loadWatt: 1_000, now: NOW });
    await setLoad(guest, { isLoadOn: false, loadWatt: 1_000, now: afterMs(HOUR_MS) });
    expect(await look(afterMs(9 * HOUR_MS))).toMatchObject({ remainingWh: 16_200n });
  });

  it.each([-1, 20_001, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "refuses a load of %d watts",
    async (loadWatt) => {
      await look();
      const answer = await setLoad(guest, { isLoadOn: true, loadWatt, now: NOW });
      expect(answer).toEqual({ ok: false, error: "load-out-of-range" });
    },
  );

  it("refuses credit beyond what its register holds", async () => {
    await look();
    // One watt-hour above 99,999.8 kWh takes the last unit of a register of 99,999.9 kWh.
    const { organizationId } = guest;
    const { meterId } = flat;
    await inScope(guest, (tx) =>
      tx.db.practiceMeter.updateMany({
        where: { organizationId, meterId },
        data: { remainingWh: 99_999_801n },
      }),
    );
    expect(await resultOf(tokenOf({ units: 1n }))).toBe("OverflowError");
  });

  it("never shows its key", async () => {
    const shown = [await look(), await typeIn(tokenOf()), await typeIn("1")];
    const text = inspect(shown, { depth: null });
    expect(text).not.toContain(KEY_HEX);
    expect(text).not.toMatch(/decoderKey/i);
  });

  it("of another organization is another meter", async () => {
    await look();
    const stranger = await guestOf(await makeFlat(REGISTERED));
    const answer = await enterToken(stranger, { digits: tokenOf(), now: NOW });
    expect(answer).toEqual({ ok: false, error: "practice-meter-not-found" });
  });
});
