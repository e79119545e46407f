import { type APIRequestContext, expect, test } from "@playwright/test";
import { type MembershipRole, permissionsOf, ROLES } from "@/lib/access/shared";
import { colleagues } from "../fixtures/colleagues";
import { neighbour } from "../fixtures/neighbour";
import { makeNeighbours, makeOwned } from "../fixtures/owner";
import { signInBy } from "../fixtures/people";
import type { Things } from "./entrance";
import { staffEntrances } from "./entrances";

// Every page of the console × every role, driven by the permission matrix: who may gets in, who may
// not finds nothing. The same for roles limited to buildings, and for support after its time.

const ONCE = { maxRedirects: 0 };
const EVERYONE: readonly MembershipRole[] = [...ROLES, "support"];

const colleagueOf = (who: string) => {
  const found = colleagues().find((colleague) => colleague.who === who);
  if (!found) throw new Error(`there is no ${who}`);
  return found;
};

async function statusOf(request: APIRequestContext, path: string): Promise<number> {
  return (await request.get(path, ONCE)).status();
}

for (const role of EVERYONE) {
  test(`a member who is ${role} opens what the matrix says, and nothing else`, async ({
    request,
  }) => {
    const owned = await makeOwned(request, "A-304");
    await signInBy(request, colleagueOf(role));
    const may = permissionsOf(role, { isLimited: false });
    for (const { file, permission, path } of staffEntrances()) {
      const expected = may.includes(permission) ? 200 : 404;
      expect(await statusOf(request, path(owned)), file).toBe(expected);
    }
  });
}

test("support finds nothing from the moment on that was fixed for it", async ({ request }) => {
  const owned = await makeOwned(request, "A-304");
  await signInBy(request, colleagueOf("former support"));
  for (const { file, path } of staffEntrances()) {
    expect(await statusOf(request, path(owned)), file).toBe(404);
  }
});

/** Whether an entrance's address names something that stands in one building. */
const isInBuilding = (path: (things: Things) => string, things: Things) =>
  (["buildingId", "unitId", "purchaseId", "meterId"] as const).some(
    (name) => path({ ...things, [name]: "another" }) !== path(things),
  );

test("a manager of one building finds it, and nothing of the other or of the whole", async ({
  request,
}) => {
  const house = await makeNeighbours(request);
  const { houseManager, yard } = neighbour();
  await signInBy(request, houseManager);
  const may = permissionsOf("manager", { isLimited: true });
  for (const { file, permission, isOfAll, path } of staffEntrances()) {
    const isOpen = may.includes(permission) && !isOfAll;
    expect(await statusOf(request, path(house)), file).toBe(isOpen ? 200 : 404);
    if (!isInBuilding(path, house)) continue;
    const theirs = { ...house, ...yard };
    expect(await statusOf(request, path(theirs)), `${file}, the yard`).toBe(404);
  }
  const portfolio = await (await request.get(`/o/${house.slug}`)).text();
  expect(portfolio).toContain("Baobab House");
  expect(portfolio).not.toContain("Baobab Yard");
});

test("a manager whose building is gone finds no building at all", async ({ request }) => {
  const house = await makeNeighbours(request);
  await signInBy(request, neighbour().homeless);
  for (const { file, path } of staffEntrances()) {
    if (!isInBuilding(path, house)) continue;
    expect(await statusOf(request, path(house)), file).toBe(404);
  }
  const portfolio = await request.get(`/o/${house.slug}`);
  expect(portfolio.status()).toBe(200);
  expect(await portfolio.text()).not.toMatch(/Baobab (?:House|Yard)/);
});
