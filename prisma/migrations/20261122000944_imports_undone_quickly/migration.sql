-- What is deleted is looked for by whoever may point to it. Purchases point to an installation, an
-- occupancy and a lease of their unit: with the unit in the key they are looked for by unit, for
-- which purchases have an index, and not among all that an organization has ever sold. It also says
-- that a purchase's meter, home and lease are those of its unit.

-- DropForeignKey
ALTER TABLE "purchase" DROP CONSTRAINT "purchase_organization_id_installation_id_fkey";

-- DropForeignKey
ALTER TABLE "purchase" DROP CONSTRAINT "purchase_organization_id_occupancy_id_fkey";

-- DropForeignKey
ALTER TABLE "purchase" DROP CONSTRAINT "purchase_organization_id_lease_id_fkey";

-- DropIndex
DROP INDEX "meter_installation_organization_id_unit_id_idx";

-- CreateIndex
CREATE UNIQUE INDEX "lease_organization_id_unit_id_id_key" ON "lease"("organization_id", "unit_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "occupancy_organization_id_unit_id_id_key" ON "occupancy"("organization_id", "unit_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "meter_installation_organization_id_unit_id_id_key" ON "meter_installation"("organization_id", "unit_id", "id");

-- AddForeignKey
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_organization_id_unit_id_installation_id_fkey" FOREIGN KEY ("organization_id", "unit_id", "installation_id") REFERENCES "meter_installation"("organization_id", "unit_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_organization_id_unit_id_occupancy_id_fkey" FOREIGN KEY ("organization_id", "unit_id", "occupancy_id") REFERENCES "occupancy"("organization_id", "unit_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_organization_id_unit_id_lease_id_fkey" FOREIGN KEY ("organization_id", "unit_id", "lease_id") REFERENCES "lease"("organization_id", "unit_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- What meter_claim does for one number, for those of an import. Raises where a number is this
-- organization's already or somebody has proved it: the sheet is checked again and says which. In a
-- practice installation a practice meter hangs on no wall: nothing is left to prove, and it sells to
-- everybody as the demo's do (docs/decisions/015).
CREATE OR REPLACE FUNCTION import_claims(p_organization_id uuid, p_meters jsonb, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  v_number text;
  v_practice boolean := EXISTS (SELECT FROM installation_mode WHERE mode = 'practice');
BEGIN
  IF EXISTS (SELECT FROM jsonb_to_recordset(p_meters) AS m(number text, "vendingKeyId" uuid)
    JOIN meter_directory d ON d.meter_number = m.number
     AND (d.belongs_to = p_organization_id OR d.state = 'verified')
    WHERE m."vendingKeyId" IS NOT NULL) THEN
    RAISE EXCEPTION 'a number of the sheet is taken' USING ERRCODE = 'unique_violation';
  END IF;
  INSERT INTO meter_directory (meter_number, belongs_to, meter_id, state, claimed_at)
  SELECT m.number, p_organization_id, m.id, CASE
      WHEN EXISTS (SELECT FROM meter_directory d WHERE d.meter_number = m.number) THEN 'contested'
      WHEN v_practice AND k.is_practice THEN 'verified' ELSE 'claimed' END, p_at
    FROM jsonb_to_recordset(p_meters) AS m(id uuid, number text, "vendingKeyId" uuid)
    JOIN vending_key k ON k.organization_id = p_organization_id AND k.id = m."vendingKeyId";
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

-- What has come to hang on what a sheet made, by kind; nothing of a kind is left out. What is not
-- thought of here is found by a foreign key, for those restrict. Sales and readings are looked for by
-- unit and meter, one index probe each, however many an organization has; and so is what was made, by
-- its key: a list of thousands would be compared with each of thousands. In practice a number is
-- proved by being imported; what was done with a test or a token is an obstacle of its own.
CREATE OR REPLACE FUNCTION import_obstacles(p_organization_id uuid, p_batch import_batch) RETURNS jsonb
LANGUAGE sql SET search_path = pg_catalog, public AS $$
  WITH made AS NOT MATERIALIZED (SELECT kind, subject_id AS id FROM import_made
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
        AND NOT EXISTS (SELECT FROM installation_mode WHERE mode = 'practice')
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
    UNION ALL SELECT 'approvals', count(*) FROM approval_request a
      JOIN made ON made.id = a.subject_id AND made.kind IN ('building', 'unit', 'bed', 'meter',
        'installation', 'resident', 'lease', 'occupancy')
      WHERE a.organization_id = p_organization_id AND a.state IN ('waiting', 'approved')
  ) AS found(what, count) WHERE count > 0
$$;

-- Deletes what a sheet made, and nothing else.
CREATE OR REPLACE FUNCTION import_remove(p_organization_id uuid, p_batch_id uuid) RETURNS void
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
  v_ids := ARRAY(SELECT subject_id FROM import_made
    WHERE organization_id = p_organization_id AND batch_id = p_batch_id);
  DELETE FROM due_work WHERE organization_id = p_organization_id AND subject_id = ANY (v_ids);
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

REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
