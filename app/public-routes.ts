/**
 * Routes without a scope: they read nobody's data. Every other page, action and handler names one
 * of the five scopes; lib/tidy.test.ts compares. `/o` only shows the signed-in what is theirs and
 * `/o/new` asks for the scope in a file of its own; an invitation is read by its secret alone;
 * `/account` shows people their own sign-in and nothing of any organization's; `/outbox` exists in
 * practice alone.
 */
export const PUBLIC_ROUTES: readonly string[] = [
  "/",
  "/account",
  "/api",
  "/api/v1/openapi.json",
  "/healthz",
  "/invitation/[secret]",
  "/join",
  "/join/[code]",
  "/o",
  "/o/new",
  "/outbox",
  "/readyz",
  "/setup/[secret]",
  "/sign-in",
  "/sign-in/code",
  "/sign-in/link/[secret]",
  "/sign-out",
];
