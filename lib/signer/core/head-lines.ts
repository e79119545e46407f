import { err, ok, type Result } from "@/lib/kernel";

/*
 * The file of heads: what each chain's last entry is, kept beside the database, so that a database
 * that was put back to an earlier day, or whose end was cut off, is found out. One line a head, the
 * last of a chain counts:
 *
 *   <organization> <chain> <sequence> <hash in hex> <16 hex digits of a MAC over the rest>
 *
 * A line is appended for every commit. Whoever is cut off in the middle leaves a last line that is
 * not whole; it was never said to be kept, and is left out. Any other line that is not whole, or
 * has another MAC, is a fault: somebody wrote in the file.
 */

export const HEAD_FILE_TITLE = "voltlet journal heads 1";

/** The last entry of a chain that is known to have been written. */
export type KnownHead = {
  readonly organizationId: string;
  readonly chain: string;
  readonly sequence: bigint;
  readonly hash: Uint8Array;
};

/** Gives 16 hex digits for a text, under a key of the signer's. */
export type LineMac = (text: string) => string;

const LINE = /^([0-9a-f-]{36}) (\S{1,64}) ([1-9][0-9]{0,18}) ([0-9a-f]{64}) ([0-9a-f]{16})$/;

/** A head as a line of the file, with its end. */
export function headLine(head: KnownHead, mac: LineMac): string {
  const { organizationId, chain, sequence } = head;
  const hash = Buffer.from(head.hash).toString("hex");
  const text = `${organizationId} ${chain} ${sequence} ${hash}`;
  return `${text} ${mac(text)}\n`;
}

/** The file's last head of each chain, or the number of the first line that is not ours. */
export function parseHeadLines(
  text: string,
  mac: LineMac,
): Result<readonly KnownHead[], { readonly line: number }> {
  const lines = text.split("\n");
  // After the last whole line comes nothing, or one that was cut off.
  lines.pop();
  if (lines.length === 0) return ok([]);
  if (lines[0] !== HEAD_FILE_TITLE) return err({ line: 1 });
  const heads = new Map<string, KnownHead>();
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const head = parseHeadLine(line, mac);
    if (!head) return err({ line: index + 1 });
    heads.set(`${head.organizationId} ${head.chain}`, head);
  }
  return ok([...heads.values()]);
}

function parseHeadLine(line: string, mac: LineMac): KnownHead | null {
  const [, organizationId, chain, sequence, hash, given] = LINE.exec(line) ?? [];
  if (!organizationId || !chain || !sequence || !hash) return null;
  if (given !== mac(line.slice(0, -17))) return null;
  return { organizationId, chain, sequence: BigInt(sequence), hash: Buffer.from(hash, "hex") };
}
