-- A sale reads what it stands on once, under its meter's lock, and posts what it moves at once. Each
-- statement of a function costs some 50 µs whatever it does, and a sale had sixty of them.
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- ── The ledger's door, for one movement or many ──────────────────────────────────────────────
-- All of one organization. Those of nothing are left out.
CREATE FUNCTION post_movements(p_movements ledger_transfer[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  m ledger_transfer;
  v_next timestamp;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(ledger_key(p_movements[1].organization_id));
  SELECT month + interval '1 month' INTO v_next FROM ledger_close
   WHERE organization_id = p_movements[1].organization_id AND reopened_at IS NULL
   ORDER BY month DESC LIMIT 1;
  IF v_next IS NOT NULL THEN
    FOREACH m IN ARRAY p_movements LOOP
      IF m.at < (v_next + interval '12 hours') AT TIME ZONE 'UTC'
        AND m.at < v_next AT TIME ZONE ledger_zone(m.organization_id, m.building_id) THEN
        RAISE EXCEPTION 'the month of % is closed', m.at USING ERRCODE = 'VL001';
      END IF;
    END LOOP;
  END IF;
  INSERT INTO ledger_transfer (organization_id, id, at, debit_account, credit_account, amount_minor,
    currency, reason, correlation_id, building_id, occupancy_id, lease_id, payment_id, desk_id, detail)
  SELECT organization_id, coalesce(id, gen_random_uuid()), at, debit_account, credit_account,
    amount_minor, currency, reason, correlation_id, building_id, occupancy_id, lease_id, payment_id,
    desk_id, coalesce(detail, '')
    FROM unnest(p_movements) WHERE amount_minor <> 0;
END $$;

CREATE OR REPLACE FUNCTION post_movement(m ledger_transfer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF m.amount_minor = 0 THEN RETURN; END IF;
  PERFORM post_movements(ARRAY[m]);
END $$;

-- A movement of a purchase, not yet posted.
CREATE FUNCTION transfer_of(p_purchase purchase, p_debit text, p_credit text, p_amount_minor bigint,
  p_reason text, p_at timestamptz, p_detail text) RETURNS ledger_transfer
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE m ledger_transfer;
BEGIN
  m.organization_id := p_purchase.organization_id;
  m.at := p_at;
  m.debit_account := p_debit;
  m.credit_account := p_credit;
  m.amount_minor := p_amount_minor;
  m.currency := p_purchase.currency;
  m.reason := p_reason;
  m.correlation_id := p_purchase.id;
  m.building_id := p_purchase.building_id;
  m.occupancy_id := p_purchase.occupancy_id;
  m.lease_id := p_purchase.lease_id;
  m.detail := p_detail;
  RETURN m;
END $$;

CREATE OR REPLACE FUNCTION post_transfer(p_purchase purchase, p_debit text, p_credit text,
  p_amount_minor bigint, p_reason text, p_at timestamptz, p_detail text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE m ledger_transfer :=
  transfer_of(p_purchase, p_debit, p_credit, p_amount_minor, p_reason, p_at, p_detail);
BEGIN
  PERFORM post_movement(m);
END $$;

-- ── Token ids ────────────────────────────────────────────────────────────────────────────────
-- How many minutes ahead of the clock a token id may run; below nought while sales are closed.
CREATE FUNCTION minutes_ahead(p_at timestamptz) RETURNS int
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN bool_or(reopened_at IS NULL) THEN -1
    WHEN p_at < max(reopened_at) + interval '1 hour' THEN 120 ELSE 59 END FROM sales_closure
$$;

CREATE FUNCTION next_token_id(p_key vending_key, p_last int, p_at timestamptz, p_ahead int)
RETURNS int LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_minute int;
  v_token_id int;
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
  RETURN CASE WHEN p_ahead < 0 OR v_token_id > v_minute + p_ahead THEN -1 ELSE v_token_id END;
END $$;

CREATE OR REPLACE FUNCTION next_token_id(p_key vending_key, p_last int, p_at timestamptz)
RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN next_token_id(p_key, p_last, p_at, minutes_ahead(p_at));
END $$;

DROP FUNCTION next_token_ids(vending_key, int, timestamptz, int);
CREATE FUNCTION next_token_ids(p_key vending_key, p_last int, p_at timestamptz, p_ahead int,
  p_count int) RETURNS int[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_ids int[] := '{}';
  v_last int := p_last;
BEGIN
  FOR position IN 1 .. p_count LOOP
    v_last := next_token_id(p_key, v_last, p_at, p_ahead);
    IF v_last IS NULL THEN RETURN NULL; END IF;
    IF v_last = -1 THEN RETURN '{}'; END IF;
    v_ids := v_ids || v_last;
  END LOOP;
  RETURN v_ids;
END $$;

-- ── Reserving ────────────────────────────────────────────────────────────────────────────────
CREATE OR REPLACE FUNCTION take_basis(p_purchase purchase, p_quote quote, p_sign int) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_arrears bigint := 0;
BEGIN
  UPDATE wallet SET
    carried_wh = carried_wh + p_sign * (p_quote.carried_after_wh - p_quote.carried_before_wh),
    balance_minor = balance_minor - p_sign * p_quote.wallet_minor,
    month_wh = CASE
      WHEN month = p_quote.month THEN greatest(0, month_wh + p_sign * p_quote.energy_wh)
      WHEN p_sign = 1 THEN p_quote.energy_wh ELSE month_wh END,
    month = CASE WHEN p_sign = 1 THEN p_quote.month ELSE month END
   WHERE organization_id = p_purchase.organization_id AND occupancy_id = p_purchase.occupancy_id;
  -- Who owed nothing pays nothing off.
  IF p_quote.arrears_before_minor > 0 THEN
    v_arrears := line_amount(p_quote.lines, 'arrears');
  END IF;
  IF v_arrears > 0 THEN
    UPDATE lease_arrears SET due_minor = due_minor - p_sign * v_arrears
     WHERE organization_id = p_purchase.organization_id AND lease_id = p_purchase.lease_id;
  END IF;
  IF p_quote.charges <> '[]' THEN
    INSERT INTO occupancy_charge AS c (organization_id, occupancy_id, code, due_minor, raised_on)
    SELECT p_purchase.organization_id, p_purchase.occupancy_id, charge->>'code',
      (charge->>'afterMinor')::bigint, (charge->>'raisedOn')::date
      FROM jsonb_array_elements(p_quote.charges) charge
    ON CONFLICT (organization_id, occupancy_id, code) DO UPDATE SET
      due_minor = CASE p_sign WHEN 1 THEN excluded.due_minor ELSE c.due_minor + (
        SELECT (charge->>'dueMinor')::bigint - (charge->>'afterMinor')::bigint
          FROM jsonb_array_elements(p_quote.charges) charge
         WHERE charge->>'code' = excluded.code) END,
      raised_on = greatest(c.raised_on, excluded.raised_on);
  END IF;
END $$;

-- A statement for each token, for there is one but in a very large sale: a set that is drawn from an
-- array is planned anew by every call, which took as long as writing it.
CREATE OR REPLACE FUNCTION write_token_set(p_set token_set, p_meter meter, p_token_ids int[],
  p_random_nibbles int[], p_units int) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH moved AS (
    UPDATE meter_key_position SET last_token_id_minutes = p_token_ids[cardinality(p_token_ids)]
     WHERE organization_id = p_set.organization_id AND meter_id = p_meter.id
       AND vending_key_id = p_meter.vending_key_id
  )
  INSERT INTO token_set (organization_id, id, purchase_id, approval_id, meter_id, created_at)
  VALUES (p_set.organization_id, p_set.id, p_set.purchase_id, p_set.approval_id, p_meter.id,
    p_set.created_at);
  FOR place IN 1 .. cardinality(p_token_ids) LOOP
    INSERT INTO token_reservation (organization_id, token_set_id, position, meter_id, vending_key_id,
      meter_number, encryption_algorithm, tariff_index, subclass, token_id_minutes, random_nibble,
      amount_units)
    VALUES (p_set.organization_id, p_set.id, place, p_meter.id, p_meter.vending_key_id,
      p_meter.meter_number, p_meter.encryption_algorithm, p_meter.tariff_index, 0,
      p_token_ids[place], p_random_nibbles[place], least(16383, p_units - (place - 1) * 16383));
  END LOOP;
END $$;

-- Rows that change again and again keep room beside them, so that no index has to be told.
ALTER TABLE purchase SET (fillfactor = 75);
ALTER TABLE payment SET (fillfactor = 75);
ALTER TABLE wallet SET (fillfactor = 60);
ALTER TABLE meter_key_position SET (fillfactor = 60);

CREATE OR REPLACE FUNCTION follow_up(p_organization_id uuid, p_subject_id uuid, p_queue text,
  p_kind text, p_due_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_queue = 'outbox' THEN
    WITH elsewhere AS (
      DELETE FROM due_work WHERE organization_id = p_organization_id AND subject_id = p_subject_id
    )
    INSERT INTO outbox (organization_id, subject_id, kind, due_at)
    VALUES (p_organization_id, p_subject_id, p_kind, p_due_at)
    ON CONFLICT (organization_id, subject_id)
    DO UPDATE SET kind = excluded.kind, due_at = excluded.due_at, attempts = 0;
  ELSE
    WITH elsewhere AS (
      DELETE FROM outbox WHERE organization_id = p_organization_id AND subject_id = p_subject_id
    )
    INSERT INTO due_work (organization_id, subject_id, kind, due_at)
    VALUES (p_organization_id, p_subject_id, p_kind, p_due_at)
    ON CONFLICT (organization_id, subject_id)
    DO UPDATE SET kind = excluded.kind, due_at = excluded.due_at, attempts = 0;
  END IF;
END $$;

DROP FUNCTION stands_on_its_basis(purchase, quote, timestamptz);

-- First the meter's position is locked, which is the sale's turn; then all else is read, as it
-- stands now, and what others may change meanwhile is locked: the purchase and the wallet.
CREATE OR REPLACE FUNCTION vend_reserve(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  sale record;
  bought purchase;
  priced quote;
  served meter;
  held wallet;
  reserved token_set;
  v_purchase_id uuid := (p->>'purchaseId')::uuid;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_last int;
  v_arrears bigint;
  v_token_ids int[];
BEGIN
  PERFORM scope_to(p_organization_id);
  FOR round IN 1 .. 9 LOOP
    SELECT k.last_token_id_minutes INTO v_last FROM purchase b
      JOIN meter m ON m.organization_id = b.organization_id AND m.id = b.meter_id
      JOIN meter_key_position k ON k.organization_id = m.organization_id AND k.meter_id = m.id
       AND k.vending_key_id = m.vending_key_id
     WHERE b.organization_id = p_organization_id AND b.id = v_purchase_id
       FOR UPDATE OF k;
    IF NOT FOUND THEN
      -- A meter's first token.
      SELECT lock_key_position(m.organization_id, m.id, m.vending_key_id) INTO STRICT v_last
        FROM purchase b
        JOIN meter m ON m.organization_id = b.organization_id AND m.id = b.meter_id
       WHERE b.organization_id = p_organization_id AND b.id = v_purchase_id;
    END IF;
    SELECT b AS bought, q AS priced, m AS served, v AS under, w AS held, k.last_token_id_minutes AS last,
      minutes_ahead(v_at) AS ahead,
      EXISTS (SELECT FROM meter_directory d WHERE d.meter_number = m.meter_number
        AND d.belongs_to = m.organization_id AND d.state = 'contested') AS is_contested,
      EXISTS (SELECT FROM meter_installation i WHERE i.organization_id = b.organization_id
        AND i.id = b.installation_id AND i.starts_at <= v_at
        AND (i.ends_at IS NULL OR i.ends_at > v_at)) AS is_installed,
      (SELECT a.due_minor FROM lease_arrears a WHERE a.organization_id = b.organization_id
        AND a.lease_id = b.lease_id) AS arrears
      INTO sale
      FROM purchase b
      JOIN quote q ON q.organization_id = b.organization_id AND q.id = b.quote_id
      JOIN meter m ON m.organization_id = b.organization_id AND m.id = b.meter_id
      JOIN vending_key v ON v.organization_id = m.organization_id AND v.id = m.vending_key_id
      JOIN meter_key_position k ON k.organization_id = m.organization_id AND k.meter_id = m.id
       AND k.vending_key_id = m.vending_key_id
      JOIN wallet w ON w.organization_id = b.organization_id AND w.occupancy_id = b.occupancy_id
     WHERE b.organization_id = p_organization_id AND b.id = v_purchase_id
       FOR UPDATE OF b, w;
    -- Not found or another position: it changed between the two, so both are asked again.
    EXIT WHEN FOUND AND sale.last = v_last;
  END LOOP;
  IF sale.last IS NULL OR sale.last <> v_last THEN
    RAISE EXCEPTION 'purchase % cannot be read whole', v_purchase_id;
  END IF;
  bought := sale.bought;
  priced := sale.priced;
  served := sale.served;
  held := sale.held;

  IF bought.status <> 'paid' THEN
    RETURN jsonb_build_object('outcome', 'not-paid', 'status', bought.status);
  END IF;
  IF served.status <> 'active' THEN RETURN jsonb_build_object('outcome', 'meter-blocked'); END IF;
  IF sale.is_contested THEN RETURN jsonb_build_object('outcome', 'meter-contested'); END IF;
  IF NOT sale.is_installed THEN RETURN jsonb_build_object('outcome', 'meter-not-installed'); END IF;
  v_token_ids := next_token_ids(sale.under, v_last, v_at, sale.ahead, (priced.token_units + 16382) / 16383);
  IF v_token_ids IS NULL THEN RETURN jsonb_build_object('outcome', 'key-not-usable'); END IF;
  -- Late money is priced anew at the version in force; a price made after the payment stands.
  IF priced.expires_at <= bought.paid_at AND priced.created_at < bought.paid_at THEN
    RETURN jsonb_build_object('outcome', 'quote-expired');
  END IF;
  -- Who owed nothing when this was read may owe from now on: the sale was before it. What is owed is
  -- locked, for two sales must not pay the same part of it.
  v_arrears := sale.arrears;
  IF v_arrears > 0 THEN
    SELECT due_minor INTO STRICT v_arrears FROM lease_arrears
     WHERE organization_id = p_organization_id AND lease_id = bought.lease_id FOR UPDATE;
  END IF;
  IF priced.basis_until <= v_at OR held.carried_wh <> priced.carried_before_wh
    OR held.balance_minor <> priced.wallet_minor
    OR (CASE WHEN held.month = priced.month THEN held.month_wh ELSE 0 END) <> priced.month_before_wh
    OR coalesce(v_arrears, 0) <> priced.arrears_before_minor THEN
    RETURN jsonb_build_object('outcome', 'basis-changed');
  END IF;
  IF v_token_ids = '{}' THEN
    PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'purchase.vend', v_at + interval '30 seconds');
    RETURN jsonb_build_object('outcome', 'waits-for-minute');
  END IF;

  PERFORM take_basis(bought, priced, 1);
  reserved.organization_id := p_organization_id;
  reserved.id := (p->>'tokenSetId')::uuid;
  reserved.purchase_id := bought.id;
  reserved.created_at := v_at;
  PERFORM write_token_set(reserved, served, v_token_ids,
    ARRAY(SELECT jsonb_array_elements_text(p->'randomNibbles')::int), priced.token_units);
  PERFORM purchase_advance(p_organization_id, bought.id, 'paid', 'reserved', v_at, 'token id chosen');
  PERFORM post_movements(ARRAY[
    transfer_of(bought, 'customer_unallocated', 'vend_pending', bought.amount_minor, 'sale.reserved', v_at, ''),
    transfer_of(bought, 'wallet', 'vend_pending', priced.wallet_minor, 'wallet.spent', v_at, '')]);
  PERFORM payments_advance(p_organization_id, bought.id, ARRAY['matched'], 'applied', v_at,
    'its purchase was reserved');
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issue', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'reserved', 'tokenSetId', reserved.id, 'meterId', served.id);
END $$;

-- ── Finishing ────────────────────────────────────────────────────────────────────────────────
CREATE OR REPLACE FUNCTION vend_finish(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  sale record;
  bought purchase;
  priced quote;
  part record;
  v_posted ledger_transfer[] := '{}';
  v_at timestamptz := (p->>'now')::timestamptz;
  v_number bigint;
  v_series text := p->>'receiptSeries';
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status NOT IN ('reserved', 'in_doubt') THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  SELECT q AS priced, s.id AS set_id INTO STRICT sale FROM quote q
    JOIN token_set s ON s.organization_id = q.organization_id AND s.purchase_id = bought.id
   WHERE q.organization_id = p_organization_id AND q.id = bought.quote_id;
  priced := sale.priced;
  PERFORM write_tokens(p_organization_id, sale.set_id, p->'tokens', v_at);

  FOR part IN
    SELECT 'vend_pending' AS debit,
      CASE split_part(line->>'code', ':', 1) WHEN 'tax' THEN 'tax_payable'
        WHEN 'fee' THEN 'fee_income' WHEN 'arrears' THEN 'arrears_receivable'
        ELSE 'landlord_payable' END AS credit,
      (line->>'amountMinor')::bigint
        - CASE line->>'code' WHEN 'energy' THEN priced.included_tax_minor ELSE 0 END AS amount_minor,
      'sale.' || split_part(line->>'code', ':', 1) AS reason,
      split_part(line->>'code', ':', 2) AS detail
      FROM jsonb_array_elements(priced.lines) line
    UNION ALL VALUES
      ('vend_pending', 'tax_payable', priced.included_tax_minor, 'sale.tax', 'included'),
      ('vend_pending', 'wallet', priced.unspent_minor, 'sale.unspent', ''),
      ('landlord_payable', 'fee_income', priced.owner_fee_minor, 'sale.fee', 'owner')
  LOOP
    v_posted := v_posted || transfer_of(bought, part.debit, part.credit, part.amount_minor,
      part.reason, v_at, part.detail);
  END LOOP;
  PERFORM post_movements(v_posted);
  IF priced.unspent_minor > 0 THEN
    UPDATE wallet SET balance_minor = balance_minor + priced.unspent_minor
     WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
  END IF;
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issued', v_at);
  IF bought.scope = 'desk' THEN v_series := coalesce(desk_series(bought), v_series); END IF;
  INSERT INTO receipt_series AS s (organization_id, series, last_number)
  VALUES (p_organization_id, v_series, 1)
  ON CONFLICT (organization_id, series) DO UPDATE SET last_number = s.last_number + 1
  RETURNING last_number INTO v_number;
  WITH issued AS (
    UPDATE purchase SET status = 'issued', issued_at = v_at, receipt_series = v_series,
      receipt_number = v_number, energy_wh = priced.token_units::bigint * 100
     WHERE organization_id = p_organization_id AND id = bought.id
    RETURNING id
  )
  INSERT INTO purchase_event (organization_id, purchase_id, sequence, from_status, to_status, at,
    reason)
  SELECT p_organization_id, issued.id, 1 + (SELECT max(sequence) FROM purchase_event
      WHERE organization_id = p_organization_id AND purchase_id = issued.id),
    bought.status, 'issued', v_at, 'the signer issued the token'
    FROM issued;
  RETURN jsonb_build_object('outcome', 'issued', 'status', 'issued');
END $$;

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['post_movements(ledger_transfer[])',
    'transfer_of(purchase, text, text, bigint, text, timestamptz, text)',
    'minutes_ahead(timestamptz)', 'next_token_id(vending_key, int, timestamptz, int)',
    'next_token_ids(vending_key, int, timestamptz, int, int)']::regprocedure[]
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
