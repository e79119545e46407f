-- A month of the ledger is closed and then locked, and what leases owe and have left as a deposit
-- moves through one function (docs/decisions/028-ledger.md).

-- CreateTable
CREATE TABLE "ledger_close" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by" UUID NOT NULL,
    "transfers" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,
    "left_open" JSONB NOT NULL,
    "reopened_at" TIMESTAMPTZ(3),
    "reopened_by" UUID,
    "reopen_reason" TEXT,

    CONSTRAINT "ledger_close_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "ledger_close_balance" (
    "organization_id" UUID NOT NULL,
    "close_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "building_id" UUID,
    "account" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "balance_minor" BIGINT NOT NULL,

    CONSTRAINT "ledger_close_balance_pkey" PRIMARY KEY ("organization_id","close_id","line")
);

-- CreateIndex
CREATE INDEX "ledger_close_organization_id_month_idx" ON "ledger_close"("organization_id", "month" DESC);

-- AddForeignKey
ALTER TABLE "ledger_close_balance" ADD CONSTRAINT "ledger_close_balance_organization_id_close_id_fkey" FOREIGN KEY ("organization_id", "close_id") REFERENCES "ledger_close"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "lease_arrears" ADD COLUMN     "deposit_minor" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lease_arrears ADD CONSTRAINT lease_arrears_deposit_not_negative CHECK (deposit_minor >= 0);
ALTER TABLE ledger_close
  ADD CONSTRAINT ledger_close_first_of_month CHECK (extract(day FROM month) = 1),
  ADD CONSTRAINT ledger_close_reopened_whole
    CHECK (num_nonnulls(reopened_at, reopened_by, reopen_reason) IN (0, 3)),
  ADD CONSTRAINT ledger_close_once EXCLUDE USING btree
    (organization_id WITH =, month WITH =) WHERE (reopened_at IS NULL);

DO $$
DECLARE owned text;
BEGIN
  FOREACH owned IN ARRAY ARRAY['ledger_close', 'ledger_close_balance'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker, voltlet_vend '
      'USING (organization_id = current_setting(''voltlet.organization_id'')::uuid) '
      'WITH CHECK (organization_id = current_setting(''voltlet.organization_id'')::uuid)', owned);
  END LOOP;
