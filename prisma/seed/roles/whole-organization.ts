import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { addStaff, chainAudit, systemScope } from "@/lib/access";
import { createPerson } from "@/lib/identity";
import { newId, testEnv } from "@/lib/platform";
import { createMeter } from "@/lib/property";
import { type Flat, freshMeterNumber, makeFlat } from "../flat";
import { granted } from "../granted";
import { makeSellingMeter, reserveTokenSet } from "../reservation";

/**
 * For database tests: an organization with at least one row in every table it can have, written by
 * the roles that write them. Where a process of its own would be needed (signer, practice meter)
 * the
 * row is written as that process's role. Gives the organization's id.
 */
export async function makeWholeOrganization(now: Date): Promise<string> {
  const flat = await makeFlat(now);
  const { organizationId } = flat.scope;
  const { vendingKeyId, leaseId } = flat;
  const meter = await makeSellingMeter(flat, { vendingKeyId, now });
  const claim = { meterNumber: freshMeterNumber(), vendingKeyId, tariffIndex: 1, now } as const;
  const claimedMeterId = granted(await createMeter(flat.scope, { ...claim, state: "claimed" }));
  const sold = await reserveTokenSet(meter, { tokenUnits: 204, randomNibble: 5, now });
  const email = `${newId()}@example.org`;
  const person = { name: "Jane Wambui", email, password: newId(), now };
  const userId = await createPerson(person);
  await addStaff(organizationId, { userId, role: "viewer", slug: `whole-${userId}`, now });

  const batchId = newId();

  const { DATABASE_URL_SIGNER, DATABASE_URL_WEB } = testEnv();
  await chainAudit(systemScope(organizationId, "test"), now);
  await as(DATABASE_URL_SIGNER, organizationId, async (client) => {
    await client.query("INSERT INTO sealed_vending_key VALUES ($1, $2, 1, $3, $4)", [
      organizationId,
      vendingKeyId,
      randomBytes(24),
      randomBytes(36),
    ]);
    await client.query(
      `INSERT INTO audit_head (organization_id, sequence, previous_sequence, hash, signed_at,
         public_key, signature)
       SELECT organization_id, sequence, 0, hash, $2, $3, $4 FROM audit_link
        WHERE organization_id = $1 AND sequence = 1`,
      [organizationId, now, randomBytes(32), randomBytes(64)],
    );
    await client.query(
      `INSERT INTO journal_entry (organization_id, chain, sequence, at, outcome, token_set_id,
         position, meter_id, vending_key_id, token_id_minutes, reservation, token_mac,
         previous_hash, hash)
       SELECT organization_id, 'test', 1, $2, 'issued', token_set_id, position, meter_id,
         vending_key_id, token_id_minutes, '{}', $3, $3, $3
         FROM token_reservation WHERE token_set_id = $1`,
      [sold.tokenSetId, now, randomBytes(32)],
    );
    await client.query(`INSERT INTO journal_head VALUES ($1, 'test', 1, 0, $2, $3, $4, $5)`, [
      organizationId,
      randomBytes(32),
      now,
      randomBytes(32),
      randomBytes(64),
    ]);
    await client.query("INSERT INTO vending_key_credit VALUES ($1, $2, 1000, 1000)", [
      organizationId,
      vendingKeyId,
    ]);
    await client.query(
      "INSERT INTO vending_key_import VALUES ($1, $2, $3, 'Amina Otieno', 'Jane Wambui', 'ab12ef')",
      [organizationId, vendingKeyId, now],
    );
  });
  await as(DATABASE_URL_WEB, organizationId, async (client) => {
    // The entry above says nothing of its token, and so it is an alarm.
    const look = JSON.stringify({ most: 10, now });
    await client.query("SELECT journal_look($1, $2)", [organizationId, look]);
    const tokens = [{ position: 1, digits: "12345678901234567890" }];
    const { purchaseId } = sold;
    const finish = { purchaseId, tokens, receiptSeries: "W0", now };
    await client.query("SELECT vend_finish($1, $2)", [organizationId, JSON.stringify(finish)]);
    const longAgo = "2020-01-15T00:00:00Z";
    const charge = { id: newId(), leaseId, amountMinor: "500", note: "a window", now: longAgo };
    await client.query("SELECT arrears_charge($1, $2)", [organizationId, JSON.stringify(charge)]);
    const close = { id: newId(), by: userId, month: "2020-01-01", now };
    await client.query("SELECT ledger_close_month($1, $2)", [
      organizationId,
      JSON.stringify(close),
    ]);
    const rows: readonly (readonly [string, readonly unknown[]])[] = [
      ["lease_holder VALUES ($1, $2, $3)", [organizationId, userId, leaseId]],
      ["purchase_reprint VALUES ($1, $2, 1, $3, $4)", [organizationId, purchaseId, now, userId]],
      [
        "membership_building SELECT $1, $2, id FROM building WHERE organization_id = $1",
        [organizationId, userId],
      ],
      [
        "gateway VALUES ($1, $2, 'Roof', NULL, repeat('a', 64), $3, $4)",
        [organizationId, newId(), userId, now],
      ],
      [
        `api_key VALUES ($1, $2, $2, 'Bank', '{meter:read}', false, 60, repeat('a', 64), 'aaaa', $3,
          $4)`,
        [organizationId, newId(), userId, now],
      ],
      [
        `api_key_building SELECT $1, k.id, b.id FROM api_key k JOIN building b
          USING (organization_id) WHERE organization_id = $1`,
        [organizationId],
      ],
      [
        "api_request VALUES ($1, $2, 'one', repeat('a', 64), $3, $3)",
        [organizationId, newId(), now],
      ],
      ["api_sale VALUES ($1, $2, $3, $3, $4)", [organizationId, purchaseId, newId(), now]],
      [
        `invitation VALUES ($1, $2, $3, 'viewer', false, 'whole', NULL, NULL, NULL, false, $4, $5,
          '2099-01-01')`,
        [organizationId, newId(), email, userId, now],
      ],
      [
        `invitation_building SELECT $1, i.id, b.id FROM invitation i JOIN building b
          USING (organization_id) WHERE organization_id = $1`,
        [organizationId],
      ],
      [
        `approval_request VALUES ($1, $2, 'refund', 'purchase', $3, NULL, '{}', $4, 'why',
          'waiting', $5, $6, '2099-01-01')`,
        [organizationId, newId(), purchaseId, randomBytes(32), userId, now],
      ],
      [
        `audit_personal SELECT organization_id, id, '{}', $2 FROM audit_entry
          WHERE $1 = organization_id LIMIT 1`,
        [organizationId, randomBytes(32)],
      ],
      [
        "resident_invitation VALUES ($1, $2, $3, $4, $5, $6, '2099-01-01')",
        [organizationId, newId(), leaseId, randomBytes(32).toString("hex"), userId, now],
      ],
      ["bed VALUES ($1, $2, $3, 'A', 1)", [organizationId, newId(), flat.unitId]],
      [
        `import_batch VALUES ($1, $2, 'whole.csv', 'applying', 1, '[]', '[]', NULL, 1, 0, '{}',
          $3, $4)`,
        [organizationId, batchId, userId, now],
      ],
      ["import_row VALUES ($1, $2, 2, '[]', '{}', '[]')", [organizationId, batchId]],
      ["due_work VALUES ($1, $2, 'payment.poll', $3)", [organizationId, newId(), "2099-01-01"]],
      [
        "practice_checkout VALUES ($1, $2, $3, $4, 'open', 100, 'KES', 'a payee', '/', NULL, $5)",
        [organizationId, newId(), meter.endpointId, newId(), now],
      ],
      [
        "practice_meter VALUES ($1, $2, $3, 2, 255, '{}', 0, 0, false, $4)",
        [organizationId, meter.meterId, randomBytes(16), now],
      ],
      [
        "practice_meter_entry VALUES ($1, $2, 1, $3, 'Accept', 0)",
        [organizationId, meter.meterId, now],
      ],
    ];
    for (const [what, values] of rows) await client.query(`INSERT INTO ${what}`, [...values]);
    await openDesk(client, { organizationId, userId, now });
    await tellOfPayment(client, { organizationId, endpointId: meter.endpointId, userId, now });
    const readings = [
      { place: 0, id: newId(), meterId: meter.meterId, quantity: "register", at: now, value: 1 },
      { place: 1, id: newId(), meterId: meter.meterId, quantity: "register", at: now, value: 2 },
    ];
    const taken = JSON.stringify({ now, source: "import", enteredBy: null, readings });
    await client.query("SELECT readings_ingest($1, $2)", [organizationId, taken]);
    await client.query("SELECT import_apply($1, $2)", [
      organizationId,
      oneBuilding(batchId, flat, now),
    ]);
    await openMeterTest(client, { organizationId, meterId: claimedMeterId, userId, now });
  });
  await as(testEnv().DATABASE_URL_WORKER, organizationId, async (client) => {
    const { unitId, buildingId } = flat;
    await client.query(
      `INSERT INTO usage_day (organization_id, unit_id, meter_id, day, used, is_measured, basis_at,
         building_id, resource)
       VALUES ($1, $2, $3, '2026-01-01', 1, true, $4, $5, 'electricity')`,
      [organizationId, unitId, meter.meterId, now, buildingId],
    );
    for (const sums of ["building_day", "building_month"]) {
      await client.query(
        `INSERT INTO ${sums} VALUES ($1, $2, 'water', 'flat', '2026-01-01', 1, 1, 0, $3, 0, 0, 0)`,
        [organizationId, buildingId, now],
      );
    }
    await client.query(
      "INSERT INTO unit_credit VALUES ($1, $2, $3, 'unknown', NULL, $4, 0, 0, NULL)",
      [organizationId, unitId, buildingId, now],
    );
  });
  return organizationId;
}

