import { createHmac } from "node:crypto";
import { type FileHandle, mkdir, open, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import { assert } from "@/lib/kernel";
import type { SecretKey } from "@/lib/sts";
import {
  HEAD_FILE_TITLE,
  headLine,
  type KnownHead,
  type LineMac,
  parseHeadLines,
} from "../core/head-lines";

/** Where the heads of chains are kept, apart from the database that holds the chains. */
export type HeadKeeper = {
  /** Reads what is kept for this database; harmless to repeat. Heads are asked for after it. */
  readonly open: (databaseName: string) => Promise<void>;
  /** Nothing was kept for this database: this is a first start, or the file is gone. */
  readonly isNew: boolean;
  readonly headOf: (organizationId: string, chain: string) => KnownHead | undefined;
  readonly listHeads: () => readonly KnownHead[];
  /** Takes heads that the database has committed; a lower one than is known changes nothing. */
  readonly note: (heads: readonly KnownHead[]) => void;
  /** Resolves when all that was noted is on the disk; rejects when it is not, and may be asked. */
  readonly kept: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Keeps heads in memory alone: for a vault whose process has no folder of its own. */
export function headsInMemory(): HeadKeeper {
  const known = new KnownHeads();
  return {
    open: async () => undefined,
    isNew: false,
    headOf: known.headOf,
    listHeads: known.list,
    note: (heads) => void known.add(heads),
    kept: async () => undefined,
    close: async () => undefined,
  };
}

const FOR_OTHERS = 0o077;
const LARGEST_FILE_BYTES = 4_000_000;

/**
 * A file of heads for each database, in a folder that its owner alone can enter; both are made
 * where they are missing. `open` throws a sentence for the operator where the folder is not
 * private, or the file not as it was written.
 */
export function headFileIn(folder: string, key: SecretKey): HeadKeeper {
  const mac: LineMac = (text) =>
    key.use((bytes) => createHmac("sha256", bytes).update(text).digest("hex").slice(0, 16));
  return new HeadFile(folder, mac);
}

const fileIn = (folder: string, databaseName: string) =>
  path.join(folder, `journal-heads-${databaseName}`);

/** Puts a database's file aside under a name with this label; the next one begins it anew. */
export async function putHeadsAside(
  folder: string,
  { databaseName, label }: { readonly databaseName: string; readonly label: string },
): Promise<void> {
  const file = fileIn(folder, databaseName);
  await rename(file, `${file}.${label}`).catch(unlessGone);
  await syncFolder(folder);
}

async function readHeads(file: string, mac: LineMac): Promise<readonly KnownHead[] | null> {
  const text = await readFile(file, "utf8").catch(unlessGone);
  if (text === undefined) return null;
  const parsed = parseHeadLines(text, mac);
  if (parsed.ok) return parsed.value;
  throw new Error(
    `${file} is not as the signer wrote it: line ${parsed.error.line}. Find out who wrote in it, ` +
      "then run npm run recover.",
  );
}

async function requirePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode } = await stat(folder);
  if ((mode & FOR_OTHERS) === 0) return;
  throw new Error(`${folder} is open to others than its owner: chmod 700 it.`);
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}

/** A new name is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

class KnownHeads {
  readonly #heads = new Map<string, KnownHead>();

  headOf = (organizationId: string, chain: string) => this.#heads.get(`${organizationId} ${chain}`);
  list = () => [...this.#heads.values()];

  /** Those of them that were not known yet. */
  add(heads: readonly KnownHead[]): readonly KnownHead[] {
    return heads.filter((head) => {
      const known = this.headOf(head.organizationId, head.chain);
      if (known && known.sequence >= head.sequence) return false;
      this.#heads.set(`${head.organizationId} ${head.chain}`, head);
      return true;
    });
  }
}

class HeadFile implements HeadKeeper {
  readonly #folder: string;
  readonly #mac: LineMac;
  readonly #known = new KnownHeads();
  #file: string | undefined;
  #isNew = false;
  #unkept: KnownHead[] = [];
  #handle: FileHandle | undefined;
  #bytes = 0;
  #flushing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(folder: string, mac: LineMac) {
    this.#folder = folder;
    this.#mac = mac;
  }

  headOf = this.#known.headOf;
  listHeads = this.#known.list;

  get isNew(): boolean {
    return this.#isNew;
  }

  open = async (databaseName: string): Promise<void> => {
    if (this.#file) return;
    await requirePrivate(this.#folder);
    const file = fileIn(this.#folder, databaseName);
    const heads = await readHeads(file, this.#mac);
    // A file that is missing is made with the first head: until then it is known to be missing.
    this.#isNew = heads === null;
    this.#known.add(heads ?? []);
    this.#file = file;
  };

  note = (heads: readonly KnownHead[]): void => {
    this.#unkept.push(...this.#known.add(heads));
  };

  kept = (): Promise<void> => {
    if (this.#unkept.length === 0) return this.#flushing;
    // One that comes while the disk is busy shares the next turn with the others that wait.
    this.#next ??= this.#flushing
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#flushing = this.#flush();
        return this.#flushing;
      });
    return this.#next;
  };

  close = async (): Promise<void> => {
    await this.kept().catch(() => undefined);
    await this.#handle?.close();
    this.#handle = undefined;
  };

  async #flush(): Promise<void> {
    const heads = this.#unkept;
    this.#unkept = [];
    // Of a chain that grew several times meanwhile the last head is enough.
    const last = new Map(heads.map((head) => [`${head.organizationId} ${head.chain}`, head]));
    try {
      if (!this.#handle || this.#bytes > LARGEST_FILE_BYTES) return await this.#writeWhole();
      const lines = [...last.values()].map((head) => headLine(head, this.#mac)).join("");
      await this.#handle.appendFile(lines);
      await this.#handle.datasync();
      this.#bytes += lines.length;
    } catch (error) {
      this.#unkept.push(...heads);
      // What stands in the file now is not known: the next turn writes it anew.
      await this.#handle?.close().catch(() => undefined);
      this.#handle = undefined;
      throw error;
    }
  }

  /** The file anew, under its name only when it is whole. */
  async #writeWhole(): Promise<void> {
    const file = this.#file;
    assert(file !== undefined, "heads are kept for a database that is known");
    const text = [`${HEAD_FILE_TITLE}\n`, ...this.#known.list().map((h) => headLine(h, this.#mac))];
    const whole = text.join("");
    const handle = await open(`${file}.new`, "w", 0o600);
    try {
      await handle.writeFile(whole);
      await handle.sync();
    } catch (error) {
      await handle.close();
      throw error;
    }
    await rename(`${file}.new`, file);
    await syncFolder(this.#folder);
    await this.#handle?.close();
    this.#handle = handle;
    this.#bytes = whole.length;
  }
}
