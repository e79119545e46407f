-- A sale in fewer steps. A CHECK is read from its text by every statement that writes, and the long
-- lists of words were a fifth of a sale: a function that knows the words is read once a session. A
-- function that fixes its search path pays for that with each call: those that nobody can call but a
-- function of ours, which has fixed it, need not.
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- ── What the words may be ────────────────────────────────────────────────────────────────────
-- Generated from lib/ledger/core/accounts.ts and reasons.ts, lib/vending/core/purchase-states.ts and
-- lib/payments/core/payment-states.ts, compared by their tests. A new word is a function replaced.
CREATE FUNCTION is_ledger_account(p_account text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN p_account IN ('provider_clearing', 'customer_unallocated', 'vend_pending', 'landlord_payable',
    'tax_payable', 'fee_income', 'arrears_receivable', 'deposits_held', 'wallet', 'cash_drawer',
    'refunds_payable', 'disputes', 'suspense', 'free_issues', 'opening');
END $$;
CREATE FUNCTION is_ledger_reason(p_reason text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN p_reason IN ('payment.received', 'payment.twice', 'payment.late', 'payment.unmatched', 'payment.assigned',
    'sale.reserved', 'sale.energy', 'sale.levy', 'sale.fixed', 'sale.tax', 'sale.fee',
    'sale.arrears', 'sale.unspent', 'sale.given-up', 'wallet.spent', 'wallet.paid-out',
    'refund.due', 'refund.paid', 'issue.energy', 'issue.tax', 'dispute.opened', 'dispute.won',
    'dispute.lost', 'arrears.charged', 'arrears.written-off', 'arrears.paid', 'deposit.taken',
    'deposit.returned', 'cash.float', 'cash.sold', 'cash.banked', 'cash.short', 'cash.over',
    'payout.made', 'correction');
END $$;
CREATE FUNCTION is_purchase_status(p_status text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN p_status IN ('quoted', 'awaiting_payment', 'expired', 'declined', 'paid', 'reserved', 'in_doubt', 'issued',
    'delivered', 'refund_due', 'refunded');
END $$;
CREATE FUNCTION is_purchase_step(p_from text, p_to text, p_sequence int) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF p_from IS NULL THEN RETURN p_to = 'quoted' AND p_sequence = 1; END IF;
  RETURN p_from || '>' || p_to IN ('quoted>awaiting_payment', 'quoted>expired', 'awaiting_payment>paid',
    'awaiting_payment>declined', 'awaiting_payment>expired', 'expired>paid', 'declined>paid',
    'paid>reserved', 'paid>refund_due', 'reserved>issued', 'reserved>in_doubt', 'in_doubt>issued',
    'in_doubt>refund_due', 'issued>delivered', 'refund_due>refunded');
END $$;
CREATE FUNCTION is_payment_status(p_status text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN p_status IN ('received', 'matched', 'applied', 'on_account', 'refunding', 'refunded', 'written_down',
    'disputed', 'charged_back');
END $$;
CREATE FUNCTION is_payment_step(p_from text, p_to text, p_sequence int) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF p_from IS NULL THEN
    RETURN p_to IN ('received', 'matched', 'on_account') AND p_sequence = 1;
  END IF;
  RETURN p_from || '>' || p_to IN ('received>matched', 'received>on_account',
    'received>refunding', 'received>written_down', 'matched>applied',
    'matched>refunding', 'applied>refunding', 'on_account>refunding', 'refunding>refunded',
    'received>disputed', 'matched>disputed', 'applied>disputed', 'on_account>disputed',
    'refunding>disputed', 'refunded>disputed', 'written_down>disputed', 'disputed>received',
    'disputed>matched', 'disputed>applied', 'disputed>on_account', 'disputed>refunding',
    'disputed>refunded', 'disputed>written_down', 'disputed>charged_back');
END $$;

ALTER TABLE ledger_transfer
  DROP CONSTRAINT ledger_transfer_debit_known,
  DROP CONSTRAINT ledger_transfer_credit_known,
  DROP CONSTRAINT ledger_transfer_reason_known,
  ADD CONSTRAINT ledger_transfer_debit_known CHECK (is_ledger_account(debit_account)),
  ADD CONSTRAINT ledger_transfer_credit_known CHECK (is_ledger_account(credit_account)),
  ADD CONSTRAINT ledger_transfer_reason_known CHECK (is_ledger_reason(reason));
ALTER TABLE purchase
  DROP CONSTRAINT purchase_status_known,
  ADD CONSTRAINT purchase_status_known CHECK (is_purchase_status(status));
ALTER TABLE purchase_event
  DROP CONSTRAINT purchase_event_transition_legal,
  ADD CONSTRAINT purchase_event_transition_legal
    CHECK (is_purchase_step(from_status, to_status, sequence));
ALTER TABLE payment
  DROP CONSTRAINT payment_status_known,
  ADD CONSTRAINT payment_status_known CHECK (is_payment_status(status));
ALTER TABLE payment_event
  DROP CONSTRAINT payment_event_transition_legal,
  ADD CONSTRAINT payment_event_transition_legal
    CHECK (is_payment_step(from_status, to_status, sequence));

-- ── Steps ────────────────────────────────────────────────────────────────────────────────────
CREATE OR REPLACE FUNCTION purchase_advance(p_organization_id uuid, p_purchase_id uuid, p_from text,
  p_to text, p_at timestamptz, p_reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH moved AS (
    UPDATE purchase SET status = p_to
     WHERE organization_id = p_organization_id AND id = p_purchase_id AND status = p_from
    RETURNING id
  )
  INSERT INTO purchase_event (organization_id, purchase_id, sequence, from_status, to_status, at,
    reason)
  SELECT p_organization_id, moved.id, 1 + (SELECT max(sequence) FROM purchase_event
      WHERE organization_id = p_organization_id AND purchase_id = moved.id),
    p_from, p_to, p_at, p_reason
    FROM moved;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'purchase % is not %', p_purchase_id, p_from;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION payments_advance(p_organization_id uuid, p_purchase_id uuid,
  p_from text[], p_to text, p_at timestamptz, p_reason text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH paid AS (
    SELECT id, status FROM payment
     WHERE organization_id = p_organization_id AND purchase_id = p_purchase_id
       AND status = ANY (p_from) FOR UPDATE
  ), moved AS (
    UPDATE payment SET status = p_to FROM paid
     WHERE payment.organization_id = p_organization_id AND payment.id = paid.id
  )
  INSERT INTO payment_event (organization_id, payment_id, sequence, from_status, to_status, at,
    reason)
  SELECT p_organization_id, paid.id, 1 + coalesce((SELECT max(sequence) FROM payment_event
      WHERE organization_id = p_organization_id AND payment_id = paid.id), 0),
    paid.status, p_to, p_at, p_reason
    FROM paid;
END $$;

-- The row is there but for a meter's first token.
CREATE OR REPLACE FUNCTION lock_key_position(p_organization_id uuid, p_meter_id uuid,
  p_key_id uuid) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE v_last int;
BEGIN
  LOOP
    SELECT last_token_id_minutes INTO v_last FROM meter_key_position
     WHERE organization_id = p_organization_id AND meter_id = p_meter_id
       AND vending_key_id = p_key_id FOR UPDATE;
    IF FOUND THEN RETURN v_last; END IF;
    INSERT INTO meter_key_position (organization_id, meter_id, vending_key_id,
      last_token_id_minutes)
    VALUES (p_organization_id, p_meter_id, p_key_id, -1) ON CONFLICT DO NOTHING;
  END LOOP;
END $$;

-- Says the meter too, so that nothing need be looked up before the signer is asked.
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
  RETURN jsonb_build_object('outcome', 'reserved', 'tokenSetId', reserved.id, 'meterId', served.id);
END $$;

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['is_ledger_account(text)', 'is_ledger_reason(text)',
    'is_purchase_status(text)', 'is_purchase_step(text, text, int)', 'is_payment_status(text)',
    'is_payment_step(text, text, int)']::regprocedure[]
  LOOP
    -- Whoever writes a row asks them.
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
  END LOOP;
  FOR f IN SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner = 'voltlet_vend'::regrole
      AND NOT prosecdef
  LOOP
    EXECUTE format('ALTER FUNCTION %s RESET search_path', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
