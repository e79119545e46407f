/**
 * Routes without a scope: they read nobody's data. Every other page, action and handler names one
 * of the five scopes; lib/tidy.test.ts compares. `/o` only sends
 * the signed-in on to what is theirs; `/account` shows them their own sign-in and nothing of any
 * organization's; `/outbox` exists in practice alone.
 */
export const PUBLIC_ROUTES: readonly string[] = [
  "/",
  "/account",
  "/healthz",
  "/join",
  "/join/[code]",
  "/o",
  "/outbox",
  "/readyz",
  "/setup/[secret]",
  "/sign-in",
  "/sign-in/code",
  "/sign-in/link/[secret]",
  "/sign-out",
];
