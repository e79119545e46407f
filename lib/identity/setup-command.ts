import { closeDatabases } from "@/lib/access";
import { log, setupEnv, systemClock } from "@/lib/platform";
import { makeSetupLink } from "./index";

// `npm run setup`: prints the first administrator's one-time link, and nothing else, on standard
// output. Exits with 3 where somebody is there already; scripts/setup.mjs says so in a sentence.

const HAS_PEOPLE = 3;

const made = await makeSetupLink(systemClock.now());
if (made.ok) process.stdout.write(`${new URL(`/setup/${made.value}`, setupEnv().SITE_URL)}\n`);
else log().debug("there are people already");
await closeDatabases();
process.exit(made.ok ? 0 : HAS_PEOPLE);
