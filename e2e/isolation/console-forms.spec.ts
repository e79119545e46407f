import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { type Permission, permissionsOf } from "@/lib/access/shared";
import { colleagues } from "../fixtures/colleagues";
import { rowOf, rowsOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { fillForm, formsOn, type PageForm, sendForm } from "../fixtures/forms";
import { freshNumber } from "../fixtures/fresh-number";
import { makeImport } from "../fixtures/imports";
import { neighbour } from "../fixtures/neighbour";
import { type SignIn, signInBy, signInOf } from "../fixtures/people";
import { snapshotOf } from "../fixtures/snapshot";
import { makeUnansweredClaim, makeWaitingPayment } from "../fixtures/waiting-payment";

// Every form of the console, as who may use it has it, posted again by everybody who may not: each
// role without the permission, a resident, another organization's landlord, nobody. And with the
// organization in it changed for another. Nothing is found and nothing is changed.

/** Which permission each action asks for, and where it stands; the forms by how their id begins. */
const ACTIONS: Readonly<Record<string, readonly [Permission, form: string]>> = {
  decideApprovalAction: ["approval:read", "approve-"],
  withdrawApprovalAction: ["approval:read", "take-back-"],
  eraseTracesAction: ["organization:manage", "erase-traces"],
  startTestAction: ["meter:manage", "start-test"],
  makeTokenAction: ["token:free-issue", "make-"],
  answerTestAction: ["meter:manage", "answer-test"],
  requestFreeIssueAction: ["token:free-issue", "free-issue"],
  registerMeterAction: ["meter:manage", "new-meter"],
  registerReadMeterAction: ["meter:manage", "new-read-meter"],
  installMeterAction: ["meter:manage", "install"],
  setSalesAction: ["meter:manage", "meter-sales"],
  takeOutMeterAction: ["meter:manage", "take-out"],
  swapMeterAction: ["meter:manage", "swap-meter"],
  closingReadingAction: ["meter:manage", "closing-"],
  enterMeterReadingAction: ["reading:write", "meter-reading"],
  archiveMeterAction: ["meter:manage", "archive-meter"],
  restoreMeterAction: ["meter:manage", "restore-meter"],
  addReadMeterAction: ["meter:manage", "read-meter"],
  changeAction: ["member:manage", "change"],
  removeAction: ["member:manage", "remove"],
  inviteAction: ["member:manage", "invite"],
  inviteSupportAction: ["support:grant", "support"],
  renewAction: ["member:manage", "renew-"],
  revokeAction: ["member:manage", "revoke-"],
  leaveAction: ["building:read", "leave"],
  handOverAction: ["member:manage", "hand-over"],
  renameAction: ["organization:manage", "settings"],
  addAccountAction: ["organization:manage", "add-account"],
  testAccountAction: ["organization:manage", "test-account"],
  switchOffAccountAction: ["organization:manage", "switch-off"],
  decideCaseAction: ["payment:manage", "decide-"],
  openShiftAction: ["desk:sell", "open-shift"],
  startSaleAction: ["desk:sell", "sell"],
  moveCashAction: ["desk:sell", "move-cash-"],
  addDeskAction: ["desk:manage", "add-desk"],
  endDeskAction: ["desk:manage", "end-desk-"],
  takeCashAction: ["desk:sell", "take-cash"],
  refundCashAction: ["desk:sell", "refund-cash"],
  countShiftAction: ["desk:read", "count-drawer"],
  closeShiftAction: ["desk:read", "close-shift"],
  bookForLeaseAction: ["ledger:manage", "book-"],
  closeMonthAction: ["ledger:close", "close-month"],
  reopenMonthAction: ["ledger:close", "reopen-month"],
  contactAction: ["organization:manage", "seller-contact"],
  reprintAction: ["token:read", "reprint"],
  decideClaimAction: ["payment:manage", "claim-"],
  sellCaseAction: ["payment:manage", "sell-"],
  startLeaseAction: ["lease:manage", "start-lease"],
  addBedsAction: ["lease:manage", "add-beds"],
  endLeaseAction: ["lease:manage", "end-"],
  setContactAction: ["lease:manage", "contact-"],
  withdrawInvitationAction: ["resident:invite", "withdraw-"],
  printInvitationAction: ["resident:invite", "print-invitation"],
  enterReadingAction: ["reading:write", "reading"],
  uploadReadingsAction: ["reading:write", "upload-readings"],
  enterRoundAction: ["reading:write", "round"],
  decideReadingAction: ["reading:write", "keep-"],
  createGatewayAction: ["gateway:manage", "new-gateway"],
  revokeGatewayAction: ["gateway:manage", "shut-out-"],
  mapColumnsAction: ["property:manage", "map-columns"],
  correctRowAction: ["property:manage", "correct-row"],
  applyImportAction: ["property:manage", "apply-import"],
  undoImportAction: ["property:manage", "undo-import"],
  drawBuildingAction: ["property:manage", "new-building"],
  addUnitsAction: ["property:manage", "more-units"],
  createKeyAction: ["api-key:manage", "new-key"],
  revokeKeyAction: ["api-key:manage", "revoke-key-"],
  addTariffAction: ["tariff:manage", "new-tariff"],
  editVersionAction: ["tariff:manage", "tariff-version"],
  withdrawVersionAction: ["tariff:manage", "version-off-"],
  openAction: ["organization:manage", "organization"],
};

type Stage = {
  readonly keep: (place: string) => Promise<unknown>;
  readonly fill: (
    place: string,
    id: string,
    typed: Readonly<Record<string, string>>,
  ) => Promise<string>;
};

type Held = PageForm & { readonly permission: Permission };

const colleagueOf = (who: string) => {
  const found = colleagues().find((colleague) => colleague.who === who);
  if (!found) throw new Error(`there is no ${who}`);
  return found;
};

const permissionOf = (id: string) =>
  Object.values(ACTIONS)
    .toSorted(([, one], [, other]) => other.length - one.length)
    .find(
      ([, form]) =>
        id.startsWith(form) ||
        id.startsWith(form.replace("approve", "decline").replace("keep", "drop")),
    )?.[0];

/** A page's forms with what they ask for; a form that the list does not know fails the test. */
async function held(request: APIRequestContext, place: string): Promise<readonly Held[]> {
  const forms = await formsOn(request, place);
  expect(forms.length, `${place} has forms`).toBeGreaterThan(0);
  return forms.map((form) => {
    const permission = permissionOf(form.id);
    if (!permission) throw new Error(`${place} has a form ${form.id} that no action is listed for`);
    return { ...form, permission };
  });
}

test("every action of the console stands in the list", () => {
  const root = path.dirname(path.dirname(import.meta.dirname));
  const names = readdirSync(path.join(root, "app/o"), { recursive: true, encoding: "utf8" })
    .filter((name) => /(?:^|\/)actions\.ts$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(path.join(root, "app/o", name), "utf8");
      return [...text.matchAll(/export async function (\w+)/g)].map(([, action]) => action);
    });
  expect(names.toSorted()).toEqual(Object.keys(ACTIONS).toSorted());
});

