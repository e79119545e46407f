import type { BlockCipher, EncryptionAlgorithm } from "../core/block-cipher";
import type { DecoderKeyParts, KeyType, ReadyVendingKey } from "../core/decoder-key";
import {
  type DecoderKeyAlgorithm,
  readyVendingKey,
  type UncertainAlgorithm,
  vendingKeyBytes,
} from "../core/des-decoder-key";
import { SecretKey } from "../core/secret-key";
import type { StaTables } from "../core/sta-tables";
import { decoderKeyBytes, tokenCipher } from "../core/token-cipher";
import { badRequest, Refusal } from "./refusal";
import {
  baseDateOf,
  bytesOf,
  choiceOf,
  type Fields,
  has,
  integerOf,
  meterNumberOf,
  supplyGroupOf,
} from "./request-fields";

/** What holds for a whole run of the command. */
export type RunSettings = {
  readonly staTables: StaTables;
  readonly switchedOn: readonly UncertainAlgorithm[];
};

const DEA = 9;
const KEYPAD = 2;
const MAGNETIC_CARD = 1;
/** Keys that come again are kept ready; so many at most, whatever is piped in. */
const MOST_KEPT = 2_048;

/** Keys of one run, made ready once. */
export class RequestKeys {
  readonly #settings: RunSettings;
  readonly #vendingKeys = new Map<string, ReadyVendingKey>();
  readonly #ciphers = new Map<string, BlockCipher>();

  constructor(settings: RunSettings) {
    this.#settings = settings;
  }

  /** EA; EA09 is known and refused with its reason. */
  algorithm(fields: Fields): EncryptionAlgorithm {
    if (fields.ea === DEA) {
      throw badRequest("ea 9 (DEA) was withdrawn in edition 3 and is not offered: use 7 or 11");
    }
    return choiceOf(fields, "ea", [7, 11]);
  }

  /** `decoderKey`, or what `vendingKey` and its attributes derive. */
  decoderKey(fields: Fields): SecretKey {
    const algorithm = this.algorithm(fields);
    if (!has(fields, "vendingKey") || has(fields, "decoderKey")) {
      return new SecretKey(bytesOf(fields, "decoderKey", decoderKeyBytes(algorithm)));
    }
    const dkga = choiceOf(fields, "dkga", [1, 2, 3, 4]);
    return this.derive(fields, dkga, algorithm);
  }

  derive(fields: Fields, dkga: DecoderKeyAlgorithm, algorithm: EncryptionAlgorithm): SecretKey {
    const ready = this.#readyVendingKey(fields, dkga);
    if (dkga !== 4 && algorithm !== 7) throw badRequest(`dkga ${dkga} makes keys for ea 7 alone`);
    return ready.derive(this.parts(fields, algorithm, dkga === 4));
  }

  /** The attributes of a key; the base date enters DKGA04 only. */
  parts(fields: Fields, algorithm: EncryptionAlgorithm, hasBaseDate: boolean): DecoderKeyParts {
    return {
      meterNumber: meterNumberOf(fields),
      keyType: integerOf(fields, "kt", [0, 3]) as KeyType,
      supplyGroupCode: supplyGroupOf(fields),
      tariffIndex: integerOf(fields, "ti", [0, 99]),
      keyRevisionNumber: integerOf(fields, "krn", [1, 9]),
      baseDate: hasBaseDate || has(fields, "baseDate") ? baseDateOf(fields) : 2014,
      encryptionAlgorithm: algorithm,
    };
  }

  /** The request's key as a cipher. One given as `decoderKey` is kept ready for the next line. */
  cipher(fields: Fields): BlockCipher {
    const given = fields.decoderKey;
    if (typeof given !== "string") return this.cipherOf(this.decoderKey(fields));
    const name = `${fields.ea} ${given.toLowerCase()}`;
    const known = this.#ciphers.get(name);
    if (known) return known;
    const cipher = this.cipherOf(this.decoderKey(fields));
    if (this.#ciphers.size >= MOST_KEPT) this.#ciphers.clear();
    this.#ciphers.set(name, cipher);
    return cipher;
  }

  cipherOf(key: SecretKey): BlockCipher {
    return tokenCipher(key, this.#settings.staTables);
  }

  get staTables(): StaTables {
    return this.#settings.staTables;
  }

  #readyVendingKey(fields: Fields, dkga: DecoderKeyAlgorithm): ReadyVendingKey {
    const given = fields.vendingKey;
    const name = `${dkga} ${typeof given === "string" ? given.toLowerCase() : ""}`;
    const known = this.#vendingKeys.get(name);
    if (known) return known;
    const key = new SecretKey(vendingKeyBytesOf(fields, dkga));
    const ready = readyVendingKey(key, dkga, this.#settings.switchedOn);
    if (!ready.ok) {
      const why = `dkga ${dkga} has no published test value`;
      throw badRequest(`${why}: run with --enable dkga0${dkga} if you must`);
    }
    if (this.#vendingKeys.size >= MOST_KEPT) this.#vendingKeys.clear();
    this.#vendingKeys.set(name, ready.value);
    return ready.value;
  }
}

/** A published 160-bit key may be followed by one check byte, which is not part of it. */
function vendingKeyBytesOf(fields: Fields, dkga: DecoderKeyAlgorithm): Uint8Array {
  const length = vendingKeyBytes(dkga);
  const given = fields.vendingKey;
  const hasCheckByte = dkga === 4 && typeof given === "string" && given.length === 42;
  return bytesOf(fields, "vendingKey", hasCheckByte ? length + 1 : length).subarray(0, length);
}

/** Credit never under a default key, and under a common key on magnetic cards alone. */
export function requireKeyTypeForCredit(fields: Fields): void {
  if (!has(fields, "kt")) return;
  const keyType = integerOf(fields, "kt", [0, 3]);
  const carrier = has(fields, "tct") ? integerOf(fields, "tct", [0, 99]) : KEYPAD;
  if (keyType === 1) throw new Refusal("KeyTypeError", "no credit under a default key (KT 1)");
  if (keyType === 3 && carrier !== MAGNETIC_CARD) {
    throw new Refusal("KeyTypeError", "a common key (KT 3) is for magnetic cards (tct 1) only");
  }
}
