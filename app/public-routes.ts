/**
 * Routes without a scope: they read nobody's data. Every other page, action and handler names one
 * of the five scopes; lib/tidy.test.ts compares. `/o` only shows the signed-in what is theirs,
 * `/o/new` asks for the scope in a file of its own, and an invitation is read by its secret
 * alone.
 */
export const PUBLIC_ROUTES: readonly string[] = [
  "/",
  "/healthz",
  "/invitation/[secret]",
  "/o",
  "/o/new",
  "/readyz",
  "/setup/[secret]",
  "/sign-in",
  "/sign-out",
];
