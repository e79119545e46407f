import { assert } from "@/lib/kernel";

const LABEL = "[secret key]";

/**
 * A vending key or decoder key. It lends its bytes for one call and prints as a label wherever it
 * is logged, serialised or shown. It owns a copy of what it was made from; wipe that yourself.
 */
export class SecretKey {
  readonly #bytes: Uint8Array;
  #isWiped = false;

  constructor(bytes: Uint8Array) {
    assert(bytes.length > 0, "a key has bytes");
    this.#bytes = Uint8Array.from(bytes);
  }

  get lengthBytes(): number {
    return this.#bytes.length;
  }

  /** Lends the bytes, most significant first. The borrower neither keeps nor changes them. */
  use<T>(work: (bytes: Uint8Array) => T): T {
    assert(!this.#isWiped, "a wiped key is not used again");
    return work(this.#bytes);
  }

  /** Overwrites the bytes. Copies that the engine may have made are out of our reach. */
  wipe(): void {
    this.#bytes.fill(0);
    this.#isWiped = true;
  }

  toString(): string {
    return LABEL;
  }

  toJSON(): string {
    return LABEL;
  }

  /** What Node's `inspect`, and so its console, shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return LABEL;
  }
}