/** A reading that contradicts another of its minute, and so waits for a person. */
async function makeWaitingReading(organizationId: string, meterId: string): Promise<void> {
  await rowOf(
    `INSERT INTO reading_quarantine (organization_id, id, meter_id, quantity, at, value, source,
       recorded_at, reason)
     VALUES ($1, gen_random_uuid(), $2, 'register', now(), 1, 'import', now(), 'other-value')
     RETURNING id`,
    [organizationId, meterId],
  );
}

/** A price list with a version that starts in years, so that it can be withdrawn. */
async function makeTariffAhead(organizationId: string): Promise<string> {
  const { id } = await rowOf<{ id: string }>(
    `INSERT INTO tariff (organization_id, id, name, currency)
     VALUES ($1, gen_random_uuid(), 'Workshops', 'KES') RETURNING id`,
    [organizationId],
  );
  await rowOf(
    `INSERT INTO tariff_version (organization_id, id, tariff_id, starts_at, definition, created_at)
     SELECT organization_id, gen_random_uuid(), $2, '2099-01-01', definition, now()
       FROM tariff_version WHERE organization_id = $1 LIMIT 1 RETURNING id`,
    [organizationId, id],
  );
  return id;
}

/** A desk, a shift at it, a sale that is priced and one that is owed back, and a count. */
async function stageDesk(home: string, meter: string, { keep, fill }: Stage): Promise<void> {
  const desk = `${home}/desk`;
  await fill(desk, "add-desk", { name: "Gate", currency: "KES", limit: "" });
  await keep(desk);
  const { id } = await rowOf<{ id: string }>(
    "SELECT id FROM desk WHERE closed_at IS NULL ORDER BY number DESC LIMIT 1",
    [],
  );
  await fill(desk, "open-shift", { desk: id, float: "1000" });
  await keep(desk);
  const sale = await fill(desk, "sell", { find: meter, amount: "500" });
  await keep(sale);
  const purchaseId = sale.split("/").at(-1);
  const turn = (status: string) =>
    rowsOf("UPDATE purchase SET status = $2 WHERE id = $1", [purchaseId, status]);
  await turn("refund_due");
  await keep(sale);
  await turn("quoted");
  const shift = await rowOf<{ id: string }>(
    "SELECT id FROM desk_shift WHERE desk_id = $1 AND state = 'open'",
    [id],
  );
  await fill(`${desk}/shifts/${shift.id}`, "count-drawer", { total: "1000" });
  await keep(`${desk}/shifts/${shift.id}`);
}