END $$;
GRANT SELECT ON ledger_close, ledger_close_balance TO voltlet_web, voltlet_worker;
GRANT SELECT, INSERT ON ledger_close, ledger_close_balance TO voltlet_vend;
GRANT UPDATE (reopened_at, reopened_by, reopen_reason) ON ledger_close TO voltlet_vend;

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- ── The month of a transfer is that of its building's own calendar ───────────────────────────
-- The zone of a building; money that belongs to no building yet is counted in UTC.
CREATE FUNCTION ledger_zone(p_organization_id uuid, p_building_id uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce((SELECT time_zone FROM building
    WHERE organization_id = p_organization_id AND id = p_building_id), 'UTC')
$$;

-- Who posts shares this lock until the end of the transaction; who closes or reopens a month takes
-- it alone. So no sum is made while a transfer of its month is on the way.
CREATE FUNCTION ledger_key(p_organization_id uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
  SELECT hashtextextended('ledger ' || p_organization_id::text, 0)
$$;

-- The last closed month of an organization; null for none.
CREATE FUNCTION ledger_closed_month(p_organization_id uuid) RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT month FROM ledger_close WHERE organization_id = p_organization_id AND reopened_at IS NULL
   ORDER BY month DESC LIMIT 1
$$;

-- The one door into the ledger, as before; and nothing is posted to a month that is closed. A first
-- of the month has begun everywhere at noon in UTC, so that a zone is looked up at its turn only.
CREATE OR REPLACE FUNCTION post_movement(m ledger_transfer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE v_next timestamp;
BEGIN
  IF m.amount_minor = 0 THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock_shared(ledger_key(m.organization_id));
  SELECT month + interval '1 month' INTO v_next FROM ledger_close
   WHERE organization_id = m.organization_id AND reopened_at IS NULL ORDER BY month DESC LIMIT 1;
  IF m.at < (v_next + interval '12 hours') AT TIME ZONE 'UTC'
    AND m.at < v_next AT TIME ZONE ledger_zone(m.organization_id, m.building_id) THEN
    RAISE EXCEPTION 'the month of % is closed', m.at USING ERRCODE = 'VL001';
  END IF;
  INSERT INTO ledger_transfer (organization_id, id, at, debit_account, credit_account, amount_minor,
    currency, reason, correlation_id, building_id, occupancy_id, lease_id, payment_id, desk_id, detail)
  VALUES (m.organization_id, coalesce(m.id, gen_random_uuid()), m.at, m.debit_account,
    m.credit_account, m.amount_minor, m.currency, m.reason, m.correlation_id, m.building_id,
    m.occupancy_id, m.lease_id, m.payment_id, m.desk_id, coalesce(m.detail, ''));
END $$;

-- The transfers of an organization that lie before the first of a month, each by its own calendar,
-- and not before that of another; a null takes all from the beginning.
CREATE FUNCTION ledger_between(p_organization_id uuid, p_from date, p_before date)
RETURNS SETOF ledger_transfer LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT t.* FROM building b JOIN ledger_transfer t ON t.organization_id = b.organization_id
     AND t.building_id = b.id
     AND t.at >= coalesce(p_from::timestamp AT TIME ZONE b.time_zone, '-infinity')
     AND t.at < p_before::timestamp AT TIME ZONE b.time_zone
   WHERE b.organization_id = p_organization_id
  UNION ALL
  SELECT t.* FROM ledger_transfer t
   WHERE t.organization_id = p_organization_id AND t.building_id IS NULL
     AND t.at >= coalesce(p_from::timestamp AT TIME ZONE 'UTC', '-infinity')
     AND t.at < p_before::timestamp AT TIME ZONE 'UTC'
$$;

-- The hash of a closed stretch: whoever changes a byte of it, or adds or takes a row, changes this.
CREATE FUNCTION ledger_hash(p_organization_id uuid, p_from date, p_before date) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT sha256(coalesce(string_agg(sha256(convert_to(jsonb_build_array(t.id,
      extract(epoch FROM t.at), t.debit_account, t.credit_account, t.amount_minor, t.currency,
      t.reason, t.correlation_id, t.building_id, t.occupancy_id, t.lease_id, t.payment_id,
      t.desk_id, t.detail)::text, 'UTF8')), ''::bytea ORDER BY t.at, t.id), ''::bytea))
    FROM ledger_between(p_organization_id, p_from, p_before) t
$$;

-- What came before a month's end and has not come to rest yet: in a vend, or nobody's.
CREATE FUNCTION ledger_open_money(p_organization_id uuid, p_before date) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  WITH still AS (
    SELECT side.account, t.currency, CASE side.account WHEN 'suspense'
        THEN coalesce(t.payment_id, t.correlation_id) ELSE t.correlation_id END AS subject,
      sum(side.amount) AS amount
      FROM ledger_transfer t
      LEFT JOIN building b ON b.organization_id = t.organization_id AND b.id = t.building_id
      CROSS JOIN LATERAL (VALUES (t.debit_account, -t.amount_minor), (t.credit_account, t.amount_minor))
        AS side (account, amount)
     WHERE t.organization_id = p_organization_id AND side.account IN ('suspense', 'vend_pending')
     GROUP BY 1, 2, 3
    HAVING sum(side.amount) <> 0
      AND bool_or(t.at < p_before::timestamp AT TIME ZONE coalesce(b.time_zone, 'UTC'))
  )
  SELECT coalesce(jsonb_agg(jsonb_build_object('account', account, 'currency', currency,
      'count', count, 'amountMinor', amount::text) ORDER BY account, currency), '[]')
    FROM (SELECT account, currency, count(*) AS count, sum(amount) AS amount
      FROM still GROUP BY 1, 2) open
$$;

-- Closes the month after the last closed one; or, first of all, any that is over, with all that lies
-- before it. Money that has not come to rest is named, and left open only by who says so.
CREATE FUNCTION ledger_close_month(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_month date := (p->>'month')::date;
  v_before date := (p->>'month')::date + interval '1 month';
  v_at timestamptz := (p->>'now')::timestamptz;
  last_close ledger_close;
  v_open jsonb;
  v_hash bytea;
BEGIN
  PERFORM scope_to(p_organization_id);
  -- Looks at everything, so before the lock: no sale waits for it.
  v_open := ledger_open_money(p_organization_id, v_before);
  PERFORM pg_advisory_xact_lock(ledger_key(p_organization_id));
  SELECT * INTO last_close FROM ledger_close
   WHERE organization_id = p_organization_id AND reopened_at IS NULL ORDER BY month DESC LIMIT 1;
  IF last_close.month >= v_month THEN RETURN jsonb_build_object('outcome', 'closed-already'); END IF;
  IF last_close.month + interval '1 month' <> v_month THEN
    RETURN jsonb_build_object('outcome', 'not-the-next');
  END IF;
  IF v_before::timestamp AT TIME ZONE 'UTC' > v_at OR EXISTS (SELECT FROM building
    WHERE organization_id = p_organization_id AND v_before::timestamp AT TIME ZONE time_zone > v_at) THEN
    RETURN jsonb_build_object('outcome', 'not-over');
  END IF;
  IF v_open <> '[]' AND NOT coalesce((p->>'leaveOpen')::boolean, false) THEN
    RETURN jsonb_build_object('outcome', 'not-settled', 'open', v_open);
  END IF;
  v_hash := ledger_hash(p_organization_id, (last_close.month + interval '1 month')::date, v_before);
  INSERT INTO ledger_close (organization_id, id, month, closed_at, closed_by, transfers, hash, left_open)
  SELECT p_organization_id, (p->>'id')::uuid, v_month, v_at, (p->>'by')::uuid, count(*), v_hash, v_open
    FROM ledger_between(p_organization_id, (last_close.month + interval '1 month')::date, v_before);
  INSERT INTO ledger_close_balance (organization_id, close_id, line, building_id, account, currency,
    balance_minor)
  SELECT p_organization_id, (p->>'id')::uuid, row_number() OVER (), building_id, account, currency,
    sum(amount)
    FROM (SELECT building_id, account, currency, balance_minor AS amount FROM ledger_close_balance
        WHERE organization_id = p_organization_id AND close_id = last_close.id
      UNION ALL SELECT t.building_id, side.account, t.currency, side.amount
        FROM ledger_between(p_organization_id, (last_close.month + interval '1 month')::date, v_before) t
        CROSS JOIN LATERAL (VALUES (t.debit_account, -t.amount_minor),
          (t.credit_account, t.amount_minor)) AS side (account, amount)) moved
   GROUP BY building_id, account, currency HAVING sum(amount) <> 0;
  RETURN jsonb_build_object('outcome', 'closed', 'open', v_open, 'hash', encode(v_hash, 'hex'));
END $$;

-- Opens the last closed month again, for a reason. Its balances stay on record with the close.
CREATE FUNCTION ledger_reopen_month(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM scope_to(p_organization_id);
  PERFORM pg_advisory_xact_lock(ledger_key(p_organization_id));
  IF ledger_closed_month(p_organization_id) IS DISTINCT FROM (p->>'month')::date THEN
    RETURN jsonb_build_object('outcome', 'not-the-last');
  END IF;
  UPDATE ledger_close SET reopened_at = (p->>'now')::timestamptz, reopened_by = (p->>'by')::uuid,
    reopen_reason = p->>'reason'
   WHERE organization_id = p_organization_id AND month = (p->>'month')::date AND reopened_at IS NULL;
  RETURN jsonb_build_object('outcome', 'reopened');
END $$;

-- Whether the transfers of a closed month are still those that it was closed with.
CREATE FUNCTION ledger_verify_month(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  closed ledger_close;
  v_from date;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO closed FROM ledger_close WHERE organization_id = p_organization_id
    AND month = (p->>'month')::date AND reopened_at IS NULL;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'not-closed'); END IF;
  SELECT max(month) + interval '1 month' INTO v_from FROM ledger_close
   WHERE organization_id = p_organization_id AND month < closed.month AND reopened_at IS NULL;
  RETURN jsonb_build_object('outcome', CASE WHEN closed.hash =
    ledger_hash(p_organization_id, v_from, (closed.month + interval '1 month')::date)
    THEN 'unchanged' ELSE 'changed' END);
END $$;

-- ── What a lease owes, and its deposit: one way to move either ───────────────────────────────
-- Posts for a lease under the id that was given: the same again changes nothing. p_due and p_deposit
-- are 1, 0 or -1: what grows, stays or shrinks; nothing shrinks below nothing.
CREATE FUNCTION lease_post(p_organization_id uuid, p jsonb, p_movement ledger_transfer, p_due int,
  p_deposit int) RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  m ledger_transfer := lease_movement(p_organization_id, p);
  stands lease_arrears;
  v_known text;
BEGIN
  IF m.lease_id IS NULL THEN RETURN jsonb_build_object('outcome', 'lease-not-found'); END IF;
  IF m.amount_minor < 1 THEN RAISE EXCEPTION 'nothing is booked for a lease'; END IF;
  m.debit_account := p_movement.debit_account;
  m.credit_account := p_movement.credit_account;
  m.reason := p_movement.reason;
  PERFORM arrears_move(p_organization_id, m.lease_id, 0, m.currency);
  SELECT * INTO STRICT stands FROM lease_arrears
   WHERE organization_id = p_organization_id AND lease_id = m.lease_id FOR UPDATE;
  v_known := lease_movement_stands(m);
  IF v_known IS NULL THEN
    IF stands.due_minor + p_due * m.amount_minor < 0 THEN
      RETURN jsonb_build_object('outcome', 'more-than-due', 'dueMinor', stands.due_minor::text);
    END IF;
    IF stands.deposit_minor + p_deposit * m.amount_minor < 0 THEN
      RETURN jsonb_build_object('outcome', 'more-than-held', 'depositMinor', stands.deposit_minor::text);
    END IF;
    PERFORM post_movement(m);
    UPDATE lease_arrears SET due_minor = due_minor + p_due * m.amount_minor,
      deposit_minor = deposit_minor + p_deposit * m.amount_minor
     WHERE organization_id = p_organization_id AND lease_id = m.lease_id RETURNING * INTO stands;
  END IF;
  RETURN jsonb_build_object('outcome', coalesce(v_known, 'posted'), 'dueMinor', stands.due_minor::text,
    'depositMinor', stands.deposit_minor::text);
END $$;

-- Charges a lease: what is owed to the landlord from now on. The same id charges once.
CREATE OR REPLACE FUNCTION arrears_charge(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  PERFORM scope_to(p_organization_id);
  m.debit_account := 'arrears_receivable';
  m.credit_account := 'landlord_payable';
  m.reason := 'arrears.charged';
  RETURN lease_post(p_organization_id, p, m, 1, 0);
END $$;

-- Lets a lease off what it owes, at most that.
CREATE OR REPLACE FUNCTION arrears_write_off(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  PERFORM scope_to(p_organization_id);
  m.debit_account := 'landlord_payable';
  m.credit_account := 'arrears_receivable';
  m.reason := 'arrears.written-off';
  RETURN lease_post(p_organization_id, p, m, -1, 0);
END $$;

-- What a lease has paid to the landlord directly, past the desk and every provider: the landlord has
-- it already, so that less is to be paid out.
CREATE FUNCTION arrears_pay(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  PERFORM scope_to(p_organization_id);
  m.debit_account := 'landlord_payable';
  m.credit_account := 'arrears_receivable';
  m.reason := 'arrears.paid';
  RETURN lease_post(p_organization_id, p, m, -1, 0);
END $$;

-- A deposit that the landlord was given, and owes to the lease.
CREATE FUNCTION deposit_take(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  PERFORM scope_to(p_organization_id);
  m.debit_account := 'landlord_payable';
  m.credit_account := 'deposits_held';
  m.reason := 'deposit.taken';
  RETURN lease_post(p_organization_id, p, m, 0, 1);
END $$;

-- A deposit that the landlord has given back, at most what is held.
CREATE FUNCTION deposit_return(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  PERFORM scope_to(p_organization_id);
  m.debit_account := 'deposits_held';
  m.credit_account := 'landlord_payable';
  m.reason := 'deposit.returned';
  RETURN lease_post(p_organization_id, p, m, 0, -1);
END $$;

-- Hand the new ones over, as in the first functions' migration.
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN ('ledger_zone', 'ledger_key',
      'ledger_closed_month', 'ledger_between', 'ledger_hash', 'ledger_open_money',
      'ledger_close_month', 'ledger_reopen_month', 'ledger_verify_month', 'lease_post',
      'arrears_pay', 'deposit_take', 'deposit_return')
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION ledger_close_month(uuid, jsonb), ledger_reopen_month(uuid, jsonb),
  ledger_verify_month(uuid, jsonb), arrears_pay(uuid, jsonb), deposit_take(uuid, jsonb),
  deposit_return(uuid, jsonb) TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
