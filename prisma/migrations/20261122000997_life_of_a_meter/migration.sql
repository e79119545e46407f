-- The life of a meter: it is put in, taken out, archived and brought back.

-- Archived: nothing is sold for it, and lists show it only to who asks. Whoever sells asks for
-- 'active' and for an open installation, and so needs no change.
ALTER TABLE meter
  DROP CONSTRAINT meter_status_known,
  ADD CONSTRAINT meter_status_known CHECK (status IN ('active', 'blocked', 'archived'));

CREATE INDEX meter_archived ON meter (organization_id, meter_number) WHERE status = 'archived';

-- A stay ends here alone, once.
REVOKE UPDATE (ends_at) ON meter_installation FROM voltlet_web;
GRANT UPDATE (ends_at) ON meter_installation TO voltlet_vend;

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- Ends a meter's stay in a unit. The meter's lock is taken as a sale takes it: a sale that came
-- first is seen here, and one that comes after finds the stay ended. Answers why not, or 'ended'.
CREATE FUNCTION meter_stay_end(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_ends_at timestamptz := (p->>'endsAt')::timestamptz;
  stay meter_installation;
  v_key uuid;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT stay FROM meter_installation
   WHERE organization_id = p_organization_id AND id = (p->>'installationId')::uuid;
  SELECT vending_key_id INTO STRICT v_key FROM meter
   WHERE organization_id = p_organization_id AND id = stay.meter_id;
  IF v_key IS NOT NULL THEN PERFORM lock_key_position(p_organization_id, stay.meter_id, v_key); END IF;
  -- Who waited for the lock sees what the other wrote.
  SELECT * INTO STRICT stay FROM meter_installation
   WHERE organization_id = p_organization_id AND id = stay.id FOR NO KEY UPDATE;
  IF stay.ends_at IS NOT NULL THEN RETURN jsonb_build_object('outcome', 'ended-already'); END IF;
  IF v_ends_at <= stay.starts_at THEN RETURN jsonb_build_object('outcome', 'before-start'); END IF;
  IF EXISTS (SELECT FROM purchase WHERE organization_id = p_organization_id
      AND unit_id = stay.unit_id AND meter_id = stay.meter_id
      AND status IN ('paid', 'reserved', 'in_doubt'))
    OR EXISTS (SELECT FROM token_set s JOIN outbox w ON w.organization_id = s.organization_id
        AND w.subject_id = s.approval_id AND w.kind = 'issue.issue'
      WHERE s.organization_id = p_organization_id AND s.meter_id = stay.meter_id) THEN
    RETURN jsonb_build_object('outcome', 'token-in-issue');
  END IF;
  IF EXISTS (SELECT FROM purchase WHERE organization_id = p_organization_id
      AND unit_id = stay.unit_id AND meter_id = stay.meter_id AND issued_at >= v_ends_at) THEN
    RETURN jsonb_build_object('outcome', 'sold-since');
  END IF;
  UPDATE meter_installation SET ends_at = v_ends_at
   WHERE organization_id = p_organization_id AND id = stay.id;
  RETURN jsonb_build_object('outcome', 'ended');
END $$;

ALTER FUNCTION meter_stay_end(uuid, jsonb) OWNER TO voltlet_vend;
REVOKE ALL ON FUNCTION meter_stay_end(uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meter_stay_end(uuid, jsonb) TO voltlet_web, voltlet_worker;

REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
