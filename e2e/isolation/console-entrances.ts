import { CONSOLE_MONEY_ENTRANCES } from "./console-money-entrances";
import type { Entrance } from "./entrance";

const GET = ["GET"] as const;
const POST = ["POST"] as const;

/** The console's, by the file that answers. */
export const CONSOLE_ENTRANCES: Readonly<Record<string, Entrance>> = {
  "app/o/[org]/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}`,
  },
  "app/o/[org]/buildings/[building]/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}`,
  },
  "app/o/[org]/buildings/new/page.tsx": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/buildings/new`,
  },
  "app/o/[org]/buildings/new/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/buildings/new`,
  },
  "app/o/[org]/buildings/[building]/units/new/page.tsx": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/units/new`,
  },
  "app/o/[org]/buildings/[building]/units/new/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/units/new`,
  },
  "app/o/[org]/buildings/[building]/rooms/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/rooms`,
  },
  "app/o/[org]/buildings/[building]/rooms/csv/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/rooms/csv`,
  },
  "app/o/[org]/buildings/[building]/reconciliation/page.tsx": {
    guard: "staff",
    permission: "reconciliation:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/reconciliation`,
  },
  "app/o/[org]/buildings/[building]/reconciliation/rows/page.tsx": {
    guard: "staff",
    permission: "reconciliation:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/reconciliation/rows`,
  },
  "app/o/[org]/buildings/[building]/reconciliation/csv/route.ts": {
    guard: "staff",
    permission: "reconciliation:read",
    methods: GET,
    path: ({ slug, buildingId }) =>
      `/o/${slug}/buildings/${buildingId}/reconciliation/csv?month=2026-01`,
  },
  "app/o/[org]/buildings/[building]/lights/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/lights`,
  },
  "app/o/[org]/buildings/[building]/units/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/units`,
  },
  "app/o/[org]/search/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/search`,
  },
  "app/o/[org]/search/found/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/search/found`,
  },
  "app/o/[org]/units/[unit]/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}`,
  },
  "app/o/[org]/units/[unit]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}`,
  },
  "app/api/readings/route.ts": { guard: "gateway", methods: POST, path: () => "/api/readings" },
  "app/o/[org]/readings/page.tsx": {
    guard: "staff",
    permission: "reading:write",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/readings`,
  },
  "app/o/[org]/readings/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/readings`,
  },
  "app/o/[org]/readings/waiting/page.tsx": {
    guard: "staff",
    permission: "reading:write",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/readings/waiting`,
  },
  "app/o/[org]/readings/waiting/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/readings/waiting`,
  },
  "app/o/[org]/readings/gateways/page.tsx": {
    guard: "staff",
    permission: "gateway:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/readings/gateways`,
  },
  "app/o/[org]/readings/gateways/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/readings/gateways`,
  },
  "app/o/[org]/readings/round/[building]/page.tsx": {
    guard: "staff",
    permission: "reading:write",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/readings/round/${buildingId}`,
  },
  "app/o/[org]/readings/round/[building]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, buildingId }) => `/o/${slug}/readings/round/${buildingId}`,
  },
  "app/o/[org]/usage/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/usage`,
  },
  "app/o/[org]/buildings/[building]/usage/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, buildingId }) => `/o/${slug}/buildings/${buildingId}/usage`,
  },
  "app/o/[org]/units/[unit]/usage/route.ts": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}/usage`,
  },
  "app/o/[org]/units/[unit]/invitation/page.tsx": {
    guard: "staff",
    permission: "resident:invite",
    methods: GET,
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}/invitation`,
  },
  "app/o/[org]/units/[unit]/invitation/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, unitId }) => `/o/${slug}/units/${unitId}/invitation`,
  },
  "app/o/[org]/approvals/page.tsx": {
    guard: "staff",
    permission: "approval:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/approvals`,
  },
  "app/o/[org]/approvals/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/approvals`,
  },
  "app/o/[org]/meters/page.tsx": {
    guard: "staff",
    permission: "meter:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/meters`,
  },
  "app/o/[org]/meters/new/page.tsx": {
    guard: "staff",
    permission: "meter:manage",
    isOfAll: true,
    methods: GET,
    path: ({ slug }) => `/o/${slug}/meters/new`,
  },
  "app/o/[org]/meters/new/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/meters/new`,
  },
  "app/o/[org]/meters/[meter]/page.tsx": {
    guard: "staff",
    permission: "meter:manage",
    methods: GET,
    path: ({ slug, meterId }) => `/o/${slug}/meters/${meterId}`,
  },
  "app/o/[org]/meters/[meter]/readings/route.ts": {
    guard: "staff",
    permission: "meter:manage",
    methods: GET,
    path: ({ slug, meterId }) => `/o/${slug}/meters/${meterId}/readings`,
  },
  "app/o/[org]/meters/[meter]/life/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, meterId }) => `/o/${slug}/meters/${meterId}`,
  },
  "app/o/[org]/meters/[meter]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, meterId }) => `/o/${slug}/meters/${meterId}`,
  },
  "app/o/[org]/import/page.tsx": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/import`,
  },
  "app/o/[org]/import/upload/route.ts": {
    guard: "staff-post",
    methods: POST,
    path: ({ slug }) => `/o/${slug}/import/upload`,
  },
  "app/o/[org]/import/sample/[file]/route.ts": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/import/sample/apartments.csv`,
  },
  "app/o/[org]/import/[batch]/page.tsx": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug, importId }) => `/o/${slug}/import/${importId}`,
  },
  "app/o/[org]/import/[batch]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, importId }) => `/o/${slug}/import/${importId}`,
  },
  "app/o/[org]/export/route.ts": {
    guard: "staff",
    permission: "property:manage",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/export`,
  },
  "app/o/[org]/audit/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/audit`,
  },
  "app/o/[org]/audit/page.tsx": {
    guard: "staff",
    permission: "audit:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/audit`,
  },
  "app/o/[org]/people/page.tsx": {
    guard: "staff",
    permission: "member:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/people`,
  },
  "app/o/[org]/people/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/people`,
  },
  "app/o/[org]/people/[user]/page.tsx": {
    guard: "staff",
    permission: "member:manage",
    methods: GET,
    path: ({ slug, memberId }) => `/o/${slug}/people/${memberId}`,
  },
  "app/o/[org]/people/[user]/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug, memberId }) => `/o/${slug}/people/${memberId}`,
  },
  "app/o/[org]/people/leave/page.tsx": {
    guard: "staff",
    permission: "building:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/people/leave`,
  },
  "app/o/[org]/people/leave/actions.ts": {
    guard: "action",
    methods: [],
    path: ({ slug }) => `/o/${slug}/people/leave`,
  },
  "app/o/[org]/people/roles/page.tsx": {
    guard: "staff",
    permission: "role:read",
    methods: GET,
    path: ({ slug }) => `/o/${slug}/people/roles`,
  },
  "app/o/[org]/support/end/route.ts": {
    guard: "staff-post",
    methods: POST,
    path: ({ slug }) => `/o/${slug}/support/end`,
  },
  ...CONSOLE_MONEY_ENTRANCES,
};
