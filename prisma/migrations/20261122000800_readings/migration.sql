-- What meters showed, and what was used by it: readings by month, those a person must look at, and
-- use by the building's own days.

-- CreateTable
CREATE TABLE "reading" (
    "organization_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "quantity" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "value_wh" BIGINT NOT NULL,
    "source" TEXT NOT NULL,
    "entered_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reading_pkey" PRIMARY KEY ("organization_id","meter_id","quantity","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "reading_quarantine" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "quantity" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "value_wh" BIGINT NOT NULL,
    "source" TEXT NOT NULL,
    "entered_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "decision" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "reading_quarantine_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "usage_day" (
    "organization_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "used_wh" BIGINT NOT NULL,
    "is_measured" BOOLEAN NOT NULL,
    "basis_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("organization_id","unit_id","meter_id","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "reading_quarantine_organization_id_meter_id_quantity_at_val_key" ON "reading_quarantine"("organization_id", "meter_id", "quantity", "at", "value_wh");

-- AddForeignKey
ALTER TABLE "reading" ADD CONSTRAINT "reading_organization_id_meter_id_fkey" FOREIGN KEY ("organization_id", "meter_id") REFERENCES "meter"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reading_quarantine" ADD CONSTRAINT "reading_quarantine_organization_id_meter_id_fkey" FOREIGN KEY ("organization_id", "meter_id") REFERENCES "meter"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_organization_id_unit_id_fkey" FOREIGN KEY ("organization_id", "unit_id") REFERENCES "unit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_organization_id_meter_id_fkey" FOREIGN KEY ("organization_id", "meter_id") REFERENCES "meter"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE reading
  ADD CONSTRAINT reading_quantity_known CHECK (quantity IN ('register', 'remaining')),
  ADD CONSTRAINT reading_source_known CHECK (source IN ('resident', 'staff', 'import', 'gateway')),
  ADD CONSTRAINT reading_value_not_negative CHECK (value_wh >= 0);
ALTER TABLE reading_quarantine
  ADD CONSTRAINT reading_quarantine_quantity_known CHECK (quantity IN ('register', 'remaining')),
  ADD CONSTRAINT reading_quarantine_source_known
    CHECK (source IN ('resident', 'staff', 'import', 'gateway')),
  ADD CONSTRAINT reading_quarantine_value_not_negative CHECK (value_wh >= 0),
  ADD CONSTRAINT reading_quarantine_reason_known CHECK (reason IN ('in-the-future',
    'lower-than-before', 'higher-than-after', 'impossible-slope', 'more-than-bought', 'other-value')),
  ADD CONSTRAINT reading_quarantine_decision_known CHECK (decision IN ('kept', 'dropped')),
  ADD CONSTRAINT reading_quarantine_decided_whole
    CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL));
ALTER TABLE usage_day ADD CONSTRAINT usage_day_not_negative CHECK (used_wh >= 0);
-- A reading changes what was used: the subject is the meter's installation.
ALTER TABLE due_work DROP CONSTRAINT due_work_kind_known;
ALTER TABLE due_work ADD CONSTRAINT due_work_kind_known CHECK (kind IN
  ('payment.poll', 'purchase.vend', 'payment.refund', 'practice.callback', 'audit.chain',
   'meter.contested', 'meter.test-end', 'lease.ended', 'meter.rollup'));

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
DO $$
DECLARE owned text;
BEGIN
  FOREACH owned IN ARRAY ARRAY['reading', 'reading_quarantine', 'usage_day'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker, voltlet_vend '
      'USING (organization_id = current_setting(''voltlet.organization_id'')::uuid) '
      'WITH CHECK (organization_id = current_setting(''voltlet.organization_id'')::uuid)', owned);
  END LOOP;
END $$;
GRANT SELECT ON reading, reading_quarantine, usage_day TO voltlet_web, voltlet_worker;
GRANT UPDATE (decided_at, decided_by, decision) ON reading_quarantine TO voltlet_web;
GRANT INSERT, DELETE ON usage_day TO voltlet_worker;
GRANT SELECT, INSERT ON reading, reading_quarantine TO voltlet_vend;

-- ── Partitions ───────────────────────────────────────────────────────────────────────────────
-- One table a month (UTC), from 25 months ago to 13 ahead, by the server's own clock and nobody's
-- word: the worker may call it, and can do nothing else with it. A partition has row-level security
-- without a policy and no grant, so that it is reached through its parent alone.
CREATE FUNCTION reading_partitions_make() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_month timestamp;
  v_name text;
  v_made int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('reading_partitions_make', 0));
  FOR v_month IN SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n)
    FROM generate_series(-25, 13) n LOOP
    v_name := 'reading_' || to_char(v_month, 'YYYY_MM');
    CONTINUE WHEN to_regclass('public.' || v_name) IS NOT NULL;
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.reading FOR VALUES FROM (%L) TO (%L)',
      v_name, v_month AT TIME ZONE 'UTC', (v_month + interval '1 month') AT TIME ZONE 'UTC');
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', v_name);
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', v_name);
    v_made := v_made + 1;
  END LOOP;
  RETURN v_made;
