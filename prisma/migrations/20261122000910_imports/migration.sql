-- Sheets that bring in buildings, units, beds, meters, residents and leases: what was uploaded, what is
-- wrong with it, and what it made, so that all of it can be taken out again.

-- CreateTable
CREATE TABLE "import_batch" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "heading_row" INTEGER NOT NULL,
    "headings" JSONB NOT NULL,
    "mapping" JSONB NOT NULL,
    "day_order" TEXT,
    "row_count" INTEGER NOT NULL,
    "fault_rows" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "applied_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_batch_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "organization_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "marks" JSONB NOT NULL,
    "faults" JSONB NOT NULL,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("organization_id","batch_id","number")
);

-- CreateTable
CREATE TABLE "import_made" (
    "organization_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,

    CONSTRAINT "import_made_pkey" PRIMARY KEY ("organization_id","batch_id","kind","subject_id")
);

-- CreateIndex
CREATE INDEX "import_batch_organization_id_created_at_idx" ON "import_batch"("organization_id", "created_at");

-- What is deleted is looked for by whoever may point to it.
-- CreateIndex
CREATE INDEX "lease_organization_id_resident_id_idx" ON "lease"("organization_id", "resident_id");

-- CreateIndex
CREATE INDEX "lease_organization_id_unit_id_bed_id_idx" ON "lease"("organization_id", "unit_id", "bed_id");

-- CreateIndex
CREATE INDEX "lease_holder_organization_id_lease_id_idx" ON "lease_holder"("organization_id", "lease_id");

-- CreateIndex
CREATE INDEX "meter_installation_organization_id_unit_id_idx" ON "meter_installation"("organization_id", "unit_id");

-- CreateIndex
CREATE INDEX "usage_day_organization_id_meter_id_idx" ON "usage_day"("organization_id", "meter_id");

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_organization_id_batch_id_fkey" FOREIGN KEY ("organization_id", "batch_id") REFERENCES "import_batch"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import_made" ADD CONSTRAINT "import_made_organization_id_batch_id_fkey" FOREIGN KEY ("organization_id", "batch_id") REFERENCES "import_batch"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE import_batch
  ADD CONSTRAINT import_batch_state_known
    CHECK (state IN ('uploaded', 'checked', 'applying', 'applied', 'undone')),
  ADD CONSTRAINT import_batch_day_order_known CHECK (day_order IN ('day-first', 'month-first')),
  ADD CONSTRAINT import_batch_rows_bounded
    CHECK (row_count BETWEEN 0 AND 20000 AND fault_rows BETWEEN 0 AND row_count),
  ADD CONSTRAINT import_batch_applied_whole
    CHECK ((state IN ('applied', 'undone')) = (applied_at IS NOT NULL)),
  ADD CONSTRAINT import_batch_undone_whole CHECK ((state = 'undone') = (undone_at IS NOT NULL));
ALTER TABLE import_made
  ADD CONSTRAINT import_made_kind_known CHECK (kind IN ('building', 'unit', 'bed', 'meter',
    'installation', 'resident', 'lease', 'occupancy'));

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
DO $$
DECLARE owned text;
BEGIN
  FOREACH owned IN ARRAY ARRAY['import_batch', 'import_row', 'import_made'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker, voltlet_vend '
      'USING (organization_id = current_setting(''voltlet.organization_id'')::uuid) '
      'WITH CHECK (organization_id = current_setting(''voltlet.organization_id'')::uuid)', owned);
  END LOOP;
END $$;
-- The role that makes and takes out again sees an organization's rows of these too.
DO $$
DECLARE owned text;
BEGIN
  FOREACH owned IN ARRAY ARRAY['bed', 'building_day', 'building_month',
    'unit_credit'] LOOP
    EXECUTE format('ALTER POLICY one_organization ON %I TO voltlet_web, voltlet_worker, voltlet_vend',
      owned);
  END LOOP;
END $$;
GRANT SELECT ON import_batch, import_row, import_made TO voltlet_web, voltlet_worker;
GRANT INSERT ON import_batch, import_row TO voltlet_web;
GRANT UPDATE (state, mapping, day_order, counts, fault_rows, checked_at) ON import_batch TO voltlet_web;
GRANT UPDATE (state, counts, fault_rows, checked_at) ON import_batch TO voltlet_worker;
GRANT UPDATE (cells, marks, faults) ON import_row TO voltlet_web;
GRANT UPDATE (faults) ON import_row TO voltlet_worker;
-- The narrow role makes what a sheet says and takes exactly that out again. Neither web nor worker
-- may delete any of it.
GRANT SELECT ON import_batch TO voltlet_vend;
GRANT UPDATE (state, applied_at, undone_at) ON import_batch TO voltlet_vend;
GRANT SELECT, INSERT, DELETE ON import_made TO voltlet_vend;
GRANT SELECT, INSERT, DELETE ON bed, building, lease, lease_contact, occupancy, resident, unit
  TO voltlet_vend;
