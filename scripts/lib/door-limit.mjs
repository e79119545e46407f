// In front of Next.js: posts at doors where a secret is checked are counted by the network they
// come from and in all, and what is too much is answered before it costs anything. A page of
// Next.js costs some milliseconds of the one thread that also serves who buys power; this answer
// costs a tenth of one. What gets past it waits its turn (lib/identity/shell/sign-in-gate.ts).
import { RateLimiterMemory } from "rate-limiter-flexible";

const DOORS = /^\/(?:sign-in|join|invitation|setup|account)(?:\/|$)/i;
const WINDOW_SECONDS = 4;
// A town behind one address still signs in ten times a second.
const FROM_ONE_A_SECOND = 10;
const ALL_FOR_ONE = 3;

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>One moment</title>
<body style="font:17px/1.5 system-ui;max-width:32rem;margin:4rem auto;padding:0 1rem">
<h1 style="font-size:22px">Too many people are signing in</h1>
<p>What you sent was not looked at, and nothing was changed. Wait a few seconds, go back, and send
it again: what you typed is still there.</p><p>Buying power goes on: it needs no sign-in.</p>
`;

/**
 * A function that looks at each request: true when it has answered it with 429. So many posts a
 * second may come from one network, on average over the window, and three times as many in all.
 * Paths are compared as Next.js reads them, decoded; one that cannot be decoded opens nothing
 * anyway.
 */
export function doorLimit(fromOneASecond = FROM_ONE_A_SECOND) {
  const points = Math.max(1, Math.floor(fromOneASecond * WINDOW_SECONDS));
  const one = new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
  const all = new RateLimiterMemory({ points: points * ALL_FOR_ONE, duration: WINDOW_SECONDS });
  const isTooMuch = (limiter, key) =>
    limiter.consume(key).then(
      () => false,
      () => true,
    );
  return async (request, response) => {
    if (request.method !== "POST" || !DOORS.test(pathOf(request.url))) return false;
    const network = networkOf(request.socket.remoteAddress ?? "");
    if (!(await isTooMuch(one, network)) && !(await isTooMuch(all, "all"))) return false;
    response.writeHead(429, {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
      "X-Content-Type-Options": "nosniff",
      "Retry-After": String(WINDOW_SECONDS),
      // What was posted is not read: the connection ends with the answer.
      Connection: "close",
    });
    response.end(PAGE);
    return true;
  };
}

function pathOf(url = "/") {
  const [path = "/"] = url.split("?");
  try {
    return decodeURIComponent(path).replaceAll(/\/{2,}/g, "/");
  } catch {
    return "/";
  }
}

/** The address; of IPv6 the /64 that one customer has. */
function networkOf(address) {
  if (!address.includes(":") || address.startsWith("::ffff:")) return address;
  return address.split(":").slice(0, 4).join(":");
}
