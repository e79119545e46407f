// `npm run -s verify-journal`: walks every organization's journal as the auditor, compares it with
// the heads that the signer keeps and has signed, with purchases and with approved issues, names
// the first row that is wrong, and ends with 1 when there is one. Starts the embedded database and
// the signer when they do not run.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { runAsAuditor } = await import("./lib/run-as-auditor.mjs");
const { runCommand } = await import("./lib/say-and-stop.mjs");

await runCommand(() =>
  runAsAuditor({ name: "verify-journal", entry: "lib/signer/verify-journal.ts" }),
);