GRANT INSERT, DELETE ON meter, meter_installation TO voltlet_vend;
GRANT DELETE ON meter_directory, reading, wallet TO voltlet_vend;
GRANT SELECT ON lease_holder, resident_invitation TO voltlet_vend;
GRANT SELECT, DELETE ON building_day, building_month, unit_credit, usage_day TO voltlet_vend;

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- ── Whose a number is, many at once ──────────────────────────────────────────────────────────
-- One number is claimed under its own lock and, shared, the lock of all. Who claims thousands takes
-- that one alone: a lock for each would fill the server's table of locks.
CREATE OR REPLACE FUNCTION lock_meter_number(p_meter_number text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public AS $$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('meter numbers', 0));
  SELECT pg_advisory_xact_lock(hashtextextended('meter number ' || p_meter_number, 0))
$$;

-- What meter_claim does for one number, for those of an import. Raises where a number is this
-- organization's already or somebody has proved it: the sheet is checked again and says which.
CREATE FUNCTION import_claims(p_organization_id uuid, p_meters jsonb, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE v_number text;
BEGIN
  IF EXISTS (SELECT FROM jsonb_to_recordset(p_meters) AS m(number text, "vendingKeyId" uuid)
    JOIN meter_directory d ON d.meter_number = m.number
     AND (d.belongs_to = p_organization_id OR d.state = 'verified')
    WHERE m."vendingKeyId" IS NOT NULL) THEN
    RAISE EXCEPTION 'a number of the sheet is taken' USING ERRCODE = 'unique_violation';
  END IF;
  INSERT INTO meter_directory (meter_number, belongs_to, meter_id, state, claimed_at)
  SELECT m.number, p_organization_id, m.id, CASE WHEN EXISTS (SELECT FROM meter_directory d
      WHERE d.meter_number = m.number) THEN 'contested' ELSE 'claimed' END, p_at
    FROM jsonb_to_recordset(p_meters) AS m(id uuid, number text, "vendingKeyId" uuid)
   WHERE m."vendingKeyId" IS NOT NULL;
  FOR v_number IN SELECT m.number FROM jsonb_to_recordset(p_meters)
      AS m(number text, "vendingKeyId" uuid)
    JOIN meter_wish w ON w.meter_number = m.number AND w.belongs_to = p_organization_id
      AND w.state = 'granted' WHERE m."vendingKeyId" IS NOT NULL LOOP
    PERFORM meter_verify(p_organization_id, v_number, p_at);
  END LOOP;
  FOR v_number IN SELECT m.number FROM jsonb_to_recordset(p_meters) AS m(number text)
    JOIN meter_directory d ON d.meter_number = m.number AND d.belongs_to = p_organization_id
      AND d.state = 'contested' LOOP
    PERFORM contest_others(p_organization_id, v_number, p_at);
  END LOOP;
END $$;

-- ── A sheet becomes rows ─────────────────────────────────────────────────────────────────────
-- All of it or nothing: applying → applied. What overlaps or is there already breaks a constraint,
-- and then nothing of it stands.
CREATE FUNCTION import_apply(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_batch uuid := (p->>'batchId')::uuid;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_answer jsonb;
BEGIN
  PERFORM scope_to(p_organization_id);
  UPDATE import_batch SET state = 'applied', applied_at = v_at
   WHERE organization_id = p_organization_id AND id = v_batch AND state = 'applying';
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'not-applying'); END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('meter numbers', 0));
  INSERT INTO building (organization_id, id, name, address, currency, time_zone, locale, tariff_id,
    created_at)
  SELECT p_organization_id, b.id, b.name, b.address, b.currency, b."timeZone", b.locale, b."tariffId",
    v_at FROM jsonb_to_recordset(p->'buildings') AS b(id uuid, name text, address text,
      currency text, "timeZone" text, locale text, "tariffId" uuid);
  INSERT INTO unit (organization_id, id, building_id, label, floor, position, kind)
  SELECT p_organization_id, u.id, u."buildingId", u.label, u.floor, u.position, u.kind
    FROM jsonb_to_recordset(p->'units') AS u(id uuid, "buildingId" uuid, label text, floor int,
      position int, kind text);
  INSERT INTO bed (organization_id, id, unit_id, label, position)
  SELECT p_organization_id, b.id, b."unitId", b.label, b.position
    FROM jsonb_to_recordset(p->'beds') AS b(id uuid, "unitId" uuid, label text, position int);
  PERFORM import_claims(p_organization_id, p->'meters', v_at);
  INSERT INTO meter (organization_id, id, meter_number, status, resource, vending_key_id,
    encryption_algorithm, tariff_index, created_at)
  SELECT p_organization_id, m.id, m.number, 'active', m.resource, m."vendingKeyId",
    m."encryptionAlgorithm", m."tariffIndex", v_at
    FROM jsonb_to_recordset(p->'meters') AS m(id uuid, number text, resource text,
      "vendingKeyId" uuid, "encryptionAlgorithm" int, "tariffIndex" int);
  INSERT INTO meter_installation (organization_id, id, meter_id, unit_id, starts_at)
  SELECT p_organization_id, i.id, i."meterId", i."unitId", i."startsAt"
    FROM jsonb_to_recordset(p->'installations') AS i(id uuid, "meterId" uuid, "unitId" uuid,
      "startsAt" timestamptz);
  INSERT INTO resident (organization_id, id, name, phone, email)
  SELECT p_organization_id, r.id, r.name, r.phone, r.email
    FROM jsonb_to_recordset(p->'residents') AS r(id uuid, name text, phone text, email text);
  INSERT INTO lease (organization_id, id, unit_id, bed_id, resident_id, starts_on, ends_on)
  SELECT p_organization_id, l.id, l."unitId", l."bedId", l."residentId", l."startsOn", l."endsOn"
    FROM jsonb_to_recordset(p->'leases') AS l(id uuid, "unitId" uuid, "bedId" uuid,
      "residentId" uuid, "startsOn" date, "endsOn" date);
  INSERT INTO lease_contact (contact_hash, belongs_to, lease_id)
  SELECT c.hash, p_organization_id, c."leaseId"
    FROM jsonb_to_recordset(p->'contacts') AS c(hash text, "leaseId" uuid) ON CONFLICT DO NOTHING;
  INSERT INTO occupancy (organization_id, id, unit_id, starts_at, ends_at)
  SELECT p_organization_id, o.id, o."unitId", o."startsAt", o."endsAt"
    FROM jsonb_to_recordset(p->'occupancies') AS o(id uuid, "unitId" uuid, "startsAt" timestamptz,
      "endsAt" timestamptz);
  INSERT INTO wallet (organization_id, occupancy_id, currency)
  SELECT p_organization_id, o.id, o.currency
    FROM jsonb_to_recordset(p->'occupancies') AS o(id uuid, currency text);
  INSERT INTO import_made (organization_id, batch_id, kind, subject_id)
  SELECT p_organization_id, v_batch, m.kind, (one->>'id')::uuid
    FROM (VALUES ('building', 'buildings'), ('unit', 'units'), ('bed', 'beds'), ('meter', 'meters'),
      ('installation', 'installations'), ('resident', 'residents'), ('lease', 'leases'),
      ('occupancy', 'occupancies')) AS m(kind, list), jsonb_array_elements(p->m.list) one;
  PERFORM follow_up(p_organization_id, e."leaseId", 'due_work', 'lease.ended', e."dueAt")
    FROM jsonb_to_recordset(p->'ends') AS e("leaseId" uuid, "dueAt" timestamptz);
  v_answer := readings_ingest(p_organization_id, jsonb_build_object('now', v_at, 'source', 'import',
    'enteredBy', p->'enteredBy', 'readings', p->'readings'));
  IF jsonb_array_length(v_answer->'new') <> jsonb_array_length(p->'readings') THEN
    RAISE EXCEPTION 'a reading of the sheet is not taken' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN jsonb_build_object('outcome', 'applied');
