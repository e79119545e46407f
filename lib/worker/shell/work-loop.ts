import { claimWork, completeWork } from "@/lib/access";
import type { WorkItem } from "@/lib/access/shared";
import { type Clock, log } from "@/lib/platform";

const MOST_AT_ONCE = 8;
const MOST_A_CLAIM = 64;
const PAUSE_MS = 500;

/** Does one piece of work. True when it is over; false when it must be looked at again later. */
export type WorkHandler = (item: WorkItem, now: Date) => Promise<boolean>;

export type WorkLoop = { readonly stop: () => Promise<void> };

/**
 * Claims what is due, again and again, and hands it to its handler. A piece that throws keeps its
 * row, which is due again after its lease: nothing is lost when a handler, the signer, the database
 * or this process goes away. `stop` waits for what is in hand.
 */
export function startWorkLoop(handle: WorkHandler, clock: Clock): WorkLoop {
  let isStopping = false;
  let wake: () => void = () => undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PAUSE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!isStopping) {
      const done = await runOnce(handle, clock).catch((error: unknown) => {
        log().warn({ error: nameOf(error) }, "work cannot be claimed; the database may be away");
        return 0;
      });
      if (done === 0 && !isStopping) await pause();
    }
  };
  const running = run();
  return {
    stop: () => {
      isStopping = true;
      wake();
      return running;
    },
  };
}

/** One round over both queues; gives how many pieces were claimed. */
export async function runOnce(handle: WorkHandler, clock: Clock): Promise<number> {
  const now = clock.now();
  const outbox = await claimWork("outbox", now, MOST_A_CLAIM);
  const dueWork = await claimWork("due_work", now, MOST_A_CLAIM);
  const items = [...outbox, ...dueWork];
  const next = items.values();
  const lane = async () => {
    for (const item of next) await runItem(item, handle, clock);
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, lane));
  return items.length;
}

async function runItem(item: WorkItem, handle: WorkHandler, clock: Clock): Promise<void> {
  const { kind, subjectId, attempts } = item;
  try {
    if (await handle(item, clock.now())) await completeWork(item);
  } catch (error) {
    log().warn({ kind, subjectId, attempts, error: nameOf(error) }, "work failed, due again later");
  }
}

/** An error's kind without its message, which may carry somebody's data. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error ? `${error.name} ${String(error.code)}` : error.name;
}
