"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

type LightNow = {
  readonly id: string;
  readonly light: string;
  readonly last: string | null;
  readonly text: string;
};
type Seen = ReadonlyMap<string, LightNow>;

const EVERY_MS = 5_000;
const SLOWEST_MS = 60_000;

/**
 * Asks for the lights while the tab is looked at. Where one has changed the page is drawn anew in
 * its place, and what was bought is told politely. After a failure it asks less and less often.
 */
export function FacadeLive({ path }: { readonly path: string }) {
  const router = useRouter();
  const [told, setTold] = useState("");

  useEffect(() => {
    let seen: Seen | null = null;
    let etag = "";
    let pause = EVERY_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = new AbortController();

    async function ask() {
      try {
        const headers = etag === "" ? {} : { "If-None-Match": etag };
        const response = await fetch(path, { headers, cache: "no-store", signal: stop.signal });
        pause = response.ok || response.status === 304 ? EVERY_MS : Math.min(pause * 2, SLOWEST_MS);
        if (response.status !== 200) return;
        etag = response.headers.get("ETag") ?? "";
        const lights: readonly LightNow[] = await response.json();
        if (seen) tellOf(changesIn(seen, lights));
        seen = new Map(lights.map((light) => [light.id, light]));
      } catch {
        pause = Math.min(pause * 2, SLOWEST_MS);
      }
    }
    function tellOf({ bought, isOther }: ReturnType<typeof changesIn>) {
      if (bought.length > 0) setTold(bought.join(". "));
      if (bought.length > 0 || isOther) router.refresh();
    }
    async function round() {
      if (document.visibilityState === "visible") await ask();
      if (!stop.signal.aborted) timer = setTimeout(round, pause);
    }
    void round();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, router]);

  return (
    <p role="status" className="min-h-5 text-small text-leaf">
      {told}
    </p>
  );
}

function changesIn(seen: Seen, lights: readonly LightNow[]) {
  const bought = lights.filter(({ id, last }) => last !== null && last !== seen.get(id)?.last);
  const isOther = lights.some(({ id, light }) => light !== seen.get(id)?.light);
  return { bought: bought.map(({ text }) => text), isOther };
}
