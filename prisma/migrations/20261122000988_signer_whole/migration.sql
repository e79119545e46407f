-- The signer whole (docs/decisions/038-signer-whole.md): signed heads of the journal, what a key may
-- be used for, who brought it in, and sales that are closed after a restore.

-- ── Tables ───────────────────────────────────────────────────────────────────────────────────
-- A link of a chain of the journal that the signer has signed, once a day.
CREATE TABLE "journal_head" (
    "organization_id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "previous_sequence" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "public_key" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,

    CONSTRAINT "journal_head_pkey" PRIMARY KEY ("organization_id","chain","sequence")
);
CREATE UNIQUE INDEX "journal_head_organization_id_chain_previous_sequence_key"
  ON "journal_head"("organization_id", "chain", "previous_sequence");

-- What a key may still issue, in token units; a key without a row has no limit.
CREATE TABLE "vending_key_credit" (
    "organization_id" UUID NOT NULL,
    "vending_key_id" UUID NOT NULL,
    "limit_units" BIGINT NOT NULL,
    "remaining_units" BIGINT NOT NULL,

    CONSTRAINT "vending_key_credit_pkey" PRIMARY KEY ("organization_id","vending_key_id")
);

-- Who brought a key in, and the check value that both saw.
CREATE TABLE "vending_key_import" (
    "organization_id" UUID NOT NULL,
    "vending_key_id" UUID NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,
    "first_custodian" TEXT NOT NULL,
    "second_custodian" TEXT NOT NULL,
    "check_value" TEXT NOT NULL,

    CONSTRAINT "vending_key_import_pkey" PRIMARY KEY ("organization_id","vending_key_id")
);

-- Since when nothing is sold, and why; and when `npm run recover` opened the sales again.
CREATE TABLE "sales_closure" (
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "reopened_at" TIMESTAMPTZ(3),

    CONSTRAINT "sales_closure_pkey" PRIMARY KEY ("closed_at")
);

ALTER TABLE "vending_key" ADD COLUMN "allowed_subclasses" INTEGER[]
  NOT NULL DEFAULT ARRAY[0, 1, 2, 3, 4, 5, 6, 7]::INTEGER[];

