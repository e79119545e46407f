import { assert } from "@/lib/kernel";
import type { KeyType } from "./decoder-key";
import { mayFollow } from "./key-change";
import { SecretKey } from "./secret-key";
import type { DecodedKeySection } from "./token-content";

/** IEC 62055-41 ed. 3, key change: tokens in any order, and ten minutes for all of them. */
export const KEY_CHANGE_TIMEOUT_SECONDS = 600;

type SectionOf<Name extends DecodedKeySection["section"]> = DecodedKeySection & {
  readonly section: Name;
};

/**
 * The good tokens of a set that is not complete. It holds parts of the new key: it goes where the
 * decoder key goes, and nowhere else.
 */
export type PendingKeyChange = {
  readonly firstAtSeconds: number;
  readonly first: SectionOf<1> | null;
  readonly second: SectionOf<2> | null;
  readonly third: SectionOf<3 | 4> | null;
  readonly fourth: SectionOf<3 | 4> | null;
  readonly supplyGroup: SectionOf<"supply-group"> | null;
};

type ChangedKey = {
  readonly decoderKey: SecretKey;
  readonly keyExpiryNumber: number;
  readonly keyRevisionNumber: number;
  readonly keyType: KeyType;
  readonly tariffIndex: number;
  readonly supplyGroupCode: string;
  readonly rollOver: boolean;
};

export type KeyChangeAnswer =
  | { readonly result: "KctPending"; readonly pending: PendingKeyChange }
  | { readonly result: "Accept"; readonly pending: null; readonly newKey: ChangedKey }
  | { readonly result: "KeyTypeError"; readonly pending: null }
  | { readonly result: "RangeError" }
  | { readonly result: "FunctionError" };

/** What of the meter's state a key change asks about. */
type Meter = {
  readonly decoderKey: SecretKey;
  readonly keyType: KeyType;
  readonly tokenCarrierType: number;
  readonly pendingKeyChange: PendingKeyChange | null;
};

const NOTHING = { first: null, second: null, third: null, fourth: null, supplyGroup: null };
const UNKNOWN_SUPPLY_GROUP = "000000";
const LAST_SUPPLY_GROUP = 999_999;

/**
 * Takes one token of a set. A set left incomplete longer than the time-out, counted from its first
 * token, is forgotten; a section entered again takes the place of the one before.
 */
export function takeSection(
  meter: Meter,
  section: DecodedKeySection,
  atSeconds: number,
): KeyChangeAnswer {
  const isEa11 = meter.decoderKey.lengthBytes === 16;
  if (section.section === 4 && !isEa11) return { result: "FunctionError" };
  if (!isInRange(section)) return { result: "RangeError" };
  const pending = { ...standing(meter.pendingKeyChange, atSeconds), ...placed(section) };
  const newKey = isEa11 ? completeEa11(pending) : completeEa07(pending);
  if (newKey === null) return { result: "KctPending", pending };
  if (Number(newKey.supplyGroupCode) > LAST_SUPPLY_GROUP) return { result: "RangeError" };
  if (!mayFollow(meter.keyType, newKey.keyType, meter.tokenCarrierType)) {
    newKey.decoderKey.wipe();
    return { result: "KeyTypeError", pending: null };
  }
  return { result: "Accept", pending: null, newKey };
}

function standing(pending: PendingKeyChange | null, atSeconds: number): PendingKeyChange {
  const isOver =
    pending === null || atSeconds - pending.firstAtSeconds > KEY_CHANGE_TIMEOUT_SECONDS;
  return isOver ? { firstAtSeconds: atSeconds, ...NOTHING } : pending;
}

function placed(section: DecodedKeySection): Partial<PendingKeyChange> {
  switch (section.section) {
    case 1:
      return { first: section };
    case 2:
      return { second: section };
    case 3:
      return { third: section };
    case 4:
      return { fourth: section };
    default:
      return { supplyGroup: section };
  }
}

function isInRange(section: DecodedKeySection): boolean {
  if (section.section === 1) {
    const { keyRevisionNumber } = section;
    return keyRevisionNumber >= 1 && keyRevisionNumber <= 9;
  }
  if (section.section === 2) return section.tariffIndex <= 99;
  if (section.section === "supply-group") {
    return section.sgc <= LAST_SUPPLY_GROUP && section.pad === 0;
  }
  return true;
}

function completeEa11({ first, second, third, fourth }: PendingKeyChange): ChangedKey | null {
  if (!first || !second || !third || !fourth) return null;
  const words = [first.keyWord, third.keyWord, fourth.keyWord, second.keyWord];
  return changedKey(first, second, { words, sgc: (fourth.sgcHalf << 12) | third.sgcHalf });
}

function completeEa07({ first, second, supplyGroup }: PendingKeyChange): ChangedKey | null {
  if (!first || !second || (first.hasThird === 1 && !supplyGroup)) return null;
  const sgc = first.hasThird === 1 && supplyGroup ? supplyGroup.sgc : null;
  return changedKey(first, second, { words: [first.keyWord, second.keyWord], sgc });
}

function changedKey(
  first: SectionOf<1>,
  second: SectionOf<2>,
  { words, sgc }: { readonly words: readonly number[]; readonly sgc: number | null },
): ChangedKey {
  const bytes = Uint8Array.from(words.flatMap((word) => [24, 16, 8, 0].map((by) => word >>> by)));
  const decoderKey = new SecretKey(bytes);
  bytes.fill(0);
  const { keyType, keyRevisionNumber, rollOver } = first;
  assert(keyType === 0 || keyType === 1 || keyType === 2 || keyType === 3, "KT is two bits");
  return {
    decoderKey,
    keyExpiryNumber: (first.kenHigh << 4) | second.kenLow,
    keyRevisionNumber,
    keyType,
    tariffIndex: second.tariffIndex,
    supplyGroupCode: sgc === null ? UNKNOWN_SUPPLY_GROUP : sgc.toString().padStart(6, "0"),
    rollOver: rollOver === 1,
  };
}
