import { isPracticeInstallation } from "@/lib/access";
import { type OutboxMessage, readOutbox } from "@/lib/platform";

/** The messages that nobody sent; null where they are sent, and in production. */
export async function readPracticeOutbox(): Promise<readonly OutboxMessage[] | null> {
  return (await isPracticeInstallation()) ? readOutbox() : null;
}

/** Whether there is a page that shows them. */
export async function hasOutbox(): Promise<boolean> {
  return (await readPracticeOutbox()) !== null;
}
