-- A price as the whole tariff model makes it (docs/decisions/030-vend.md): a quote keeps its lines
-- and the basis they stand on, the wallet is spent first, a large purchase has several tokens, and
-- what was due is taken once, under the meter's lock.
--
-- Locks are always taken in this order: meter_key_position, purchase, wallet, lease_arrears,
-- receipt_series.

-- ── What an occupancy carries ────────────────────────────────────────────────────────────────
-- Its month's position: what it bought since the first of `month`, in the building's own days.
ALTER TABLE wallet
  ADD COLUMN month date,
  ADD COLUMN month_wh bigint NOT NULL DEFAULT 0;
ALTER TABLE wallet
  ADD CONSTRAINT wallet_month_whole CHECK (month_wh >= 0 AND (month IS NOT NULL OR month_wh = 0)
    AND extract(day FROM month) = 1);

-- What is still due of a fixed charge, net of tax, with everything raised up to a day.
CREATE TABLE occupancy_charge (
  organization_id uuid NOT NULL,
  occupancy_id uuid NOT NULL,
  code text NOT NULL,
  due_minor bigint NOT NULL,
  raised_on date NOT NULL,
  CONSTRAINT occupancy_charge_pkey PRIMARY KEY (organization_id, occupancy_id, code),
  CONSTRAINT occupancy_charge_organization_id_occupancy_id_fkey
    FOREIGN KEY (organization_id, occupancy_id) REFERENCES occupancy (organization_id, id)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT occupancy_charge_not_negative CHECK (due_minor >= 0)
);
ALTER TABLE occupancy_charge ENABLE ROW LEVEL SECURITY;
ALTER TABLE occupancy_charge FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON occupancy_charge TO voltlet_web, voltlet_worker, voltlet_vend
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);
GRANT SELECT ON occupancy_charge TO voltlet_web, voltlet_worker;
GRANT SELECT, INSERT, UPDATE ON occupancy_charge TO voltlet_vend;

-- ── A quote and its basis ────────────────────────────────────────────────────────────────────
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