ALTER TABLE "vending_key_credit" ADD CONSTRAINT "vending_key_credit_organization_id_vending_key_id_fkey"
  FOREIGN KEY ("organization_id", "vending_key_id") REFERENCES "vending_key"("organization_id", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "vending_key_import" ADD CONSTRAINT "vending_key_import_organization_id_vending_key_id_fkey"
  FOREIGN KEY ("organization_id", "vending_key_id") REFERENCES "vending_key"("organization_id", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE journal_head
  ADD CONSTRAINT journal_head_goes_on CHECK (previous_sequence >= 0 AND sequence > previous_sequence),
  ADD CONSTRAINT journal_head_lengths CHECK
    (length(hash) = 32 AND length(public_key) = 32 AND length(signature) = 64);
-- The last word on a limit, also between two signers: a statement that goes below is undone whole,
-- and with it the journal's entries.
ALTER TABLE vending_key_credit
  ADD CONSTRAINT vending_key_credit_counts_down CHECK
    (remaining_units >= 0 AND remaining_units <= limit_units);
ALTER TABLE vending_key_import
  ADD CONSTRAINT vending_key_import_two_people CHECK (first_custodian <> second_custodian),
  ADD CONSTRAINT vending_key_import_check_value CHECK (check_value ~ '^[0-9a-f]{6}$');
ALTER TABLE vending_key
  ADD CONSTRAINT vending_key_subclasses_known CHECK
    (allowed_subclasses <@ ARRAY[0, 1, 2, 3, 4, 5, 6, 7]::int[]);
ALTER TABLE sales_closure
  ADD CONSTRAINT sales_closure_reason_known CHECK (reason IN ('database-restored', 'heads-missing')),
  ADD CONSTRAINT sales_closure_opens_later CHECK (reopened_at >= closed_at);

-- ── Policies ─────────────────────────────────────────────────────────────────────────────────
DO $$
DECLARE
  owned text;
  own_rows constant text := 'organization_id = current_setting(''voltlet.organization_id'')::uuid';
BEGIN
  FOREACH owned IN ARRAY ARRAY['journal_head', 'vending_key_credit', 'vending_key_import'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web '
      'USING (%s) WITH CHECK (%s)', owned, own_rows, own_rows);
    EXECUTE format('CREATE POLICY every_organization ON %I TO voltlet_signer '
      'USING (true) WITH CHECK (true)', owned);
  END LOOP;
  -- What the journal is compared with. The auditor sees no digits and nothing personal.
  FOREACH owned IN ARRAY ARRAY['journal_entry', 'journal_head', 'token_set', 'token_reservation',
    'meter_token', 'purchase', 'approval_request'] LOOP
    EXECUTE format('CREATE POLICY every_organization_audited ON %I FOR SELECT TO voltlet_auditor '
      'USING (true)', owned);
  END LOOP;
END $$;

-- ── Grants ───────────────────────────────────────────────────────────────────────────────────
GRANT SELECT, INSERT ON journal_head, vending_key_credit, vending_key_import, sales_closure
  TO voltlet_signer;
GRANT UPDATE (remaining_units) ON vending_key_credit TO voltlet_signer;
-- Only to seal what stands anew, under another key-encryption key.
GRANT UPDATE (version, nonce, sealed) ON sealed_vending_key TO voltlet_signer;
GRANT UPDATE (reopened_at) ON sales_closure TO voltlet_signer;
GRANT SELECT ON journal_head, vending_key_credit, vending_key_import TO voltlet_web;
GRANT SELECT ON sales_closure TO voltlet_web, voltlet_worker, voltlet_vend;
GRANT SELECT ON journal_entry, journal_head, token_reservation TO voltlet_auditor;
GRANT SELECT (organization_id, id, purchase_id, approval_id, meter_id) ON token_set TO voltlet_auditor;
GRANT SELECT (organization_id, token_set_id, position) ON meter_token TO voltlet_auditor;
GRANT SELECT (organization_id, id, status) ON purchase TO voltlet_auditor;
GRANT SELECT (organization_id, id, kind, state) ON approval_request TO voltlet_auditor;

-- ── Functions ────────────────────────────────────────────────────────────────────────────────
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- The next token id, as before; none while sales are closed, so that what is paid waits. For the
-- hour after a recovery every meter's ids begin an hour ahead, and may be 120 minutes ahead.
CREATE OR REPLACE FUNCTION next_token_id(p_key vending_key, p_last int, p_at timestamptz) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  v_minute int;
  v_token_id int;
  v_ahead int := 59;
BEGIN
  IF p_key.key_type <> 2 OR p_at < p_key.active_from
    OR p_at >= coalesce(p_key.issue_until, 'infinity') THEN
    RETURN NULL;
  END IF;
  v_minute := floor(extract(epoch FROM
    p_at - make_timestamptz(p_key.base_date_year, 1, 1, 0, 0, 0, 'UTC')) / 60);
  v_token_id := greatest(v_minute, p_last + 1);
  IF v_token_id % 1440 = 1 THEN v_token_id := v_token_id + 1; END IF;
  IF v_minute < 0 OR v_token_id > 16777215 OR (v_token_id >> 16) > p_key.key_expiry_number THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM sales_closure WHERE reopened_at IS NULL) THEN RETURN -1; END IF;
  IF p_at < (SELECT max(reopened_at) + interval '1 hour' FROM sales_closure) THEN
    v_ahead := 120;
  END IF;
  RETURN CASE WHEN v_token_id > v_minute + v_ahead THEN -1 ELSE v_token_id END;
END $$;

-- After a restore: every meter's last token id becomes the minute an hour from now, under its own
-- key and under any other it has been sold for. Gives how many were raised.
CREATE FUNCTION token_ids_raise(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_to timestamptz := (p->>'now')::timestamptz + interval '60 minutes';
  v_raised int;
BEGIN
  PERFORM scope_to(p_organization_id);
  WITH under AS (
    SELECT m.id AS meter_id, m.vending_key_id FROM meter m
     WHERE m.organization_id = p_organization_id
    UNION SELECT k.meter_id, k.vending_key_id FROM meter_key_position k
     WHERE k.organization_id = p_organization_id),
  raised AS (
    INSERT INTO meter_key_position AS stands
      (organization_id, meter_id, vending_key_id, last_token_id_minutes)
    SELECT p_organization_id, u.meter_id, u.vending_key_id, least(16777215, greatest(-1,
      floor(extract(epoch FROM
        v_to - make_timestamptz(k.base_date_year, 1, 1, 0, 0, 0, 'UTC')) / 60)::bigint))::int
      FROM under u JOIN vending_key k ON k.organization_id = p_organization_id
       AND k.id = u.vending_key_id
    ON CONFLICT (organization_id, meter_id, vending_key_id) DO UPDATE
      SET last_token_id_minutes = excluded.last_token_id_minutes
      WHERE stands.last_token_id_minutes < excluded.last_token_id_minutes
    RETURNING 1)
  SELECT count(*) INTO v_raised FROM raised;
  RETURN jsonb_build_object('raised', v_raised);
END $$;

ALTER FUNCTION token_ids_raise(uuid, jsonb) OWNER TO voltlet_vend;
REVOKE ALL ON FUNCTION token_ids_raise(uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION token_ids_raise(uuid, jsonb) TO voltlet_signer;

REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
