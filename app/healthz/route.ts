/** The process lives. Whether it can work is what `/readyz` answers. */
export function GET(): Response {
  return new Response("ok\n", { headers: { "cache-control": "no-store" } });
}
