// `npm run import-key -- --organization ID --sgc 600727 …`: two custodians, one after the other,
// type their component of a vending key; what they type is neither shown nor kept. `--help` lists
// what the key may be told. Voltlet must not run meanwhile.
import { ensure } from "./ensure.mjs";

await ensure(import.meta.url);
const { runAsSigner } = await import("./lib/run-as-signer.mjs");

await runAsSigner({ name: "import-key", entry: "lib/signer/import-key.ts" });
