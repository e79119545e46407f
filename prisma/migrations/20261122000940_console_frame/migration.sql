-- What stands around every page of the console, by one statement
-- (docs/decisions/026-the-console-in-few-statements.md). It lends nobody's rights: whoever calls it
-- sees what policies let them see, each organization's rows under that organization's own setting.
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

CREATE FUNCTION console_frame(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, public AS $$
DECLARE
  v_now timestamptz := (p->>'now')::timestamptz;
  v_user_id uuid := (p->>'userId')::uuid;
  v_buildings uuid[];
  v_place uuid;
  v_found jsonb;
  v_places jsonb := '[]';
  v_name text;
  v_support jsonb;
  v_waiting int := 0;
BEGIN
  FOR v_place IN SELECT value::uuid FROM jsonb_array_elements_text(p->'places') LOOP
    PERFORM set_config('voltlet.organization_id', v_place::text, true);
    SELECT jsonb_build_object('organizationId', o.organization_id, 'name', o.name)
      INTO v_found
      FROM membership m JOIN organization o ON o.organization_id = m.organization_id
     WHERE m.organization_id = v_place AND m.user_id = v_user_id
       AND (m.ends_at IS NULL OR m.ends_at > v_now);
    IF FOUND THEN v_places := v_places || v_found; END IF;
  END LOOP;
  PERFORM set_config('voltlet.organization_id', p_organization_id::text, true);
  SELECT o.name INTO STRICT v_name FROM organization o WHERE o.organization_id = p_organization_id;
  SELECT coalesce(jsonb_agg(jsonb_build_object('userId', s.user_id, 'endsAt', s.ends_at)
      ORDER BY s.ends_at DESC), '[]')
    INTO v_support
    FROM (SELECT m.user_id, m.ends_at FROM membership m
      WHERE m.organization_id = p_organization_id AND m.role = 'support' AND m.ends_at > v_now
      ORDER BY m.ends_at DESC LIMIT 20) s;
  IF (p->>'countsReadings')::boolean THEN
    v_buildings := CASE WHEN jsonb_typeof(p->'buildingIds') = 'array' THEN
      ARRAY(SELECT value::uuid FROM jsonb_array_elements_text(p->'buildingIds')) END;
    SELECT count(*) INTO v_waiting FROM (SELECT FROM reading_quarantine q
      WHERE q.organization_id = p_organization_id AND q.decision IS NULL
        AND (v_buildings IS NULL OR EXISTS (SELECT FROM meter_installation i
          JOIN unit u ON u.organization_id = i.organization_id AND u.id = i.unit_id
          WHERE i.organization_id = q.organization_id AND i.meter_id = q.meter_id
            AND tstzrange(i.starts_at, i.ends_at, '[)') @> q.at
            AND u.building_id = ANY (v_buildings)))
      LIMIT 200) waiting;
  END IF;
  RETURN jsonb_build_object('name', v_name, 'places', v_places, 'support', v_support,
    'waiting', v_waiting);
END $$;

ALTER FUNCTION console_frame(uuid, jsonb) OWNER TO voltlet_vend;
REVOKE ALL ON FUNCTION console_frame(uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION console_frame(uuid, jsonb) TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
