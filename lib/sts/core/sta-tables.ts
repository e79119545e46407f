import { assert, err, ok, type Result } from "@/lib/kernel";

/** EA07's parameters: two substitutions of 0 to 15 and a permutation of the 64 bit positions. */
export type StaTables = {
  readonly name: string;
  readonly S1: readonly number[];
  readonly S2: readonly number[];
  readonly P: readonly number[];
};

/** Where a file of tables is wrong; `index` is null where the table as a whole is. */
export type StaTablesFault = {
  readonly table: "name" | "S1" | "S2" | "P";
  readonly index: number | null;
};

const UNNAMED = "unnamed";
const SIZES = { S1: 16, S2: 16, P: 64 } as const;

/** The sample tables printed in the standard, for testing only: a real EA07 meter has others. */
export const SAMPLE_STA_TABLES: StaTables = {
  name: "sample",
  S1: [12, 10, 8, 4, 3, 15, 0, 2, 14, 1, 5, 13, 6, 9, 7, 11],
  S2: [6, 9, 7, 4, 3, 10, 12, 14, 2, 13, 1, 15, 0, 11, 8, 5],
  P: [
    29, 27, 34, 9, 16, 62, 55, 2, 40, 49, 38, 25, 33, 61, 30, 23, 1, 41, 21, 57, 42, 15, 5, 58, 19,
    53, 22, 17, 48, 28, 24, 39, 3, 60, 36, 14, 11, 52, 54, 12, 31, 51, 10, 26, 0, 45, 37, 43, 44, 6,
    59, 4, 7, 35, 56, 50, 13, 18, 32, 47, 46, 63, 20, 8,
  ],
};

/**
 * Tables from an operator's file, which the STS Association issues: `{"name", "S1", "S2", "P"}`.
 * Refuses what is not two permutations of 0 to 15 and one of 0 to 63, by table and index.
 */
export function parseStaTables(input: unknown): Result<StaTables, StaTablesFault> {
  const fields = typeof input === "object" && input !== null ? input : {};
  const read = (name: string): unknown => (name in fields ? Reflect.get(fields, name) : undefined);
  const name = read("name");
  if (name !== undefined && typeof name !== "string") return err({ table: "name", index: null });
  const parsed = { S1: [] as number[], S2: [] as number[], P: [] as number[] };
  for (const table of ["S1", "S2", "P"] as const) {
    const values = permutation(read(table), SIZES[table]);
    if (!values.ok) return err({ table, index: values.error });
    parsed[table] = values.value;
  }
  return ok({ name: name || UNNAMED, ...parsed });
}

function permutation(input: unknown, size: number): Result<number[], number | null> {
  if (!Array.isArray(input)) return err(null);
  const values: number[] = [];
  for (const [index, value] of input.entries()) {
    const isNew = Number.isInteger(value) && value >= 0 && value < size && !values.includes(value);
    if (!isNew) return err(index);
    values.push(value);
  }
  return values.length === size ? ok(values) : err(values.length);
}

/**
 * One round by table: a byte and the two key bits of its nibbles give the bits it sets after
 * substitution and permutation (or, to decrypt, the byte's bits carried back). 8 bytes × 4 × 256.
 */
export type PreparedStaTables = {
  readonly encryptHigh: Int32Array;
  readonly encryptLow: Int32Array;
  /** Inverse permutation of one byte of the block, 8 × 256. */
  readonly scatterHigh: Int32Array;
  readonly scatterLow: Int32Array;
  /** Both nibbles of a byte through the inverse tables, 4 × 256. */
  readonly inverseByte: Uint8Array;
};

const prepared = new WeakMap<StaTables, PreparedStaTables>();

/** The round tables, built once for each set of tables. */
export function prepareStaTables(tables: StaTables): PreparedStaTables {
  const known = prepared.get(tables);
  if (known) return known;
  const built = build(tables);
  prepared.set(tables, built);
  return built;
}

function build({ S1, S2, P }: StaTables): PreparedStaTables {
  const inversePermutation = invert(P);
  const forward = [S1, S2];
  // To decrypt, a set key bit chooses the inverse of S1, a clear one that of S2.
  const backward = [invert(S2), invert(S1)];
  const encryptHigh = new Int32Array(8192);
  const encryptLow = new Int32Array(8192);
  const scatterHigh = new Int32Array(2048);
  const scatterLow = new Int32Array(2048);
  const inverseByte = new Uint8Array(1024);
  for (let entry = 0; entry < 8192; entry++) {
    const substituted = throughNibbles(forward, entry);
    const [high, low] = moved(P, entry >> 10, substituted);
    encryptHigh[entry] = high;
    encryptLow[entry] = low;
  }
  for (let entry = 0; entry < 2048; entry++) {
    const [high, low] = moved(inversePermutation, entry >> 8, entry & 0xff);
    scatterHigh[entry] = high;
    scatterLow[entry] = low;
  }
  for (let entry = 0; entry < 1024; entry++) inverseByte[entry] = throughNibbles(backward, entry);
  return { encryptHigh, encryptLow, scatterHigh, scatterLow, inverseByte };
}

/** The byte of an entry with each nibble through the table its key bit chooses. */
function throughNibbles(pair: readonly (readonly number[])[], entry: number): number {
  const low = pair[(entry >> 8) & 1]?.[entry & 15];
  const high = pair[(entry >> 9) & 1]?.[(entry >> 4) & 15];
  assert(low !== undefined && high !== undefined, "a substitution has sixteen entries");
  return (high << 4) | low;
}

/** The bits of one byte of a block, each moved to where the permutation says. */
function moved(permute: readonly number[], byteIndex: number, byte: number): [number, number] {
  let high = 0;
  let low = 0;
  for (let bit = 0; bit < 8; bit++) {
    if (((byte >> bit) & 1) === 0) continue;
    const target = permute[8 * byteIndex + bit] ?? 0;
    if (target >= 32) high |= 1 << (target - 32);
    else low |= 1 << target;
  }
  return [high, low];
}

function invert(values: readonly number[]): number[] {
  const inverse: number[] = [];
  for (const [index, value] of values.entries()) inverse[value] = index;
  return inverse;
}