/** A sheet of one building, as the function takes it. */
function oneBuilding(batchId: string, { tariffId }: Flat, now: Date): string {
  const place = { currency: "KES", timeZone: "Africa/Nairobi", locale: "en-KE", tariffId };
  const buildings = [{ id: newId(), name: "From a sheet", address: "", ...place }];
  const lists = ["units", "beds", "meters", "installations", "residents", "leases", "contacts"];
  const none = [...lists, "occupancies", "ends", "readings"].map((list) => [list, []]);
  return JSON.stringify({ batchId, now, buildings, ...Object.fromEntries(none) });
}

/** A desk for every building, and a shift at it that has been counted. */
async function openDesk(
  client: Client,
  about: { readonly organizationId: string; readonly userId: string; readonly now: Date },
): Promise<void> {
  const { organizationId, userId, now } = about;
  const [deskId, shiftId] = [newId(), newId()];
  await client.query("INSERT INTO desk VALUES ($1, $2, 1, 'Office', 'KES', NULL, $3, $4)", [
    ...[organizationId, deskId, now, userId],
  ]);
  await client.query(
    "INSERT INTO desk_building SELECT $1, $2, id FROM building WHERE organization_id = $1",
    [organizationId, deskId],
  );
  const opened = { id: shiftId, deskId, userId, floatMinor: "500", now };
  const counted = { shiftId, number: 1, userId, totalMinor: "500", pieces: { 100: 5 }, now };
  for (const [name, args] of [
    ["desk_shift_open", opened],
    ["desk_count_drawer", counted],
  ] as const) {
    await client.query(`SELECT ${name}($1, $2)`, [organizationId, JSON.stringify(args)]);
  }
}

