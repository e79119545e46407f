import { chmod, writeFile } from "node:fs/promises";
import { closeDatabases, decideInstallationMode, isInstallationEmpty } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { log, newId, seedEnv, systemClock } from "@/lib/platform";
import { signerClient } from "@/lib/signer";
import { seedDemo } from "./demo";

// Fills an empty installation with the demo and makes it a practice installation for good. Sales go
// through the product's own functions; the signer must be running.

const env = seedEnv();
const now = systemClock.now();
assert(await isInstallationEmpty(), "a demo moves only into an empty installation");
const mode = await decideInstallationMode("practice", now);
assert(mode === "practice", "a production installation takes no demo");
const demo = await seedDemo(now, {
  issuer: signerClient(env.SIGNER_SOCKET),
  // The demo's own slips are opened from the console; nobody holds their addresses.
  addressKey: newId(),
});
await writeFile(env.DEMO_FILE, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
await chmod(env.DEMO_FILE, 0o600);
log().info({ sales: demo.sales }, "the demo is in place");
await closeDatabases();
process.exit(0);
