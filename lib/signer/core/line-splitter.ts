const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines. It holds at most one unfinished line of `longestBytes`; a line
 * that grows beyond that cannot be answered, and where the next one begins is not known.
 */
export class LineSplitter {
  readonly #longestBytes: number;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(longestBytes: number) {
    this.#longestBytes = longestBytes;
  }

  /** Whether a line has begun and not ended. */
  get hasBegun(): boolean {
    return this.#heldBytes > 0;
  }

  /** The lines that `bytes` completes, and whether one has become too long. */
  push(bytes: Uint8Array): { readonly lines: readonly string[]; readonly isTooLong: boolean } {
    const lines: string[] = [];
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      this.#hold(bytes.subarray(from, end));
      if (this.#heldBytes > this.#longestBytes) return { lines, isTooLong: true };
      lines.push(this.#release());
      from = end + 1;
    }
    this.#hold(bytes.subarray(from));
    return { lines, isTooLong: this.#heldBytes > this.#longestBytes };
  }

  #hold(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#held.push(part);
    this.#heldBytes += part.length;
  }

  #release(): string {
    const line = Buffer.concat(this.#held).toString("utf8");
    this.#held = [];
    this.#heldBytes = 0;
    return line;
  }
}