CREATE FUNCTION lines_total(p_lines jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public AS $$
  SELECT coalesce(sum((line->>'amountMinor')::bigint), 0)::bigint
    FROM jsonb_array_elements(p_lines) line
$$;

ALTER TABLE quote
  ADD COLUMN lines jsonb,
  ADD COLUMN charges jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN wallet_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN owner_fee_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN arrears_before_minor bigint NOT NULL DEFAULT 0,
  ADD COLUMN month date,
  ADD COLUMN month_before_wh bigint NOT NULL DEFAULT 0,
  ADD COLUMN basis_until timestamptz(3);
ALTER TABLE quote DROP CONSTRAINT quote_lines_add_up, DROP CONSTRAINT quote_amounts_not_negative,
  DROP CONSTRAINT quote_token_units_range;
ALTER TABLE quote NO FORCE ROW LEVEL SECURITY;
UPDATE quote SET month = date_trunc('month', created_at AT TIME ZONE 'UTC')::date,
  basis_until = expires_at,
  lines = jsonb_build_array(jsonb_build_object('code', 'energy', 'amountMinor', energy_minor::text))
    || CASE WHEN tax_minor = 0 THEN '[]'::jsonb ELSE jsonb_build_array(
      jsonb_build_object('code', 'tax', 'amountMinor', tax_minor::text)) END;
ALTER TABLE quote FORCE ROW LEVEL SECURITY;
ALTER TABLE quote DROP COLUMN energy_minor, DROP COLUMN tax_minor,
  ALTER COLUMN lines SET NOT NULL, ALTER COLUMN month SET NOT NULL,
  ALTER COLUMN basis_until SET NOT NULL, ALTER COLUMN charges DROP DEFAULT,
  ALTER COLUMN wallet_minor DROP DEFAULT, ALTER COLUMN owner_fee_minor DROP DEFAULT,
  ALTER COLUMN arrears_before_minor DROP DEFAULT, ALTER COLUMN month_before_wh DROP DEFAULT;
ALTER TABLE quote
  ADD CONSTRAINT quote_lines_add_up
    CHECK (lines_total(lines) + unspent_minor = amount_minor + wallet_minor),
  ADD CONSTRAINT quote_amounts_not_negative CHECK (amount_minor > 0 AND wallet_minor >= 0
    AND unspent_minor >= 0 AND included_tax_minor >= 0 AND owner_fee_minor >= 0
    AND arrears_before_minor >= 0 AND month_before_wh >= 0 AND energy_wh >= 0),
  -- As many tokens as a purchase may have, each of the most that a token says exactly.
  ADD CONSTRAINT quote_token_units_range CHECK (token_units BETWEEN 1 AND 8 * 16383);

CREATE OR REPLACE FUNCTION quote_insert(p_organization_id uuid, p_purchase_id uuid, q jsonb)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, public AS $$
  INSERT INTO quote (organization_id, id, purchase_id, tariff_version_id, amount_minor,
    wallet_minor, owner_fee_minor, included_tax_minor, unspent_minor, lines, charges,
    arrears_before_minor, month, month_before_wh, energy_wh, carried_before_wh, carried_after_wh,
    token_units, created_at, expires_at, basis_until)
  VALUES (p_organization_id, (q->>'id')::uuid, p_purchase_id, (q->>'tariffVersionId')::uuid,
    (q->>'amountMinor')::bigint, (q->>'walletMinor')::bigint, (q->>'ownerFeeMinor')::bigint,
    (q->>'includedTaxMinor')::bigint, (q->>'unspentMinor')::bigint, q->'lines', q->'charges',
    (q->>'arrearsBeforeMinor')::bigint, (q->>'month')::date, (q->>'monthBeforeWh')::bigint,
    (q->>'energyWh')::bigint, (q->>'carriedBeforeWh')::bigint, (q->>'carriedAfterWh')::bigint,
    (q->>'tokenUnits')::int, (q->>'createdAt')::timestamptz, (q->>'expiresAt')::timestamptz,
    (q->>'basisUntil')::timestamptz)
$$;

-- ── Reserving ────────────────────────────────────────────────────────────────────────────────
-- The next `p_count` token ids; null where the key cannot be used, none where they would be more
-- than 59 minutes ahead.
CREATE FUNCTION next_token_ids(p_key vending_key, p_last int, p_at timestamptz, p_count int)
RETURNS int[] LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  v_ids int[] := '{}';
  v_last int := p_last;
BEGIN
  FOR position IN 1 .. p_count LOOP
    v_last := next_token_id(p_key, v_last, p_at);
    IF v_last IS NULL THEN RETURN NULL; END IF;
    IF v_last = -1 THEN RETURN '{}'; END IF;
    v_ids := v_ids || v_last;
  END LOOP;
  RETURN v_ids;
END $$;

-- Writes a set whose tokens together say `p_units`: each but the last the most that a token says
-- exactly. One token id and one random nibble for each.
CREATE FUNCTION write_token_set(p_set token_set, p_meter meter, p_token_ids int[],
  p_random_nibbles int[], p_units int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE meter_key_position SET last_token_id_minutes = p_token_ids[cardinality(p_token_ids)]
   WHERE organization_id = p_set.organization_id AND meter_id = p_meter.id
     AND vending_key_id = p_meter.vending_key_id;
  INSERT INTO token_set (organization_id, id, purchase_id, approval_id, meter_id, created_at)
  VALUES (p_set.organization_id, p_set.id, p_set.purchase_id, p_set.approval_id, p_meter.id,
    p_set.created_at);
  INSERT INTO token_reservation (organization_id, token_set_id, position, meter_id, vending_key_id,
    meter_number, encryption_algorithm, tariff_index, subclass, token_id_minutes, random_nibble,
    amount_units)
  SELECT p_set.organization_id, p_set.id, place, p_meter.id, p_meter.vending_key_id,
    p_meter.meter_number, p_meter.encryption_algorithm, p_meter.tariff_index, 0,
    p_token_ids[place], p_random_nibbles[place], least(16383, p_units - (place - 1) * 16383)
    FROM generate_series(1, cardinality(p_token_ids)) place;
END $$;

CREATE OR REPLACE FUNCTION write_reservation(p_set token_set, p_meter meter, p_token_id int,
  p_random_nibble int, p_units int) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public AS $$
  SELECT write_token_set(p_set, p_meter, ARRAY[p_token_id], ARRAY[p_random_nibble], p_units)
$$;

-- Whether a quote still stands on what is so: the wallet's money and watt-hours, the month's
-- position, what the lease owes. Locks both rows. Charges move with the position.
CREATE FUNCTION stands_on_its_basis(p_purchase purchase, p_quote quote, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  held wallet;
  v_arrears bigint;
BEGIN
  SELECT * INTO STRICT held FROM wallet
   WHERE organization_id = p_purchase.organization_id AND occupancy_id = p_purchase.occupancy_id
     FOR UPDATE;
  IF p_purchase.lease_id IS NOT NULL THEN
    SELECT due_minor INTO v_arrears FROM lease_arrears
     WHERE organization_id = p_purchase.organization_id AND lease_id = p_purchase.lease_id
       FOR UPDATE;
  END IF;
  RETURN p_quote.basis_until > p_at
    AND held.carried_wh = p_quote.carried_before_wh
    AND held.balance_minor = p_quote.wallet_minor
    AND CASE WHEN held.month = p_quote.month THEN held.month_wh ELSE 0 END = p_quote.month_before_wh
    AND coalesce(v_arrears, 0) = p_quote.arrears_before_minor;
END $$;

-- The amount of one line of a price; nothing for a line that it does not have.
CREATE FUNCTION line_amount(p_lines jsonb, p_code text) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce((SELECT (line->>'amountMinor')::bigint FROM jsonb_array_elements(p_lines) line
    WHERE line->>'code' = p_code), 0)
$$;

-- Takes what a price stands on, and with `p_sign` -1 puts it back: by differences, for later
-- purchases may stand on it by then.
CREATE FUNCTION take_basis(p_purchase purchase, p_quote quote, p_sign int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE v_arrears bigint := line_amount(p_quote.lines, 'arrears');
BEGIN
  UPDATE wallet SET
    carried_wh = carried_wh + p_sign * (p_quote.carried_after_wh - p_quote.carried_before_wh),
    balance_minor = balance_minor - p_sign * p_quote.wallet_minor,
    month_wh = CASE
      WHEN month = p_quote.month THEN greatest(0, month_wh + p_sign * p_quote.energy_wh)
      WHEN p_sign = 1 THEN p_quote.energy_wh ELSE month_wh END,
    month = CASE WHEN p_sign = 1 THEN p_quote.month ELSE month END
   WHERE organization_id = p_purchase.organization_id AND occupancy_id = p_purchase.occupancy_id;
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

-- paid → reserved, for as many tokens as the amount needs. `randomNibbles` holds enough of them.
CREATE OR REPLACE FUNCTION vend_reserve(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  served meter;
  under vending_key;
  reserved token_set;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_last int;
  v_token_ids int[];
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid;
  SELECT * INTO STRICT served FROM meter WHERE organization_id = p_organization_id AND id = bought.meter_id;
  SELECT * INTO STRICT under FROM vending_key
   WHERE organization_id = p_organization_id AND id = served.vending_key_id;
  v_last := lock_key_position(p_organization_id, served.id, under.id);

  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = bought.id FOR UPDATE;
  IF bought.status <> 'paid' THEN
    RETURN jsonb_build_object('outcome', 'not-paid', 'status', bought.status);
  END IF;
  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
  IF served.status <> 'active' THEN RETURN jsonb_build_object('outcome', 'meter-blocked'); END IF;
  IF is_contested(p_organization_id, served.meter_number) THEN
    RETURN jsonb_build_object('outcome', 'meter-contested');
  END IF;
  IF NOT EXISTS (SELECT FROM meter_installation WHERE organization_id = p_organization_id
    AND id = bought.installation_id AND starts_at <= v_at AND (ends_at IS NULL OR ends_at > v_at)) THEN
    RETURN jsonb_build_object('outcome', 'meter-not-installed');
  END IF;
  v_token_ids := next_token_ids(under, v_last, v_at, (priced.token_units + 16382) / 16383);
  IF v_token_ids IS NULL THEN RETURN jsonb_build_object('outcome', 'key-not-usable'); END IF;
  -- Late money is priced anew at the version in force; a price made after the payment stands.
  IF priced.expires_at <= bought.paid_at AND priced.created_at < bought.paid_at THEN
    RETURN jsonb_build_object('outcome', 'quote-expired');
  END IF;
  IF NOT stands_on_its_basis(bought, priced, v_at) THEN
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
  PERFORM post_transfer(bought, 'customer_unallocated', 'vend_pending', bought.amount_minor,
    'sale.reserved', v_at);
  PERFORM post_transfer(bought, 'wallet', 'vend_pending', priced.wallet_minor, 'wallet.spent', v_at);
  PERFORM payments_advance(p_organization_id, bought.id, ARRAY['matched'], 'applied', v_at,
    'its purchase was reserved');
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issue', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'reserved', 'tokenSetId', reserved.id);
END $$;

-- ── Finishing ────────────────────────────────────────────────────────────────────────────────
-- reserved | in_doubt → issued. Each line of the price goes to its account; of prices that include
-- tax the energy is split once more.
CREATE OR REPLACE FUNCTION vend_finish(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  part record;
  v_set_id uuid;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_number bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status NOT IN ('reserved', 'in_doubt') THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  SELECT id INTO STRICT v_set_id FROM token_set
   WHERE organization_id = p_organization_id AND purchase_id = bought.id;
  PERFORM write_tokens(p_organization_id, v_set_id, p->'tokens', v_at);

  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
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
    PERFORM post_transfer(bought, part.debit, part.credit, part.amount_minor, part.reason, v_at,
      part.detail);
  END LOOP;
  IF priced.unspent_minor > 0 THEN
    UPDATE wallet SET balance_minor = balance_minor + priced.unspent_minor
     WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
  END IF;
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issued', v_at);
  INSERT INTO receipt_series AS s (organization_id, series, last_number)
  VALUES (p_organization_id, p->>'receiptSeries', 1)
  ON CONFLICT (organization_id, series) DO UPDATE SET last_number = s.last_number + 1
  RETURNING last_number INTO v_number;
  UPDATE purchase SET issued_at = v_at, receipt_series = p->>'receiptSeries', receipt_number = v_number,
    energy_wh = priced.token_units::bigint * 100
   WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'issued', v_at, 'the signer issued the token');
  RETURN jsonb_build_object('outcome', 'issued', 'status', 'issued');
END $$;

-- paid → refund_due, or reserved → in_doubt → refund_due when the signer has put on record that it
-- refuses. What the price stood on goes back; money from the wallet goes back into it.
CREATE OR REPLACE FUNCTION vend_give_up(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status = 'paid' THEN
    PERFORM post_transfer(bought, 'customer_unallocated', 'refunds_payable', bought.amount_minor,
      'refund.due', v_at);
    PERFORM purchase_advance(p_organization_id, bought.id, 'paid', 'refund_due', v_at, p->>'reason');
  ELSIF bought.status IN ('reserved', 'in_doubt') THEN
    IF NOT EXISTS (SELECT FROM token_set s JOIN journal_entry j ON j.organization_id = s.organization_id
      AND j.token_set_id = s.id WHERE s.organization_id = p_organization_id AND s.purchase_id = bought.id
      AND j.outcome = 'refused') THEN
      RAISE EXCEPTION 'purchase % has no refusal on record: its token may exist', bought.id;
    END IF;
    SELECT * INTO STRICT priced FROM quote
     WHERE organization_id = p_organization_id AND id = bought.quote_id;
    PERFORM take_basis(bought, priced, -1);
    PERFORM post_transfer(bought, 'vend_pending', 'refunds_payable', bought.amount_minor,
      'refund.due', v_at);
    PERFORM post_transfer(bought, 'vend_pending', 'wallet', priced.wallet_minor,
      'sale.given-up', v_at);
    IF bought.status = 'reserved' THEN
      PERFORM purchase_advance(p_organization_id, bought.id, 'reserved', 'in_doubt', v_at, 'the signer refused');
    END IF;
    PERFORM purchase_advance(p_organization_id, bought.id, 'in_doubt', 'refund_due', v_at, p->>'reason');
  ELSE
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  PERFORM payments_advance(p_organization_id, bought.id, ARRAY['matched', 'applied'], 'refunding',
    v_at, p->>'reason');
  PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'payment.refund', v_at);
  RETURN jsonb_build_object('outcome', 'refund-due', 'status', 'refund_due');
END $$;

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['lines_total(jsonb)', 'line_amount(jsonb, text)',
    'next_token_ids(vending_key, int, timestamptz, int)',
    'write_token_set(token_set, meter, int[], int[], int)',
    'stands_on_its_basis(purchase, quote, timestamptz)',
    'take_basis(purchase, quote, int)']::regprocedure[]
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
