-- Where a meter hangs: kinds of units, beds, meters that are only read, of electricity, water and gas.
-- And what pages of whole buildings are drawn from: days and months summed, the credit of each unit.

-- ── Units, beds, leases ──────────────────────────────────────────────────────────────────────
ALTER TABLE "unit" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'flat';
ALTER TABLE "unit" ALTER COLUMN "kind" DROP DEFAULT;

-- CreateTable
CREATE TABLE "bed" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "bed_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "bed_organization_id_unit_id_id_key" ON "bed"("organization_id", "unit_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bed_organization_id_unit_id_label_key" ON "bed"("organization_id", "unit_id", "label");

-- AddForeignKey
ALTER TABLE "bed" ADD CONSTRAINT "bed_organization_id_unit_id_fkey" FOREIGN KEY ("organization_id", "unit_id") REFERENCES "unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "lease" ADD COLUMN "bed_id" UUID;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_organization_id_unit_id_bed_id_fkey" FOREIGN KEY ("organization_id", "unit_id", "bed_id") REFERENCES "bed"("organization_id", "unit_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE unit ADD CONSTRAINT unit_kind_known
  CHECK (kind IN ('flat', 'room', 'shop', 'common', 'intake'));
-- A unit or a bed is held once at a time; and a unit is let whole or by its beds, never both.
ALTER TABLE lease DROP CONSTRAINT lease_unit_held_once;
ALTER TABLE lease
  ADD CONSTRAINT lease_place_held_once EXCLUDE USING gist (organization_id WITH =,
    (coalesce(bed_id, unit_id)) WITH =, daterange(starts_on, ends_on, '[)') WITH &&),
  ADD CONSTRAINT lease_whole_or_by_beds EXCLUDE USING gist (organization_id WITH =, unit_id WITH =,
    (CASE WHEN bed_id IS NULL THEN 0 ELSE 1 END) WITH <>,
    daterange(starts_on, ends_on, '[)') WITH &&);

-- ── Meters ───────────────────────────────────────────────────────────────────────────────────
ALTER TABLE "meter" ADD COLUMN "resource" TEXT NOT NULL DEFAULT 'electricity';
ALTER TABLE "meter" ALTER COLUMN "resource" DROP DEFAULT,
  ALTER COLUMN "vending_key_id" DROP NOT NULL,
  ALTER COLUMN "encryption_algorithm" DROP NOT NULL,
  ALTER COLUMN "tariff_index" DROP NOT NULL;
ALTER TABLE meter
  ADD CONSTRAINT meter_resource_known CHECK (resource IN ('electricity', 'water', 'gas')),
  ADD CONSTRAINT meter_prepays_or_is_read CHECK ((vending_key_id IS NULL) = (tariff_index IS NULL)
    AND (vending_key_id IS NULL) = (encryption_algorithm IS NULL)),
  DROP CONSTRAINT meter_number_form,
  ADD CONSTRAINT meter_number_form CHECK (CASE WHEN vending_key_id IS NULL
    THEN meter_number ~ '^[0-9A-Z][0-9A-Z /.-]{0,39}$'
    ELSE meter_number ~ '^([0-9]{11}|[0-9]{13})$' END);

-- ── Readings count what their meter counts: watt-hours, or litres of water and gas ───────────
ALTER TABLE reading RENAME COLUMN value_wh TO value;
ALTER TABLE reading_quarantine RENAME COLUMN value_wh TO value;
ALTER TABLE usage_day RENAME COLUMN used_wh TO used;
-- Worked out anew, with the building and what was counted beside it.
ALTER TABLE usage_day NO FORCE ROW LEVEL SECURITY;
DELETE FROM usage_day;
ALTER TABLE usage_day FORCE ROW LEVEL SECURITY;
ALTER TABLE "usage_day" ADD COLUMN "building_id" UUID NOT NULL, ADD COLUMN "resource" TEXT NOT NULL;

-- CreateIndex
CREATE INDEX "usage_day_organization_id_building_id_resource_day_idx" ON "usage_day"("organization_id", "building_id", "resource", "day");

-- AddForeignKey
ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── What a purchase's tokens carry, beside its money ─────────────────────────────────────────
ALTER TABLE "purchase" ADD COLUMN "energy_wh" BIGINT;
ALTER TABLE purchase NO FORCE ROW LEVEL SECURITY;
ALTER TABLE token_set NO FORCE ROW LEVEL SECURITY;
ALTER TABLE token_reservation NO FORCE ROW LEVEL SECURITY;
UPDATE purchase p SET energy_wh = (SELECT sum(r.amount_units) * 100
  FROM token_set s JOIN token_reservation r ON r.organization_id = s.organization_id
    AND r.token_set_id = s.id
  WHERE s.organization_id = p.organization_id AND s.purchase_id = p.id)
WHERE p.issued_at IS NOT NULL;
ALTER TABLE purchase FORCE ROW LEVEL SECURITY;
ALTER TABLE token_set FORCE ROW LEVEL SECURITY;
ALTER TABLE token_reservation FORCE ROW LEVEL SECURITY;
ALTER TABLE purchase ADD CONSTRAINT purchase_issued_has_energy
  CHECK ((issued_at IS NULL) = (energy_wh IS NULL));
-- What was bought in a span is read from these alone, row by row of the index.
CREATE INDEX purchase_building_issued ON purchase (organization_id, building_id, issued_at)
  INCLUDE (unit_id, amount_minor, energy_wh) WHERE issued_at IS NOT NULL;
CREATE INDEX purchase_unit_issued ON purchase (organization_id, unit_id, issued_at)
  INCLUDE (lease_id, amount_minor, energy_wh) WHERE issued_at IS NOT NULL;

-- ── Sums for pages of whole buildings ────────────────────────────────────────────────────────
-- CreateTable
CREATE TABLE "building_day" (
    "organization_id" UUID NOT NULL,
    "building_id" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "unit_kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "used" BIGINT NOT NULL,
    "measured_units" INTEGER NOT NULL,
    "estimated_units" INTEGER NOT NULL,
    "basis_at" TIMESTAMPTZ(3),
    "sold" BIGINT NOT NULL,
    "sold_minor" BIGINT NOT NULL,
    "sold_count" INTEGER NOT NULL,

    CONSTRAINT "building_day_pkey" PRIMARY KEY ("organization_id","building_id","resource","unit_kind","day")
);

-- AddForeignKey
ALTER TABLE "building_day" ADD CONSTRAINT "building_day_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- CreateTable
CREATE TABLE "building_month" (
    "organization_id" UUID NOT NULL,
    "building_id" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "unit_kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "used" BIGINT NOT NULL,
    "measured_units" INTEGER NOT NULL,
    "estimated_units" INTEGER NOT NULL,
    "basis_at" TIMESTAMPTZ(3),
    "sold" BIGINT NOT NULL,
    "sold_minor" BIGINT NOT NULL,
    "sold_count" INTEGER NOT NULL,

    CONSTRAINT "building_month_pkey" PRIMARY KEY ("organization_id","building_id","resource","unit_kind","day")
);

-- AddForeignKey
ALTER TABLE "building_month" ADD CONSTRAINT "building_month_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- CreateTable
CREATE TABLE "unit_credit" (
    "organization_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "building_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "basis_at" TIMESTAMPTZ(3),
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "remaining_wh" BIGINT NOT NULL,
    "daily_use_wh" BIGINT NOT NULL,
    "runs_out_at" TIMESTAMPTZ(3),
    "last_purchase_id" UUID,
    "last_purchase_at" TIMESTAMPTZ(3),
    "last_amount_minor" BIGINT,
    "last_energy_wh" BIGINT,

    CONSTRAINT "unit_credit_pkey" PRIMARY KEY ("organization_id","unit_id")
);

-- AddForeignKey
ALTER TABLE "unit_credit" ADD CONSTRAINT "unit_credit_organization_id_unit_id_fkey" FOREIGN KEY ("organization_id", "unit_id") REFERENCES "unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "unit_credit" ADD CONSTRAINT "unit_credit_organization_id_building_id_fkey" FOREIGN KEY ("organization_id", "building_id") REFERENCES "building"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- CreateIndex
CREATE INDEX "unit_credit_organization_id_building_id_runs_out_at_idx" ON "unit_credit"("organization_id", "building_id", "runs_out_at");

ALTER TABLE building_day ADD CONSTRAINT building_day_not_negative
  CHECK (used >= 0 AND sold >= 0 AND sold_minor >= 0 AND sold_count >= 0);
ALTER TABLE building_month
  ADD CONSTRAINT building_month_not_negative
    CHECK (used >= 0 AND sold >= 0 AND sold_minor >= 0 AND sold_count >= 0),
  ADD CONSTRAINT building_month_first_day CHECK (extract(day FROM day) = 1);
ALTER TABLE unit_credit
  ADD CONSTRAINT unit_credit_basis_known CHECK (basis IN ('measured', 'estimated', 'unknown')),
  ADD CONSTRAINT unit_credit_not_negative CHECK (remaining_wh >= 0 AND daily_use_wh >= 0);
ALTER TABLE due_work DROP CONSTRAINT due_work_kind_known;
ALTER TABLE due_work ADD CONSTRAINT due_work_kind_known CHECK (kind IN
  ('payment.poll', 'purchase.vend', 'payment.refund', 'practice.callback', 'audit.chain',
   'meter.contested', 'meter.test-end', 'lease.ended', 'meter.rollup', 'building.rollup',
   'import.apply'));

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
DO $$
DECLARE owned text;
BEGIN
  FOREACH owned IN ARRAY ARRAY['bed', 'building_day', 'building_month', 'unit_credit'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker '
      'USING (organization_id = current_setting(''voltlet.organization_id'')::uuid) '
      'WITH CHECK (organization_id = current_setting(''voltlet.organization_id'')::uuid)', owned);
  END LOOP;
END $$;
GRANT SELECT ON bed, building_day, building_month, unit_credit TO voltlet_web, voltlet_worker;
GRANT INSERT ON bed TO voltlet_web;
GRANT INSERT, DELETE ON building_day, building_month, unit_credit TO voltlet_worker;

-- ── Functions, whole again for a column's name and a purchase's energy ───────────────────────
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

CREATE OR REPLACE FUNCTION readings_ingest(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_at timestamptz := (p->>'now')::timestamptz;
  v_beyond int[];
  v_new int[];
  v_other int[];
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT coalesce(array_agg(g.place), '{}') INTO v_beyond
    FROM jsonb_to_recordset(p->'readings') AS g(place int, at timestamptz)
   WHERE to_regclass('public.reading_' || to_char(g.at AT TIME ZONE 'UTC', 'YYYY_MM')) IS NULL;
  WITH given AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(p->'readings')
      AS g(place int, "meterId" uuid, quantity text, at timestamptz, value bigint, reason text)
    WHERE g.reason IS NULL AND g.place <> ALL (v_beyond)),
  put AS (INSERT INTO reading (organization_id, meter_id, quantity, at, value, source, entered_by,
      recorded_at)
    SELECT p_organization_id, g."meterId", g.quantity, g.at, g.value, p->>'source',
      (p->>'enteredBy')::uuid, v_at FROM given g
    ON CONFLICT (organization_id, meter_id, quantity, at) DO NOTHING
    RETURNING meter_id, quantity, at, value)
  SELECT coalesce(array_agg(g.place), '{}') INTO v_new
    FROM put JOIN given g ON g."meterId" = put.meter_id AND g.quantity = put.quantity
      AND g.at = put.at AND g.value = put.value;
  SELECT coalesce(array_agg(g.place), '{}') INTO v_other
    FROM jsonb_to_recordset(p->'readings')
      AS g(place int, "meterId" uuid, quantity text, at timestamptz, value bigint, reason text)
    JOIN reading r ON r.organization_id = p_organization_id AND r.meter_id = g."meterId"
      AND r.quantity = g.quantity AND r.at = g.at AND r.value <> g.value
   WHERE g.reason IS NULL;
  INSERT INTO reading_quarantine (organization_id, id, meter_id, quantity, at, value, source,
    entered_by, recorded_at, reason)
  SELECT p_organization_id, g.id, g."meterId", g.quantity, g.at, g.value, p->>'source',
    (p->>'enteredBy')::uuid, v_at, coalesce(g.reason, 'other-value')
    FROM jsonb_to_recordset(p->'readings') AS g(place int, id uuid, "meterId" uuid, quantity text,
      at timestamptz, value bigint, reason text)
   WHERE (g.reason IS NOT NULL OR g.place = ANY (v_other)) AND g.place <> ALL (v_beyond)
  ON CONFLICT (organization_id, meter_id, quantity, at, value) DO NOTHING;
  PERFORM follow_up(p_organization_id, served.id, 'due_work', 'meter.rollup', v_at)
    FROM (SELECT DISTINCT i.id FROM jsonb_to_recordset(p->'readings')
        AS g(place int, "meterId" uuid, at timestamptz)
      JOIN meter_installation i ON i.organization_id = p_organization_id AND i.meter_id = g."meterId"
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> g.at
     WHERE g.place = ANY (v_new)) served;
  RETURN jsonb_build_object('new', to_jsonb(v_new), 'other', to_jsonb(v_other),
    'beyond', to_jsonb(v_beyond));
END $$;

CREATE OR REPLACE FUNCTION vend_finish(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  v_set token_set;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_number bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status NOT IN ('reserved', 'in_doubt') THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  SELECT * INTO STRICT v_set FROM token_set
   WHERE organization_id = p_organization_id AND purchase_id = bought.id;
  PERFORM write_tokens(p_organization_id, v_set.id, p->'tokens', v_at);

  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
  PERFORM post_transfer(bought, 'vend_pending', 'landlord_payable',
    priced.energy_minor - priced.included_tax_minor, 'energy sold', v_at);
  PERFORM post_transfer(bought, 'vend_pending', 'tax_payable',
    priced.tax_minor + priced.included_tax_minor, 'tax on energy', v_at);
  PERFORM post_transfer(bought, 'vend_pending', 'wallet', priced.unspent_minor, 'unspent, kept on account', v_at);
  UPDATE wallet SET balance_minor = balance_minor + priced.unspent_minor
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id AND priced.unspent_minor > 0;
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issued', v_at);
  INSERT INTO receipt_series AS s (organization_id, series, last_number)
  VALUES (p_organization_id, p->>'receiptSeries', 1)
  ON CONFLICT (organization_id, series) DO UPDATE SET last_number = s.last_number + 1
  RETURNING last_number INTO v_number;
  UPDATE purchase SET issued_at = v_at, receipt_series = p->>'receiptSeries', receipt_number = v_number,
    energy_wh = (SELECT sum(amount_units) * 100 FROM token_reservation
      WHERE organization_id = p_organization_id AND token_set_id = v_set.id)
   WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'issued', v_at, 'the signer issued the token');
  RETURN jsonb_build_object('outcome', 'issued', 'status', 'issued');
END $$;

REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