END $$;

-- ── And is taken out again ───────────────────────────────────────────────────────────────────
-- What has come to hang on what a sheet made, by kind; nothing of a kind is left out. What is not
-- thought of here is found by a foreign key, for those restrict. Sales and readings are looked for by
-- unit and meter, one index probe each, however many an organization has.
CREATE FUNCTION import_obstacles(p_organization_id uuid, p_batch import_batch) RETURNS jsonb
LANGUAGE sql SET search_path = pg_catalog, public AS $$
  WITH made AS MATERIALIZED (SELECT kind, subject_id AS id FROM import_made
    WHERE organization_id = p_organization_id AND batch_id = p_batch.id)
  SELECT coalesce(jsonb_object_agg(what, count), '{}') FROM (
    SELECT 'sales', count(DISTINCT p.id) FROM made
      LEFT JOIN meter_installation i ON made.kind = 'installation'
        AND i.organization_id = p_organization_id AND i.id = made.id
      CROSS JOIN LATERAL (SELECT id FROM purchase p WHERE p.organization_id = p_organization_id
        AND p.unit_id = CASE made.kind WHEN 'unit' THEN made.id ELSE i.unit_id END
        AND (made.kind = 'unit' OR p.installation_id = made.id) LIMIT 100) p
      WHERE made.kind IN ('unit', 'installation')
    UNION ALL SELECT 'tokens', count(*) FROM meter_key_position k
      JOIN made ON made.kind = 'meter' AND made.id = k.meter_id
      WHERE k.organization_id = p_organization_id
    UNION ALL SELECT 'proofs', count(*) FROM meter_directory d
      JOIN made ON made.kind = 'meter' AND made.id = d.meter_id
      WHERE d.belongs_to = p_organization_id AND d.state = 'verified'
    UNION ALL SELECT 'tests', count(*) FROM meter_test t JOIN made ON made.kind = 'meter' AND made.id = t.meter_id
      WHERE t.organization_id = p_organization_id
    UNION ALL SELECT 'readings', count(*) FROM made CROSS JOIN LATERAL (SELECT FROM reading r
        WHERE r.organization_id = p_organization_id AND r.meter_id = made.id
          AND r.recorded_at <> p_batch.applied_at LIMIT 100) r
      WHERE made.kind = 'meter'
    UNION ALL SELECT 'questions', count(*) FROM made CROSS JOIN LATERAL (SELECT
        FROM reading_quarantine r WHERE r.organization_id = p_organization_id
          AND r.meter_id = made.id LIMIT 100) r
      WHERE made.kind = 'meter'
    UNION ALL SELECT 'leases', count(*) FROM lease l JOIN made ON made.kind = 'unit' AND made.id = l.unit_id
      WHERE l.organization_id = p_organization_id
        AND NOT EXISTS (SELECT FROM made m WHERE m.kind = 'lease' AND m.id = l.id)
    UNION ALL SELECT 'accounts', count(*) FROM lease_holder h
      JOIN made ON made.kind = 'lease' AND made.id = h.lease_id WHERE h.organization_id = p_organization_id
    UNION ALL SELECT 'invitations', count(*) FROM resident_invitation i
      JOIN made ON made.kind = 'lease' AND made.id = i.lease_id WHERE i.organization_id = p_organization_id
    UNION ALL SELECT 'units', count(*) FROM unit u
      JOIN made ON made.kind = 'building' AND made.id = u.building_id
      WHERE u.organization_id = p_organization_id
        AND NOT EXISTS (SELECT FROM made m WHERE m.kind = 'unit' AND m.id = u.id)
    UNION ALL SELECT 'beds', count(*) FROM bed b JOIN made ON made.kind = 'unit' AND made.id = b.unit_id
      WHERE b.organization_id = p_organization_id
        AND NOT EXISTS (SELECT FROM made m WHERE m.kind = 'bed' AND m.id = b.id)
    UNION ALL SELECT 'meters', count(*) FROM meter_installation i
      WHERE i.organization_id = p_organization_id
        AND (i.unit_id IN (SELECT id FROM made WHERE made.kind = 'unit')
          OR i.meter_id IN (SELECT id FROM made WHERE made.kind = 'meter'))
        AND NOT EXISTS (SELECT FROM made m WHERE m.kind = 'installation' AND m.id = i.id)
    UNION ALL SELECT 'approvals', count(*) FROM approval_request a JOIN made ON made.id = a.subject_id
      WHERE a.organization_id = p_organization_id AND a.state IN ('waiting', 'approved')
  ) AS found(what, count) WHERE count > 0
