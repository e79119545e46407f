import { listMeterOwners, lookAtJournal } from "@/lib/access";
import { type Clock, log } from "@/lib/platform";

// A token that nobody paid for and nobody approved is the largest loss that this trade knows.
// Within a minute of its entry somebody must hear of it: journals are looked at thrice as often.
const EVERY_MS = 20_000;

export type JournalWatch = { readonly stop: () => Promise<void> };

/** Looks at every organization's journal, again and again; what nothing explains is an alarm. */
export function startJournalWatch(clock: Clock): JournalWatch {
  let looking = Promise.resolve();
  let isStopping = false;
  const look = () => {
    looking = looking.then(async () => {
      if (isStopping) return;
      await watchJournals(clock.now()).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        log().warn({ error: name }, "journals cannot be looked at; the database may be away");
      });
    });
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: () => {
      isStopping = true;
      clearInterval(timer);
      return looking;
    },
  };
}

/** One round over all organizations. Gives how many entries were found that nothing explains. */
export async function watchJournals(now: Date): Promise<number> {
  let count = 0;
  for (const organizationId of await listMeterOwners()) {
    const alarms = await lookAtJournal(organizationId, now);
    for (const alarm of alarms) {
      count += 1;
      log().fatal(alarm, "a token was made that no purchase and no approved issue explains");
    }
  }
  return count;
}
