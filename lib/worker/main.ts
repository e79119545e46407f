import { log, stopWithParent, systemClock, workerEnv } from "@/lib/platform";
import { practiceProvider } from "@/lib/practice";
import { signerClient } from "@/lib/signer";
import { workHandler } from "./shell/handle-work";
import { startWorkLoop } from "./shell/work-loop";

// The process that runs everybody's sweeps: what was paid is vended, what was issued is audited,
// providers that say nothing are asked.

const env = workerEnv();
const issuer = signerClient(env.SIGNER_SOCKET);
const callback = { siteUrl: env.SITE_URL, masterSecret: env.PRACTICE_PROVIDER_SECRET };
const handle = workHandler({ issuer, provider: practiceProvider(), callback });
const loop = startWorkLoop(handle, systemClock);
log().info("worker started");

stopWithParent(loop.stop);
