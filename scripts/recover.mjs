// `npm run recover`, after the database was put back from a backup and before anything is sold:
// raises every meter's last token id by an hour, takes the journal's end as it is now, and opens
// the sales. Voltlet must not run meanwhile. Run it again when it was cut off.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { runAsSigner } = await import("./lib/run-as-signer.mjs");

await runAsSigner({ name: "recover", entry: "lib/signer/recover.ts" });