$$;

-- What a sheet made of a kind.
CREATE FUNCTION import_made_of(p_organization_id uuid, p_batch_id uuid, p_kind text) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT subject_id FROM import_made
   WHERE organization_id = p_organization_id AND batch_id = p_batch_id AND kind = p_kind
$$;

-- Deletes what a sheet made, and nothing else.
CREATE FUNCTION import_remove(p_organization_id uuid, p_batch_id uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  v_from record;
  v_ids uuid[];
  v_meters uuid[] := ARRAY(SELECT import_made_of(p_organization_id, p_batch_id, 'meter'));
  v_leases uuid[] := ARRAY(SELECT import_made_of(p_organization_id, p_batch_id, 'lease'));
BEGIN
  -- Of two claims that froze each other the other goes on, unless the operator has decided.
  UPDATE meter_directory d SET state = 'claimed' FROM meter_directory own
   WHERE own.belongs_to = p_organization_id
     AND own.meter_id = ANY (v_meters)
     AND d.meter_number = own.meter_number
     AND d.belongs_to <> p_organization_id AND d.state = 'contested'
     AND 2 = (SELECT count(*) FROM meter_directory n WHERE n.meter_number = own.meter_number)
     AND NOT EXISTS (SELECT FROM meter_wish w WHERE w.meter_number = own.meter_number
       AND w.state = 'granted');
  DELETE FROM due_work WHERE organization_id = p_organization_id AND subject_id IN (SELECT subject_id
    FROM import_made WHERE organization_id = p_organization_id AND batch_id = p_batch_id);
  -- Of buildings that stay the sums are made anew.
  PERFORM follow_up(p_organization_id, kept.building_id, 'due_work', 'building.rollup', now())
    FROM (SELECT DISTINCT building_id FROM unit WHERE organization_id = p_organization_id
      AND id IN (SELECT import_made_of(p_organization_id, p_batch_id, 'unit'))
      AND building_id NOT IN (SELECT import_made_of(p_organization_id, p_batch_id, 'building'))) kept;
  DELETE FROM meter_directory WHERE belongs_to = p_organization_id
    AND meter_id = ANY (v_meters);
  DELETE FROM lease_contact WHERE belongs_to = p_organization_id
    AND lease_id = ANY (v_leases);
  FOR v_from IN SELECT * FROM (VALUES (1, 'usage_day', 'unit_id', 'unit'),
    (2, 'unit_credit', 'unit_id', 'unit'), (3, 'building_day', 'building_id', 'building'),
    (4, 'building_month', 'building_id', 'building'), (5, 'reading', 'meter_id', 'meter'),
    (6, 'wallet', 'occupancy_id', 'occupancy'), (7, 'occupancy', 'id', 'occupancy'),
    (8, 'meter_installation', 'id', 'installation'), (9, 'lease', 'id', 'lease'),
    (10, 'resident', 'id', 'resident'), (11, 'bed', 'id', 'bed'), (12, 'meter', 'id', 'meter'),
    (13, 'unit', 'id', 'unit'), (14, 'building', 'id', 'building')) AS f(place, name, named, kind)
    ORDER BY place LOOP
    -- As a value, so that a plan made without statistics does not compare all with all.
    v_ids := ARRAY(SELECT import_made_of(p_organization_id, p_batch_id, v_from.kind));
    EXECUTE format('DELETE FROM %I WHERE organization_id = $1 AND %I = ANY ($2)', v_from.name,
      v_from.named) USING p_organization_id, v_ids;
  END LOOP;
  DELETE FROM import_made WHERE organization_id = p_organization_id AND batch_id = p_batch_id;
END $$;

-- applied → undone, while nothing hangs on what was made; or says what does.
CREATE FUNCTION import_undo(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_batch import_batch;
  v_obstacles jsonb;
BEGIN
  PERFORM scope_to(p_organization_id);
  -- The sheet first and then the numbers, as whoever carries it out takes them.
  UPDATE import_batch SET state = 'undone', undone_at = (p->>'now')::timestamptz
   WHERE organization_id = p_organization_id AND id = (p->>'batchId')::uuid AND state = 'applied'
   RETURNING * INTO v_batch;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'not-applied'); END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('meter numbers', 0));
  v_obstacles := import_obstacles(p_organization_id, v_batch);
  IF v_obstacles = '{}' THEN
    BEGIN
      PERFORM import_remove(p_organization_id, v_batch.id);
      RETURN jsonb_build_object('outcome', 'undone');
    EXCEPTION WHEN foreign_key_violation OR restrict_violation THEN
      v_obstacles := jsonb_build_object('others', 1);
    END;
  END IF;
  UPDATE import_batch SET state = 'applied', undone_at = NULL
   WHERE organization_id = p_organization_id AND id = v_batch.id;
  RETURN jsonb_build_object('outcome', 'in-use', 'obstacles', v_obstacles);
END $$;

DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'import\_%'
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION import_apply(uuid, jsonb), import_undo(uuid, jsonb)
  TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
