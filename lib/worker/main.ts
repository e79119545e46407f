import { makeReadingMonths } from "@/lib/access";
import { providersOf, readCredentialKey } from "@/lib/payments";
import { log, stopWithParent, systemClock, workerEnv } from "@/lib/platform";
import { practiceProvider } from "@/lib/practice";
import { signerClient } from "@/lib/signer";
import { workHandler } from "./shell/handle-work";
import { startJournalWatch } from "./shell/journal-watch";
import { startWorkLoop } from "./shell/work-loop";

// The process that runs everybody's sweeps: what was paid is vended, what was issued is audited,
// providers that say nothing are asked.

const env = workerEnv();
const issuer = signerClient(env.SIGNER_SOCKET);
const { SITE_URL: siteUrl, PRACTICE_PROVIDER_SECRET: masterSecret } = env;
// A production installation is given no such secret, and plans no work that would ask for it.
const callback = masterSecret === undefined ? null : { siteUrl, masterSecret };
const providers = providersOf({
  siteUrl,
  credentialKey: await readCredentialKey(env.PAYMENT_KEY_FILE),
  practice: callback && practiceProvider(),
});
const handle = workHandler({ issuer, providers, callback });
const loop = startWorkLoop(handle, systemClock);
const watch = startJournalWatch(systemClock);
log().info("worker started");

// The months that readings go to are made ahead by every start; a worker that runs for a year makes
// them itself.
const A_DAY_MS = 86_400_000;
const months = setInterval(() => {
  makeReadingMonths().catch(() => log().warn("months for readings cannot be made; tried tomorrow"));
}, A_DAY_MS);

stopWithParent(async () => {
  clearInterval(months);
  await Promise.all([watch.stop(), loop.stop()]);
});