END $$;
REVOKE ALL ON FUNCTION reading_partitions_make() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reading_partitions_make() TO voltlet_worker;
SELECT reading_partitions_make();

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- Puts readings down that were judged beside their neighbours (lib/metering/core/judge-reading.ts),
-- under the meters' locks; those with a reason go to quarantine. Whatever the judge saw, one instant
-- has one value: the same again is nothing, another is a question. Answers with the places in the
-- list of what is new, what met another value, and what lies beyond every partition.
CREATE FUNCTION readings_ingest(p_organization_id uuid, p jsonb) RETURNS jsonb
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
      AS g(place int, "meterId" uuid, quantity text, at timestamptz, "valueWh" bigint, reason text)
    WHERE g.reason IS NULL AND g.place <> ALL (v_beyond)),
  put AS (INSERT INTO reading (organization_id, meter_id, quantity, at, value_wh, source, entered_by,
      recorded_at)
    SELECT p_organization_id, g."meterId", g.quantity, g.at, g."valueWh", p->>'source',
      (p->>'enteredBy')::uuid, v_at FROM given g
    ON CONFLICT (organization_id, meter_id, quantity, at) DO NOTHING
    RETURNING meter_id, quantity, at, value_wh)
  SELECT coalesce(array_agg(g.place), '{}') INTO v_new
    FROM put JOIN given g ON g."meterId" = put.meter_id AND g.quantity = put.quantity
      AND g.at = put.at AND g."valueWh" = put.value_wh;
  SELECT coalesce(array_agg(g.place), '{}') INTO v_other
    FROM jsonb_to_recordset(p->'readings')
      AS g(place int, "meterId" uuid, quantity text, at timestamptz, "valueWh" bigint, reason text)
    JOIN reading r ON r.organization_id = p_organization_id AND r.meter_id = g."meterId"
      AND r.quantity = g.quantity AND r.at = g.at AND r.value_wh <> g."valueWh"
   WHERE g.reason IS NULL;
  INSERT INTO reading_quarantine (organization_id, id, meter_id, quantity, at, value_wh, source,
    entered_by, recorded_at, reason)
  SELECT p_organization_id, g.id, g."meterId", g.quantity, g.at, g."valueWh", p->>'source',
    (p->>'enteredBy')::uuid, v_at, coalesce(g.reason, 'other-value')
    FROM jsonb_to_recordset(p->'readings') AS g(place int, id uuid, "meterId" uuid, quantity text,
      at timestamptz, "valueWh" bigint, reason text)
   WHERE (g.reason IS NOT NULL OR g.place = ANY (v_other)) AND g.place <> ALL (v_beyond)
  ON CONFLICT (organization_id, meter_id, quantity, at, value_wh) DO NOTHING;
  PERFORM follow_up(p_organization_id, served.id, 'due_work', 'meter.rollup', v_at)
    FROM (SELECT DISTINCT i.id FROM jsonb_to_recordset(p->'readings')
        AS g(place int, "meterId" uuid, at timestamptz)
      JOIN meter_installation i ON i.organization_id = p_organization_id AND i.meter_id = g."meterId"
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> g.at
     WHERE g.place = ANY (v_new)) served;
  RETURN jsonb_build_object('new', to_jsonb(v_new), 'other', to_jsonb(v_other),
    'beyond', to_jsonb(v_beyond));
END $$;
ALTER FUNCTION readings_ingest(uuid, jsonb) OWNER TO voltlet_vend;
REVOKE ALL ON FUNCTION readings_ingest(uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION readings_ingest(uuid, jsonb) TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
