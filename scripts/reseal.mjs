// `npm run reseal`: makes a new key-encryption key, and seals every vending key under it. Voltlet
// must not run meanwhile. Whenever it is cut off, the next start or the next run finds out which of
// the two keys is in force.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { runAsSigner } = await import("./lib/run-as-signer.mjs");

await runAsSigner({ name: "reseal", entry: "lib/signer/reseal.ts" });