async function openMeterTest(
  client: Client,
  test: {
    readonly organizationId: string;
    readonly meterId: string;
    readonly userId: string;
    readonly now: Date;
  },
): Promise<void> {
  const { organizationId, meterId, userId, now } = test;
  const approvalId = newId();
  await client.query(
    `INSERT INTO approval_request VALUES ($1, $2, 'free-issue', 'meter', $3, NULL, '{}', $4, 'why',
       'waiting', $5, $6, '2099-01-01')`,
    [organizationId, approvalId, meterId, randomBytes(32), userId, now],
  );
  const opening = JSON.stringify({ testId: newId(), meterId, approvalId, now });
  await client.query("SELECT meter_test_open($1, $2)", [organizationId, opening]);
}

async function as(
  url: string,
  organizationId: string,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query("SELECT set_config('voltlet.organization_id', $1, false)", [organizationId]);
    await work(client);
  } finally {
    await client.end();
  }
}

/** An account with a provider, and what can befall money that came in: a case and a dispute. */
async function tellOfPayment(
  client: Client,
  about: {
    readonly organizationId: string;
    readonly endpointId: string;
    readonly userId: string;
    readonly now: Date;
  },
): Promise<void> {
  const { organizationId, endpointId, userId, now } = about;
  await client.query(
    `INSERT INTO payment_account VALUES
       ($1, $2, 'stripe', 'Rent account', '{}', 1, $3, $4, '4242', 'active', $5, $6)`,
    [organizationId, endpointId, randomBytes(24), randomBytes(36), now, userId],
  );
  await client.query(
    `INSERT INTO payment_claim VALUES
       ($1, $2, $3, 'mpesa', $4, '01000000017', NULL, 100, 'KES', $5, 'claim',
         false, 'asked', NULL)`,
    [organizationId, newId(), endpointId, newId(), now],
  );
  const { rows } = await client.query(
    `SELECT id, provider, provider_reference AS reference, amount_minor::text AS minor, currency
       FROM payment WHERE organization_id = $1 LIMIT 1`,
    [organizationId],
  );
  const { id: paymentId, provider, reference, minor, currency } = rows[0];
  const opened = { caseId: newId(), kind: "refund-by-hand", paymentId, facts: {}, now };
  const money = { provider, providerReference: reference, amountMinor: minor, currency };
  const told = { ...money, disputeId: newId(), disputeReference: newId(), state: "open", now };
  for (const [name, args] of [
    ["payment_case_open", opened],
    ["payment_dispute_told", told],
  ] as const) {
    await client.query(`SELECT ${name}($1, $2)`, [organizationId, JSON.stringify(args)]);
  }
}
