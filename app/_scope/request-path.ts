import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external";

/**
 * The path of the request that a page or an action answers; null outside of one. Next.js gives a
 * page its parameters and not its address, and a proxy that would write it into a header is one
 * more door. So this reads what `headers()` reads too; it is a note for the trail, and nothing is
 * decided by it.
 */
export function readPath(): string | null {
  const store = workUnitAsyncStorage.getStore();
  return store?.type === "request" ? store.url.pathname.slice(0, 300) : null;
}
