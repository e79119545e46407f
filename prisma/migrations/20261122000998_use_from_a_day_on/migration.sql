-- What was used in a unit is worked out anew from the day on that changed, and not from the first.

-- The earliest reading that the days of use do not have yet; 'infinity' where they have all. Null
-- while nothing is known: then all of them are worked out.
ALTER TABLE "meter_installation" ADD COLUMN "stale_from" TIMESTAMPTZ(3);

GRANT UPDATE (stale_from) ON meter_installation TO voltlet_web, voltlet_worker, voltlet_vend;

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

CREATE OR REPLACE FUNCTION readings_ingest(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_at timestamptz := (p->>'now')::timestamptz;
  v_beyond int[];
  v_put jsonb;
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
  SELECT coalesce(jsonb_object_agg(concat_ws(' ', put.meter_id, put.quantity, put.at,
      put.value), 1), '{}')
    INTO v_put FROM put;
  -- Looked up and not joined: the planner takes a list of thousands for a hundred, and compared
  -- each of them with each.
  SELECT coalesce(array_agg(g.place), '{}') INTO v_new
    FROM jsonb_to_recordset(p->'readings')
      AS g(place int, "meterId" uuid, quantity text, at timestamptz, value bigint, reason text)
   WHERE g.reason IS NULL AND g.place <> ALL (v_beyond)
     AND v_put ? concat_ws(' ', g."meterId", g.quantity, g.at, g.value);
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
  UPDATE meter_installation i SET stale_from = least(i.stale_from, read.first_at)
    FROM (SELECT g."meterId", min(g.at) AS first_at FROM jsonb_to_recordset(p->'readings')
        AS g(place int, "meterId" uuid, at timestamptz)
      WHERE g.place = ANY (v_new) GROUP BY g."meterId") read
   WHERE i.organization_id = p_organization_id AND i.meter_id = read."meterId"
     AND i.stale_from IS NOT NULL AND (i.ends_at IS NULL OR i.ends_at > read.first_at);
  PERFORM follow_up(p_organization_id, served.id, 'due_work', 'meter.rollup', v_at)
    FROM (SELECT DISTINCT i.id FROM jsonb_to_recordset(p->'readings')
        AS g(place int, "meterId" uuid, at timestamptz)
      JOIN meter_installation i ON i.organization_id = p_organization_id AND i.meter_id = g."meterId"
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> g.at
     WHERE g.place = ANY (v_new)) served;
  RETURN jsonb_build_object('new', to_jsonb(v_new), 'other', to_jsonb(v_other),
    'beyond', to_jsonb(v_beyond));
END $$;

REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
