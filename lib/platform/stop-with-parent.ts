import { log } from "./log";

// The supervisor kills what is left after four seconds; a stop that hangs ends itself before.
const LONGEST_STOP_MS = 3_500;

/**
 * Stops this process once, in order, on TERM, on Ctrl-C, or when the process that started it has
 * gone (its IPC channel closes then, even on kill -9). `stop` closes servers and pools; the process
 * exits after it, or after 3.5 seconds in any case.
 */
export function stopWithParent(stop: () => Promise<void>): void {
  let stopping = false;
  const begin = (reason: string) => {
    if (stopping) return;
    stopping = true;
    log().info({ reason }, "stopping");
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log().error({ err: error }, "stop failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => begin("SIGTERM"));
  process.on("SIGINT", () => begin("SIGINT"));
  process.on("disconnect", () => begin("parent gone"));
  // The channel alone does not keep a process alive that has nothing left to do.
  process.channel?.unref();
}
