-- A token that no purchase and no approved issue explains is found within a minute
-- (docs/decisions/038-signer-whole.md): the worker walks each organization's journal from where it
-- stopped, and leaves a row for each entry that nothing explains.

-- ── Tables ───────────────────────────────────────────────────────────────────────────────────
-- How far a chain has been looked at.
CREATE TABLE "journal_watch" (
    "organization_id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "journal_watch_pkey" PRIMARY KEY ("organization_id","chain")
);

CREATE TABLE "journal_alarm" (
    "organization_id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "token_set_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "journal_alarm_pkey" PRIMARY KEY ("organization_id","chain","sequence")
);

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE journal_alarm ADD CONSTRAINT journal_alarm_code_known CHECK (code IN
  ('no-token-set', 'no-reservation', 'reservation-differs', 'no-owner', 'owner-refunded',
   'not-approved'));

-- ── Policies ─────────────────────────────────────────────────────────────────────────────────
DO $$
DECLARE
  owned text;
  own_rows constant text := 'organization_id = current_setting(''voltlet.organization_id'')::uuid';
BEGIN
  FOREACH owned IN ARRAY ARRAY['journal_watch', 'journal_alarm'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker, '
      'voltlet_vend USING (%s) WITH CHECK (%s)', owned, own_rows, own_rows);
  END LOOP;
END $$;

-- ── Grants ───────────────────────────────────────────────────────────────────────────────────
GRANT SELECT, INSERT, UPDATE ON journal_watch TO voltlet_vend;
GRANT SELECT, INSERT ON journal_alarm TO voltlet_vend;
GRANT SELECT ON journal_alarm TO voltlet_web, voltlet_worker;

-- ── Functions ────────────────────────────────────────────────────────────────────────────────
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- What is wrong with an entry that says that a token was issued; null where it is explained. A
-- reservation is committed before the signer is asked, so what is missing will not come.
CREATE FUNCTION unexplained_code(p_entry journal_entry) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE
  owned token_set;
  said token_reservation;
  v_state text;
BEGIN
  IF p_entry.outcome <> 'issued' THEN RETURN NULL; END IF;
  SELECT * INTO owned FROM token_set
   WHERE organization_id = p_entry.organization_id AND id = p_entry.token_set_id;
  IF NOT FOUND THEN RETURN 'no-token-set'; END IF;
  SELECT * INTO said FROM token_reservation WHERE organization_id = p_entry.organization_id
    AND token_set_id = p_entry.token_set_id AND position = p_entry.position;
  IF NOT FOUND THEN RETURN 'no-reservation'; END IF;
  IF said.meter_id <> p_entry.meter_id OR owned.meter_id <> p_entry.meter_id
    OR said.vending_key_id <> p_entry.vending_key_id
    OR said.token_id_minutes IS DISTINCT FROM p_entry.token_id_minutes
    OR said.meter_number IS DISTINCT FROM p_entry.reservation->>'meterNumber'
    OR said.amount_units::text IS DISTINCT FROM p_entry.reservation->>'amountUnits' THEN
    RETURN 'reservation-differs';
  END IF;
  IF owned.purchase_id IS NOT NULL THEN
    SELECT status INTO v_state FROM purchase
     WHERE organization_id = p_entry.organization_id AND id = owned.purchase_id;
    IF NOT FOUND THEN RETURN 'no-owner'; END IF;
    RETURN CASE WHEN v_state IN ('reserved', 'in_doubt', 'issued', 'delivered') THEN NULL
      ELSE 'owner-refunded' END;
  END IF;
  SELECT state INTO v_state FROM approval_request
   WHERE organization_id = p_entry.organization_id AND id = owned.approval_id;
  IF NOT FOUND THEN RETURN 'no-owner'; END IF;
  RETURN CASE WHEN v_state = 'used' THEN NULL ELSE 'not-approved' END;
END $$;

-- Looks at what was added since the last time, at most so many entries of each chain. Gives how
-- many were looked at, and those that nothing explains.
CREATE FUNCTION journal_look(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_chain text := '';
  v_looked int := 0;
  v_count int;
  v_last bigint;
  v_alarms jsonb := '[]';
  v_found jsonb;
BEGIN
  PERFORM scope_to(p_organization_id);
  LOOP
    SELECT min(chain) INTO v_chain FROM journal_entry
     WHERE organization_id = p_organization_id AND chain > v_chain;
    EXIT WHEN v_chain IS NULL;
    -- Mostly there is nothing new, and then nothing is locked or written.
    SELECT coalesce(max(sequence), 0) INTO v_last FROM journal_watch
     WHERE organization_id = p_organization_id AND chain = v_chain;
    CONTINUE WHEN NOT EXISTS (SELECT FROM journal_entry WHERE organization_id = p_organization_id
      AND chain = v_chain AND sequence > v_last);
    INSERT INTO journal_watch (organization_id, chain, sequence)
    VALUES (p_organization_id, v_chain, 0) ON CONFLICT DO NOTHING;
    SELECT sequence INTO STRICT v_last FROM journal_watch
     WHERE organization_id = p_organization_id AND chain = v_chain FOR UPDATE;
    WITH fresh AS MATERIALIZED (
      SELECT * FROM journal_entry WHERE organization_id = p_organization_id AND chain = v_chain
        AND sequence > v_last ORDER BY sequence LIMIT (p->>'most')::int),
    judged AS MATERIALIZED (
      SELECT f.sequence, f.token_set_id, f.meter_id, unexplained_code(e) AS code
        FROM fresh f JOIN journal_entry e ON e.organization_id = f.organization_id
         AND e.chain = f.chain AND e.sequence = f.sequence),
    alarmed AS (
      INSERT INTO journal_alarm
        (organization_id, chain, sequence, code, token_set_id, meter_id, found_at)
      SELECT p_organization_id, v_chain, sequence, code, token_set_id, meter_id,
        (p->>'now')::timestamptz FROM judged WHERE code IS NOT NULL
      ON CONFLICT DO NOTHING
      RETURNING jsonb_build_object('chain', chain, 'sequence', sequence::text, 'code', code,
        'tokenSetId', token_set_id) AS row)
    SELECT count(*), coalesce(max(j.sequence), v_last),
      coalesce((SELECT jsonb_agg(row) FROM alarmed), '[]')
      INTO v_count, v_last, v_found FROM judged j;
    v_looked := v_looked + v_count;
    v_alarms := v_alarms || v_found;
    UPDATE journal_watch SET sequence = v_last
     WHERE organization_id = p_organization_id AND chain = v_chain AND sequence < v_last;
  END LOOP;
  RETURN jsonb_build_object('looked', v_looked, 'alarms', v_alarms);
END $$;

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['unexplained_code(journal_entry)', 'journal_look(uuid, jsonb)']::regprocedure[]
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION journal_look(uuid, jsonb) TO voltlet_web, voltlet_worker;

REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
