import { CONSOLE_ENTRANCES } from "./console-entrances";
import type { Entrance, Guard } from "./entrance";

const GET = ["GET"] as const;
const BOTH = ["GET", "POST"] as const;
const POST = ["POST"] as const;

export const ENTRANCES: Readonly<Record<string, Entrance>> = {
  "app/route.tsx": { guard: "public", methods: GET, path: () => "/" },
  "app/healthz/route.ts": { guard: "public", methods: GET, path: () => "/healthz" },
  "app/readyz/route.ts": { guard: "public", methods: GET, path: () => "/readyz" },
  "app/join/route.tsx": { guard: "public", methods: BOTH, path: () => "/join" },
  "app/join/[code]/route.tsx": {
    guard: "invitation",
    methods: BOTH,
    path: () => `/join/${"0".repeat(16)}`,
  },
  "app/sign-in/route.tsx": { guard: "public", methods: BOTH, path: () => "/sign-in" },
  "app/sign-in/code/route.tsx": {
    guard: "challenge",
    methods: BOTH,
    path: () => "/sign-in/code",
  },
  "app/sign-in/link/[secret]/route.tsx": {
    guard: "challenge",
    methods: BOTH,
    path: () => `/sign-in/link/${"x".repeat(22)}`,
  },
  "app/account/route.tsx": { guard: "signed-in", methods: BOTH, path: () => "/account" },
  "app/outbox/route.tsx": { guard: "public", methods: GET, path: () => "/outbox" },
  "app/sign-out/route.ts": { guard: "public", methods: POST, path: () => "/sign-out" },
  "app/setup/[secret]/route.tsx": {
    guard: "setup",
    methods: BOTH,
    path: () => `/setup/${"x".repeat(22)}`,
  },
  "app/invitation/[secret]/route.tsx": {
    guard: "setup",
    methods: BOTH,
    path: () => `/invitation/${"x".repeat(22)}`,
  },
  "app/buy/route.tsx": { guard: "meter", methods: BOTH, path: () => "/buy" },
  "app/t/[secret]/route.tsx": {
    guard: "secret",
    methods: GET,
    path: ({ secret }) => `/t/${secret}`,
  },
  "app/t/[secret]/[form]/route.ts": {
    guard: "secret",
    methods: GET,
    path: ({ secret }) => `/t/${secret}/receipt.json`,
  },
  "app/t/[secret]/pay/route.ts": {
    guard: "secret",
    methods: BOTH,
    path: ({ secret }) => `/t/${secret}/pay`,
  },
  "app/practice/checkout/[endpoint]/[checkout]/route.tsx": {
    guard: "checkout",
    methods: BOTH,
    path: ({ endpointId, checkoutId }) => `/practice/checkout/${endpointId}/${checkoutId}`,
  },
  "app/practice-meter/[number]/route.tsx": {
    guard: "meter",
    methods: BOTH,
    path: ({ meterNumber }) => `/practice-meter/${meterNumber}`,
  },
  "app/api/webhooks/practice/[endpoint]/route.ts": {
    guard: "signature",
    methods: POST,
    path: ({ endpointId }) => `/api/webhooks/practice/${endpointId}`,
  },
  "app/api/webhooks/in/[endpoint]/[[...rest]]/route.ts": {
    guard: "signature",
    methods: POST,
    path: ({ endpointId }) => `/api/webhooks/in/${endpointId}`,
  },
  "app/api/route.tsx": { guard: "public", methods: GET, path: () => "/api" },
  "app/api/v1/openapi.json/route.ts": {
    guard: "public",
    methods: GET,
    path: () => "/api/v1/openapi.json",
  },
  "app/api/v1/meters/[number]/route.ts": {
    guard: "api-key",
    methods: GET,
    path: ({ meterNumber }) => `/api/v1/meters/${meterNumber}`,
  },
  "app/api/v1/quotes/route.ts": {
    guard: "api-key",
    methods: POST,
    path: () => "/api/v1/quotes",
  },
  "app/api/v1/purchases/route.ts": {
    guard: "api-key",
    methods: BOTH,
    path: () => "/api/v1/purchases",
  },
  "app/api/v1/purchases/[id]/route.ts": {
    guard: "api-key",
    methods: GET,
    path: ({ purchaseId }) => `/api/v1/purchases/${purchaseId}`,
  },
  "app/api/v1/purchases/[id]/reprints/route.ts": {
    guard: "api-key",
    methods: POST,
    path: ({ purchaseId }) => `/api/v1/purchases/${purchaseId}/reprints`,
  },
  "app/o/page.tsx": { guard: "signed-in", methods: GET, path: () => "/o" },
  "app/o/new/page.tsx": { guard: "signed-in", methods: GET, path: () => "/o/new" },
  "app/o/new/actions.ts": { guard: "action", methods: [], path: () => "/o/new" },
  ...CONSOLE_ENTRANCES,
  "app/(portal)/home/actions.ts": { guard: "action", methods: [], path: () => "/home" },
  "app/(portal)/home/page.tsx": { guard: "resident", methods: GET, path: () => "/home" },
  "app/(portal)/home/purchases/[purchase]/page.tsx": {
    guard: "resident",
    methods: GET,
    path: ({ purchaseId }) => `/home/purchases/${purchaseId}`,
  },
  "app/(portal)/home/purchases/[purchase]/[form]/route.ts": {
    guard: "resident",
    methods: GET,
    path: ({ purchaseId }) => `/home/purchases/${purchaseId}/receipt.json`,
  },
  "app/(portal)/home/usage/route.ts": {
    guard: "resident",
    methods: GET,
    path: () => "/home/usage",
  },
};

/** What staff open, each with the permission that opens it. */
export function staffEntrances() {
  return Object.entries(ENTRANCES).flatMap(([file, entrance]) =>
    entrance.guard === "staff" ? [{ file, ...entrance }] : [],
  );
}

/** The entrances with one of these guards, by file. */
export function entrancesOf(...guards: readonly Guard[]): readonly (Entrance & { file: string })[] {
  return Object.entries(ENTRANCES)
    .filter(([, { guard }]) => guards.includes(guard))
    .map(([file, entrance]) => ({ file, ...entrance }));
}
