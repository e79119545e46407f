import { SayAndStop } from "./say-and-stop.mjs";

/**
 * Does `work` with an installation. A signal, or a fault of the work, closes it and ends the
 * process with everything it started. Resolves when the work is done and the installation stands.
 */
export async function runInstallation(installation, work) {
  let stopping;
  const stop = (code) => {
    stopping ??= installation.close().then(() => process.exit(code));
    return stopping;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(0));
  try {
    await work();
  } catch (error) {
    // A stop in the middle makes steps fail; that is no news.
    if (stopping) return stopping;
    console.error(error instanceof SayAndStop ? error.message : error);
    await stop(1);
  }
}