/** Brings Acacia's console to where each of its forms is shown, and gives them. */
async function stage(request: APIRequestContext): Promise<readonly Held[]> {
  const [administrator, manager, viewer] = ["administrator", "manager", "viewer"].map(colleagueOf);
  if (!administrator || !manager || !viewer) throw new Error("the set-up made no colleagues");
  const home = "/o/acacia";
  const { organizationId, buildingId, unitId, meterId, meterNumber } = await flatOf("A-301");
  const vacant = await rowOf<{ id: string }>(
    `SELECT u.id FROM unit u JOIN organization o ON o.organization_id = u.organization_id
        AND o.name = 'Acacia Homes' WHERE u.kind = 'flat' AND NOT EXISTS (SELECT FROM lease l
        WHERE l.unit_id = u.id AND l.ends_on IS NULL) LIMIT 1`,
  );
  const forms: Held[] = [];
  const keep = async (place: string) => forms.push(...(await held(request, place)));
  const fill = async (place: string, id: string, typed: Readonly<Record<string, string>>) => {
    const answer = await fillForm(request, { path: place, id }, typed);
    expect([200, 303], `${place} ${id}`).toContain(answer.status());
    return answer.headers().location ?? "";
  };
  await signInBy(request, administrator);
  const email = `${freshNumber()}@example.org`;
  await fill(`${home}/people`, "invite", { email, role: "viewer", reach: "all", buildings: "" });
  await fill(`${home}/units/${unitId}/invitation`, "print-invitation", {});
  for (const place of ["people", `people/${viewer.userId}`, "people/leave", "settings"]) {
    await keep(`${home}/${place}`);
  }
  await keep(`${home}/audit?who=${administrator.userId}`);
  for (const id of [unitId, vacant.id]) await keep(`${home}/units/${id}`);
  // Beds are offered for rooms alone, and Acacia lets flats.
  const letAs = (kind: string) =>
    rowsOf("UPDATE unit SET kind = $2 WHERE id = $1", [vacant.id, kind]);
  await letAs("room");
  await keep(`${home}/units/${vacant.id}`);
  await letAs("flat");
  await keep(`${home}/units/${unitId}/invitation`);
  await keep("/o/new");
  await keep(`${home}/meters/${meterId}`);
  await keep(`${home}/meters/new`);
  const sent = await makeImport(organizationId, administrator.userId);
  await keep(`${home}/import/${sent}?row=2`);
  const done = await makeImport(organizationId, administrator.userId, "applied");
  await keep(`${home}/import/${done}`);

  const sold = await rowOf<{ id: string }>(
    `SELECT id FROM purchase WHERE organization_id = $1 AND status IN ('issued', 'delivered')
      LIMIT 1`,
    [organizationId],
  );
  await keep(`${home}/purchases/${sold.id}`);
  await keep(`${home}/ledger`);
  await fill(`${home}/ledger`, "close-month", { leaveOpen: "yes" });
  await keep(`${home}/ledger`);
  await fill(`${home}/ledger`, "reopen-month", { reason: "only a test" });

  await stageDesk(home, meterNumber, { keep, fill });
  await keep(`${home}/readings`);
  await keep(`${home}/readings/round/${buildingId}`);
  await makeWaitingReading(organizationId, meterId);
  await keep(`${home}/readings/waiting`);
  await fill(`${home}/readings/gateways`, "new-gateway", { name: "Roof", building: "" });
  await keep(`${home}/readings/gateways`);
  const bank = { name: "A bank", scopes: "meter:read", perMinute: "60", takesOverFrom: "" };
  await fill(`${home}/settings/api`, "new-key", { ...bank, lastDay: "", buildingIds: buildingId });
  await keep(`${home}/settings/api`);

  const tariff = await makeTariffAhead(organizationId);
  await keep(`${home}/tariffs/new`);
  await keep(`${home}/buildings/new`);
  await keep(`${home}/buildings/${buildingId}/units/new`);
  await keep(`${home}/tariffs/${tariff}`);
  await keep(`${home}/tariffs/${tariff}/new-version`);
  // One that is off can still be asked, one that waits can be switched off; nobody pays into them.
  const account = { receiptEmail: "books@example.org", secretKeyPassword: "sk_test_1234567890" };
  for (const label of ["Old account", "New account"]) {
    await rowsOf("UPDATE payment_account SET state = 'off' WHERE organization_id = $1", [
      organizationId,
    ]);
    await fill(`${home}/settings/payments`, "add-account-paystack", { ...account, label });
  }
  await keep(`${home}/settings/payments`);
  await makeWaitingPayment(organizationId);
  await makeUnansweredClaim(organizationId);
  await keep(`${home}/payments`);

  const key = await rowOf<{ id: string }>("SELECT vending_key_id AS id FROM meter WHERE id = $1", [
    meterId,
  ]);
  const number = { meterNumber: freshNumber(), vendingKeyId: key.id, tariffIndex: "1" };
  const meter = await fill(`${home}/meters/new`, "new-meter", number);
  // It hung in a flat that stands empty, and nobody read it as it was taken out.
  await rowOf(
    `INSERT INTO meter_installation (organization_id, id, meter_id, unit_id, starts_at, ends_at)
     VALUES ($1, gen_random_uuid(), $2, $3, now() - interval '9 days', now() - interval '1 hour')
     RETURNING id`,
    [organizationId, meter.split("/").at(-1) ?? "", vacant.id],
  );
  await fill(meter, "archive-meter", {});
  await keep(meter);
  await fill(meter, "restore-meter", {});
  await keep(meter);
  await fill(meter, "start-test", { reason: "it hangs in our hall" });
  await keep(`${home}/approvals`);
  await signInBy(request, manager);
  await keep(`${home}/approvals`);
  await fill(`${home}/approvals`, "approve-", {});
  await signInBy(request, administrator);
  await keep(meter);
  await fill(meter, "make-", {});
  await keep(meter);
  return forms;
}

