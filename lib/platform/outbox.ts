import { appendFile, open } from "node:fs/promises";
import { z } from "zod";
import { systemClock } from "./clock";
import { messageEnv } from "./env";
import type { Message } from "./message";

// Without a mail server the embedded default keeps its messages in a file, which a page of the
// practice installation shows: so that a newcomer can sign in by a code that nobody sent.

const MOST_SHOWN = 50;
const MOST_BYTES_READ = 256 * 1_024;

const lineForm = z.object({
  at: z.coerce.date(),
  channel: z.enum(["email", "sms"]),
  to: z.string(),
  subject: z.string().default(""),
  text: z.string(),
});
export type OutboxMessage = Readonly<z.infer<typeof lineForm>>;

/** Adds a message to the file, which its owner alone can read. */
export async function putIntoOutbox(file: string, message: Message): Promise<void> {
  const line = JSON.stringify({ at: systemClock.now().toISOString(), ...message });
  await appendFile(file, `${line}\n`, { mode: 0o600 });
}

/** The last 50 messages, newest first; null where this installation has no local outbox. */
export async function readOutbox(): Promise<readonly OutboxMessage[] | null> {
  const { LOCAL_OUTBOX_FILE } = messageEnv();
  if (!LOCAL_OUTBOX_FILE) return null;
  const text = await readEnd(LOCAL_OUTBOX_FILE);
  const messages = text.split("\n").flatMap((line) => {
    const parsed = lineForm.safeParse(jsonOf(line));
    return parsed.success ? [parsed.data] : [];
  });
  return messages.slice(-MOST_SHOWN).reverse();
}

/** The end of a file that only grows; "" for one that nobody has written to. */
async function readEnd(file: string): Promise<string> {
  const handle = await open(file, "r").catch(() => null);
  if (!handle) return "";
  try {
    const { size } = await handle.stat();
    const position = Math.max(0, size - MOST_BYTES_READ);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - position), {
      position,
    });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** What a line says; null for one that was cut through. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
