/**
 * Routes without a scope: they read nobody's data. Every other page, action and handler names one
 * of the five scopes; lib/tidy.test.ts compares. `/o` only sends
 * the signed-in on to what is theirs.
 */
export const PUBLIC_ROUTES: readonly string[] = [
  "/",
  "/healthz",
  "/join",
  "/join/[code]",
  "/o",
  "/readyz",
  "/setup/[secret]",
  "/sign-in",
  "/sign-out",
];
