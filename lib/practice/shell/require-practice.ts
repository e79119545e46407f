import { isPracticeInstallation } from "@/lib/access";
import { assert } from "@/lib/kernel";

/** Throws in a production installation: whoever gets this far there has been wired up wrongly. */
export async function requirePractice(): Promise<void> {
  assert(await isPracticeInstallation(), "practice money does not exist in production");
}