const REFUSED = [303, 307, 404];

async function expectRefused(
  request: APIRequestContext,
  who: string,
  forms: readonly Held[],
): Promise<void> {
  for (const form of forms) {
    const answer = await sendForm(request, form, { isSure: "yes", reason: "because" });
    const says = `${who} posts ${form.id} of ${form.path}`;
    expect(REFUSED, says).toContain(answer.status());
    if (answer.status() !== 404) expect(answer.headers().location, says).toMatch(/^\/sign-in/);
  }
}

/** The same form for another organization: its address bar name stands among the bound values. */
const forOther = (form: Held, from: string, to: string): Held => ({
  ...form,
  hidden: form.hidden.map(([name, value]) => [name, value.replaceAll(`"${from}"`, `"${to}"`)]),
});

test("who may not use a form of the console changes nothing by posting it", async ({ request }) => {
  test.setTimeout(120_000);
  const { organizationId } = await flatOf("A-301");
  const forms = await stage(request);
  const seen = new Set(forms.map(({ id }) => id));
  const missing = Object.values(ACTIONS)
    .map(([, id]) => id)
    .filter((begin) => begin !== "hand-over" && ![...seen].some((id) => id.startsWith(begin)));
  expect(missing, "forms that the stage does not show").toEqual([]);
  const before = await snapshotOf(organizationId);

  for (const colleague of colleagues()) {
    await signInBy(request, colleague);
    const isOver = colleague.who === "former support";
    const may = isOver ? [] : permissionsOf(colleague.role, { isLimited: false });
    const lacking = forms.filter(({ permission }) => !may.includes(permission));
    await expectRefused(request, colleague.who, lacking);
  }
  const strangers: Readonly<Record<string, SignIn>> = {
    "another organization's landlord": neighbour().landlord,
    "a resident": signInOf("resident"),
  };
  for (const [who, signIn] of Object.entries(strangers)) {
    await signInBy(request, signIn);
    const theirs = forms.filter(({ id }) => id !== "organization" || who === "a resident");
    await expectRefused(request, who, theirs);
  }
  await request.post("/sign-out", { form: {}, maxRedirects: 0 });
  await expectRefused(request, "nobody", forms);
  expect(await snapshotOf(organizationId)).toEqual(before);
});

test("an organization changed in a form's own values is not found by who has another", async ({
  request,
}) => {
  const { organizationId } = neighbour();
  await signInBy(request, neighbour().landlord);
  const handOver = await held(request, "/o/baobab/people/leave");
  const before = await snapshotOf(organizationId);
  await signInBy(request, colleagueOf("administrator"));
  const own = await held(request, "/o/acacia/people");
  const settings = await held(request, "/o/acacia/settings");
  const tampered = [...own, ...settings].map((form) => forOther(form, "acacia", "baobab"));
  expect(tampered.every(({ hidden }) => hidden.some(([, value]) => value.includes("baobab")))).toBe(
    true,
  );
  await expectRefused(request, "another organization's administrator", [...handOver, ...tampered]);
  expect(await snapshotOf(organizationId)).toEqual(before);
});
