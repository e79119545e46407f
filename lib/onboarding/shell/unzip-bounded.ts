import { constants, inflateRawSync } from "node:zlib";
import { err, ok, type Result } from "@/lib/kernel";
import type { SheetFault } from "../core/sheet";

// A workbook is a zip. It is unpacked here and nowhere else, entry by entry and never beyond the
// limit, whatever its directory says of sizes; and handed on packed without compression, so that
// the library which reads it has nothing to inflate.

const MOST_BYTES = 64_000_000;
const MOST_ENTRIES = 2_000;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const IS_ENCRYPTED = 1;

export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array };

/** The entries of a zip of at most 64 MB unpacked. */
export function unzipBounded(file: Uint8Array): Result<readonly ZipEntry[], SheetFault> {
  try {
    return unzip(new DataView(file.buffer, file.byteOffset, file.byteLength), file);
  } catch (error) {
    return err(isTooLong(error) ? "bomb" : "broken");
  }
}

const PEEKED_BYTES = 4_096;
/** Deflate makes at most a thousand bytes of one. */
const MOST_PEEKED = PEEKED_BYTES * 1_100;

/** How the entries of such names begin, of a zip that may be too large to be unpacked. */
export function beginningsOf(file: Uint8Array, names: RegExp): readonly string[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const declared = directoryOf(view, file) ?? [];
  return declared.slice(0, MOST_ENTRIES).flatMap(({ name, method, packed, at }) => {
    if (!names.test(name) || method !== 8) return [];
    const start = startOf(view, at);
    const some = file.subarray(start, start + Math.min(packed, PEEKED_BYTES));
    // Cut off in its middle it still gives what it has.
    const { Z_SYNC_FLUSH: finishFlush } = constants;
    const bytes = inflateRawSync(some, { finishFlush, maxOutputLength: MOST_PEEKED });
    return [bytes.subarray(0, PEEKED_BYTES).toString("utf8")];
  });
}

const startOf = (view: DataView, at: number) =>
  at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);

const isTooLong = (error: unknown) =>
  error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";

type Declared = {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
};

function unzip(view: DataView, file: Uint8Array): Result<readonly ZipEntry[], SheetFault> {
  const declared = directoryOf(view, file);
  if (declared === null || declared.length > MOST_ENTRIES) return err("broken");
  if (declared.some(({ flags }) => (flags & IS_ENCRYPTED) !== 0)) return err("encrypted");
  const told = declared.reduce((sum, { size }) => sum + size, 0);
  if (told > MOST_BYTES) return err("bomb");
  const entries: ZipEntry[] = [];
  let left = MOST_BYTES;
  for (const { name, method, packed, at } of declared) {
    if (view.getUint32(at, true) !== LOCAL_ENTRY) return err("broken");
    const start = startOf(view, at);
    const raw = file.subarray(start, start + packed);
    if (raw.length !== packed || (method !== 0 && method !== 8)) return err("broken");
    // What the directory says is not believed: inflating stops where the limit is reached.
    const bytes = method === 0 ? raw : inflateRawSync(raw, { maxOutputLength: Math.max(1, left) });
    left -= bytes.length;
    if (left <= 0) return err("bomb");
    entries.push({ name, bytes });
  }
  return ok(entries);
}

function directoryOf(view: DataView, file: Uint8Array): readonly Declared[] | null {
  const lowest = Math.max(0, file.length - 22 - 0xffff);
  let end = file.length - 22;
  while (end >= lowest && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  if (end < lowest) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const declared: Declared[] = [];
  for (let place = 0; place < count; place += 1) {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) return null;
    const nameLength = view.getUint16(at + 28, true);
    declared.push({
      name: Buffer.from(file.subarray(at + 46, at + 46 + nameLength)).toString("utf8"),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return declared;
}
