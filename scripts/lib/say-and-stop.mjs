/** A fault that a person can mend: the command prints the sentence without a stack and exits 1. */
export class SayAndStop extends Error {}

/** Runs a command's main function; turns its faults into one sentence or one stack, and exit 1. */
export async function runCommand(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof SayAndStop ? error.message : error);
    process.exit(1);
  }
}
