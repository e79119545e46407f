// `npm run -s verify-audit`: walks every organization's audit trail as the auditor, names the first
// row that is not as it was written, and ends with 1 when there is one. Starts the embedded
// database and the signer, who knows the key of the signatures, when they do not run.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { runAsAuditor } = await import("./lib/run-as-auditor.mjs");
const { runCommand } = await import("./lib/say-and-stop.mjs");

await runCommand(() => runAsAuditor({ name: "verify-audit", entry: "lib/worker/verify-audit.ts" }));
